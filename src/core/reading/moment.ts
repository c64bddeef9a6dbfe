/*
 * Lines that only say when: `date`, ISO 8601, `zzz ***` of OSWatcher. A time has an offset only
 * where the line names one that is unambiguous.
 */

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** A moment that a line states. */
export interface Moment {
  /** ISO 8601; null where the line says that something begins, but not when in clear. */
  readonly time: string | null;
}

/** The moment that a line of its own states; undefined where the line is anything else. */
export function momentOf(text: string): Moment | undefined {
  if (text.length > 120) {
    return undefined;
  }
  const marked = /^zzz\s+(?:\*{3}|<)?\s*([^>]{0,80})>?$/.exec(text);
  if (marked !== null) {
    return { time: timeOf((marked[1] ?? '').trim()) ?? null };
  }
  const time = timeOf(text);
  return time === undefined ? undefined : { time };
}

function timeOf(text: string): string | undefined {
  const iso =
    /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/.exec(
      text,
    );
  if (iso !== null) {
    return format(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7]);
  }
  // Fri Jan 10 12:00:00 CST 2026; Fri 10 Jan 2026 12:00:00 PM CET
  const unix =
    /^[A-Z][a-z]{2},? ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (?:([A-Z]{2,5}|[+-]\d\d(?:\d\d)?) )?(\d{4})$/.exec(
      text,
    );
  if (unix !== null) {
    return format(unix[7], month(unix[1]), unix[2], unix[3], unix[4], unix[5], unix[6]);
  }
  const european =
    /^[A-Z][a-z]{2},? {1,2}(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ?(AM|PM)?(?: ([A-Z]{2,5}|[+-]\d\d:?\d\d))?$/.exec(
      text,
    );
  if (european !== null) {
    return format(
      european[3],
      month(european[2]),
      european[1],
      hour(european[4], european[7]),
      european[5],
      european[6],
      european[8],
    );
  }
  return undefined;
}

function month(name: string | undefined): string | undefined {
  const at = name === undefined ? -1 : MONTHS.indexOf(name);
  return at < 0 || at % 3 !== 0 ? undefined : String(at / 3 + 1);
}

function hour(text: string | undefined, half: string | undefined): string | undefined {
  if (text === undefined || half === undefined) {
    return text;
  }
  return String((Number(text) % 12) + (half === 'PM' ? 12 : 0));
}

function format(
  year: string | undefined,
  monthText: string | undefined,
  day: string | undefined,
  hourText: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  zone: string | undefined,
): string | undefined {
  const parts = [year, monthText, day, hourText, minute, second ?? '0'].map(Number);
  const [y = NaN, mo = NaN, d = NaN, h = NaN, mi = NaN, s = NaN] = parts;
  if (!(mo >= 1 && mo <= 12 && d >= 1 && d <= 31 && h <= 23 && mi <= 59 && s <= 60)) {
    return undefined;
  }
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${y}-${two(mo)}-${two(d)}T${two(h)}:${two(mi)}:${two(s)}${offset(zone)}`;
}

/** Only zones that mean one thing everywhere: UTC and numeric offsets. CST means four. */
function offset(zone: string | undefined): string {
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') {
    return 'Z';
  }
  const numeric = zone === undefined ? null : /^([+-]\d\d):?(\d\d)?$/.exec(zone);
  return numeric === null ? '' : `${numeric[1] ?? ''}:${numeric[2] ?? '00'}`;
}
