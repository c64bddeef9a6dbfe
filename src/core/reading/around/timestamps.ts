/*
 * Lines that only say when: `date`, ISO 8601, `zzz ***` of OSWatcher, the title of `watch`,
 * `%DATE% %TIME%` of Windows. A time has an offset only where the line names one that is
 * unambiguous, and a date that can be read in two ways gives no time.
 */

/** A moment that a line states. */
export interface Moment {
  /** ISO 8601; null where the line says that something begins, but not when in clear. */
  readonly time: string | null;
  /** The machine that the line names. */
  readonly host: string | null;
  /** The command that the line says is run again and again. */
  readonly command?: string;
}

const LONGEST = 200;

/** The moment that a line of its own states; undefined where the line is anything else. */
export function statedMoment(line: string): Moment | undefined {
  if (line.length > LONGEST) {
    return undefined;
  }
  if (/^zzz[\s*<]/.test(line)) {
    return { time: timeOf(unmarked(line.slice('zzz'.length).trim())) ?? null, host: null };
  }
  if (!/\d/.test(line)) {
    return undefined;
  }
  const host = hostTitle(line);
  if (host !== undefined) {
    return host;
  }
  const watched = watchTitle(line);
  if (watched !== undefined) {
    return watched;
  }
  const stated = timeOf(undecorated(line));
  const time = stated === undefined ? stagedTime(unruled(line)) : stated;
  return time === undefined ? undefined : { time, host: null };
}

/** The time behind a few words that say which of several moments it is: `AFTER (v2)  2026-01-10 12:00:00`. */
function stagedTime(text: string): string | undefined {
  const words = STAGE.test(text) ? text.split(' ') : [];
  for (let i = 1; i <= STAGE_WORDS && i < words.length; i++) {
    const time = timeOf(words.slice(i).join(' '));
    if (typeof time === 'string') {
      return time;
    }
  }
  return undefined;
}

const STAGE =
  /^(?:before|after|during|pre|post|baseline|vorher|nachher|avant|snapshot|sample|round|run|dump)\b(?!=)/i;
const STAGE_WORDS = 8;

/**
 * `Every 2.0s: netstat -an     host: Fri Jan 10 12:00:00 2026` (procps), without the host in old
 * versions and in busybox.
 */
function watchTitle(line: string): Moment | undefined {
  const title = /^Every \d{1,7}(?:[.,]\d{1,3})?s: /.exec(line);
  if (title === null) {
    return undefined;
  }
  // On a narrow terminal, less than three blanks are left between the two.
  const gap = Math.max(line.lastIndexOf('   '), line.search(CTIME_TAIL));
  const tail = line.slice(gap).trim();
  const named = /^([\w.-]{1,253}): (.*)$/.exec(tail);
  const time = timeOf(named?.[2] ?? tail) ?? null;
  return {
    time,
    host: time === null ? null : (named?.[1] ?? null),
    command: line.slice(title[0].length, gap < 0 ? undefined : gap).trim(),
  };
}

const CTIME_TAIL =
  / (?:[\w.-]{1,253}: )?(?:[A-Z][a-z]{2} ){2}[ \d]\d \d\d:\d\d:\d\d (?:[A-Z]{2,5} )?\d{4}$/;

/**
 * What stands above the output of one of several machines: `web-1 | CHANGED | rc=0 >>` of ansible,
 * `[1] 12:00:00 [SUCCESS] web-1` of pssh.
 */
function hostTitle(line: string): Moment | undefined {
  const host = (ANSIBLE.exec(line) ?? PSSH.exec(line))?.[1];
  return host === undefined ? undefined : { time: null, host };
}

const ANSIBLE = /^([\w.-]{1,253}) \| (?:CHANGED|SUCCESS|FAILED|UNREACHABLE!?) \| rc=\d{1,3} >>$/i;
const PSSH =
  /^\[\d{1,6}\] \d\d:\d\d:\d\d \[(?:SUCCESS|FAILURE)\] (?:[\w.-]{1,64}@)?([\w.-]{1,253})/;

/** The date of an OSWatcher mark: behind `***`, or in `<…>` with more behind it. */
function unmarked(text: string): string {
  const bracket = /^<([^>]{1,80})>/.exec(text);
  return (bracket?.[1] ?? text.replace(/^\*{1,20}/, '')).trim();
}

/** The line without rules, brackets and a label around the date. */
export function undecorated(line: string): string {
  return unruled(line).replace(LABEL, '');
}

function unruled(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && isRule(line.charCodeAt(start))) {
    start++;
  }
  while (end > start && isRule(line.charCodeAt(end - 1))) {
    end--;
  }
  return line.slice(start, end);
}

const LABEL =
  /^(?:the current (?:date|time) is|date|time|timestamp|snapshot|captured|started|run)(?: at)?(?: ?[:=] ?| )/i;

/** Blank, `-`, `=`, `*`, `#`, `~`, `_`, brackets. */
function isRule(code: number): boolean {
  return RULES.includes(code);
}

const RULES = Array.from(' \t-=*#~_[]<>', character => character.charCodeAt(0));

/**
 * The time that a text is, as ISO 8601; null if it is a time that cannot be told for certain,
 * undefined if it is none.
 */
export function timeOf(text: string): string | null | undefined {
  for (const form of FORMS) {
    const match = form.pattern.exec(text);
    if (match !== null) {
      const time = form.read(match.groups ?? {});
      if (time !== undefined) {
        return time;
      }
    }
  }
  return undefined;
}

/** Milliseconds of an ISO 8601 time; those without an offset are compared as if all had one. */
export function millisecondsOf(time: string): number | null {
  const moment = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`);
  return Number.isNaN(moment) ? null : moment;
}

/** Milliseconds since the year began, of a time that names none; null where the text is none. */
export function yearlessTimeOf(text: string): number | null {
  const groups = YEARLESS.exec(text)?.groups;
  if (groups === undefined) {
    return null;
  }
  const month = monthNumber(groups['month']!);
  const clock = clockOf(groups);
  // Of the years, one without a leap day: what is counted across its end is no longer than it was.
  return month === 0 || clock === undefined
    ? null
    : Date.parse(`1970-01-01T${clock}Z`) + Date.UTC(1970, month - 1, Number(groups['d']));
}

/** When something was: ISO 8601, or milliseconds since the beginning of a year that is not known. */
interface Dated {
  readonly time: string | null;
  readonly clock: number | null;
}

/**
 * Milliseconds between two moments, whichever is earlier; null where one is not known. Where a year
 * is not known, they are taken for the nearest such days.
 */
export function millisecondsApart(one: Dated, other: Dated): number | null {
  if (one.time !== null && other.time !== null) {
    return apart(millisecondsOf(one.time), millisecondsOf(other.time));
  }
  const between = apart(inYear(one), inYear(other));
  return between === null ? null : Math.min(between, Math.abs(YEAR - between));
}

/** In milliseconds; of the years, one without a leap day. */
export const DAY = 24 * 3_600_000;
export const YEAR = 365 * DAY;

function apart(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.abs(one - other);
}

function inYear({ time, clock }: Dated): number | null {
  return time === null ? clock : millisecondsOf(`1970${time.slice('1970'.length)}`);
}

interface Form {
  readonly pattern: RegExp;
  readonly read: (groups: Partial<Record<string, string>>) => string | null | undefined;
}

const CLOCK = String.raw`(?<h>\d{1,2}):(?<mi>\d\d)(?::(?<s>\d\d)(?:[.,]\d{1,9})?)?(?: ?(?<half>[AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`(?: ?(?<zone>Z|[A-Z]{2,5}|[+-]\d\d(?::?\d\d)?)(?:[+-]0000)?)?`;
const WEEKDAY = String.raw`(?:[A-Z][a-z]{1,2}[,.]? {1,2})?`;
const MONTH = String.raw`(?<month>[A-Z][a-z]{2})`;

/** The date of syslog and `ts`. */
const YEARLESS = whole(String.raw`${WEEKDAY}${MONTH} {1,2}(?<d>\d{1,2}) ${CLOCK}`);

const FORMS: readonly Form[] = [
  // 2026-01-10T12:00:00.000+01:00, 2026/1/10 12:00:00, 2026-01-10_12:00:00, 2026/01/10 周六 12:00
  form(
    String.raw`(?<y>\d{4})[-/.](?<mo>\d\d?)[-/.](?<d>\d\d?)[T _-][^\x00-\x7f]{0,4} ?${CLOCK}${ZONE}`,
  ),
  // 20260110-120000
  form(
    String.raw`(?<y>\d{4})(?<mo>\d\d)(?<d>\d\d)[-_T ]?(?<h>\d\d):?(?<mi>\d\d):?(?<s>\d\d)${ZONE}`,
  ),
  // Fri Jan 10 12:00:00 CST 2026; Fri Jan 10 12:00:00 PM UTC 2026; Fri Jan 10 12:00:00 2026
  form(String.raw`${WEEKDAY}${MONTH} {1,2}(?<d>\d{1,2}) ${CLOCK}${ZONE} (?<y>\d{4})`),
  // Fri 10 Jan 2026 12:00:00 PM CET; Fri, 10 Jan 2026 12:00:00 +0100; 10-Jan-2026 12:00:00
  form(String.raw`${WEEKDAY}(?<d>\d{1,2})[ -]${MONTH}[ -](?<y>\d{4}),? ${CLOCK}${ZONE}`),
  // Jan 10, 2026 12:00:00
  form(String.raw`${WEEKDAY}${MONTH} {1,2}(?<d>\d{1,2}),? (?<y>\d{4}),? ${CLOCK}${ZONE}`),
  // 10.01.2026 12:00:00,12: with dots the day comes first
  form(String.raw`${WEEKDAY}(?<d>\d{1,2})\.(?<mo>\d{1,2})\.(?<y>\d{4}),? {1,2}${CLOCK}${ZONE}`),
  {
    // Fri 01/10/2026 12:00:00.12 of %DATE% %TIME%: which is the month depends on the country.
    pattern: whole(
      String.raw`(?:(?<week>[A-Z][a-z]{2}),? )?(?<a>\d{1,2})[-/](?<b>\d{1,2})[-/](?<y>\d{4})(?:,? {1,2}${CLOCK}${ZONE})?`,
    ),
    read: readSlashedDate,
  },
  {
    // Seconds or milliseconds since 1970
    pattern: /^@?(?<seconds>1\d{9})(?:\d{3}|\.\d{1,9})?$/,
    read: groups => `${new Date(Number(groups['seconds']) * 1000).toISOString().slice(0, 19)}Z`,
  },
  // A clock alone, or the date of syslog, which has no year.
  { pattern: whole(CLOCK), read: readYearless },
  { pattern: YEARLESS, read: readYearless },
];

function form(source: string): Form {
  return { pattern: whole(source), read: readDate };
}

function whole(source: string): RegExp {
  return new RegExp(`^${source}$`);
}

function readDate(groups: Partial<Record<string, string>>): string | undefined {
  const month = groups['month'];
  const number = month === undefined ? Number(groups['mo']) : monthNumber(month);
  return format(groups, number, Number(groups['d']));
}

function readYearless(groups: Partial<Record<string, string>>): null | undefined {
  const month = groups['month'];
  const known = month === undefined || monthNumber(month) > 0;
  return known && clockOf(groups) !== undefined ? null : undefined;
}

/** `a/b/year` is month/day or day/month: a number above 12 or the weekday may tell. */
function readSlashedDate(groups: Partial<Record<string, string>>): string | null | undefined {
  const a = Number(groups['a']);
  const b = Number(groups['b']);
  if (groups['h'] === undefined) {
    return isDate(Number(groups['y']), a, b) || isDate(Number(groups['y']), b, a)
      ? null
      : undefined;
  }
  const readings = [format(groups, a, b), format(groups, b, a)].filter(time => time !== undefined);
  const weekday = groups['week'];
  const fitting = new Set(
    readings.filter(time => weekday === undefined || weekdayOf(time) === weekday.toLowerCase()),
  );
  const [only = null] = fitting;
  return readings.length === 0 ? undefined : fitting.size === 1 ? only : null;
}

function weekdayOf(time: string): string {
  const day = new Date(`${time.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return 'sunmontuewedthufrisat'.slice(day * 3, day * 3 + 3);
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** 1 to 12, or 0 for a word that is no month. */
function monthNumber(name: string): number {
  const at = MONTHS.indexOf(name);
  return at < 0 || at % 3 !== 0 ? 0 : at / 3 + 1;
}

function format(
  groups: Partial<Record<string, string>>,
  month: number,
  day: number,
): string | undefined {
  const year = Number(groups['y']);
  const clock = clockOf(groups);
  if (clock === undefined || !isDate(year, month, day)) {
    return undefined;
  }
  return `${year}-${twoDigits(month)}-${twoDigits(day)}T${clock}${offset(groups['zone'])}`;
}

function isDate(year: number, month: number, day: number): boolean {
  return (
    year >= 1970 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  );
}

/** `hh:mm:ss`, or undefined if it is no time of day. */
function clockOf(groups: Partial<Record<string, string>>): string | undefined {
  let hour = Number(groups['h']);
  const minute = Number(groups['mi']);
  const second = Number(groups['s'] ?? '0');
  const half = groups['half'];
  if (half !== undefined) {
    if (hour < 1 || hour > 12) {
      return undefined;
    }
    hour = (hour % 12) + (/p/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 60) {
    return undefined;
  }
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Only zones that mean one thing everywhere: UTC, numeric offsets, and a few names. CST means four. */
function offset(zone: string | undefined): string {
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') {
    return 'Z';
  }
  const numeric = zone === undefined ? null : /^([+-]\d\d):?(\d\d)?$/.exec(zone);
  return numeric === null
    ? (OFFSETS.get(zone ?? '') ?? '')
    : `${numeric[1] ?? ''}:${numeric[2] ?? '00'}`;
}

/** Names of zones that no two places have with different offsets (IANA time zone database). */
const OFFSETS: ReadonlyMap<string, string> = new Map([
  ['WET', '+00:00'],
  ['WEST', '+01:00'],
  ['CET', '+01:00'],
  ['MEZ', '+01:00'],
  ['CEST', '+02:00'],
  ['MESZ', '+02:00'],
  ['EET', '+02:00'],
  ['EEST', '+03:00'],
  ['SAST', '+02:00'],
  ['AWST', '+08:00'],
  ['JST', '+09:00'],
  ['KST', '+09:00'],
  ['ACST', '+09:30'],
  ['ACDT', '+10:30'],
  ['AEST', '+10:00'],
  ['AEDT', '+11:00'],
  ['NZST', '+12:00'],
  ['NZDT', '+13:00'],
  ['HST', '-10:00'],
  ['HDT', '-09:00'],
  ['AKST', '-09:00'],
  ['AKDT', '-08:00'],
]);

/** Names of several meanings, of which only one has the other beside it, with their offsets. */
const PAIRS: readonly (readonly [name: string, offset: string][])[] = [
  [
    ['GMT', 'Z'],
    ['BST', '+01:00'],
  ],
  [
    ['IST', '+02:00'],
    ['IDT', '+03:00'],
  ],
  [
    ['NST', '-03:30'],
    ['NDT', '-02:30'],
  ],
  [
    ['AST', '-04:00'],
    ['ADT', '-03:00'],
  ],
  [
    ['EST', '-05:00'],
    ['EDT', '-04:00'],
  ],
  [
    ['CST', '-06:00'],
    ['CDT', '-05:00'],
  ],
  [
    ['MST', '-07:00'],
    ['MDT', '-06:00'],
  ],
  [
    ['PST', '-08:00'],
    ['PDT', '-07:00'],
  ],
];

/** The zone that a line with a time names, as it is printed; null where it names none. */
export function zoneOf(line: string): string | null {
  const text = undecorated(line);
  return ZONES.exec(text)?.[1] ?? null;
}

const ZONES = /\d\d(?: ?[AP]M)? ?([A-Z]{3,5})(?: \d{4})?$/;

/**
 * The times of one host, each with the zone that its line names: where that changes, as in the
 * night in which clocks are put forward, each gets its offset, or is null where nobody knows it.
 */
export function inOneZone(
  times: readonly { readonly time: string | null; readonly zone: string | null }[],
): (string | null)[] {
  const zones = new Set(times.map(({ time, zone }) => (time === null ? null : zone)));
  zones.delete(null);
  if (zones.size < 2) {
    return times.map(({ time }) => time);
  }
  const known = new Map(PAIRS.filter(pair => pair.every(([name]) => zones.has(name))).flat());
  return times.map(({ time, zone }) =>
    time === null || zone === null || /(?:Z|[+-]\d\d:\d\d)$/.test(time)
      ? time
      : known.has(zone)
        ? time + known.get(zone)!
        : null,
  );
}
