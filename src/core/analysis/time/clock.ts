/** A day in milliseconds. */
const DAY = 86_400_000;

/**
 * The time some seconds after another, as a clock at the same place shows it: `14:20`, with the
 * date where it is another day (`2026-01-06 02:10`). Null where the time cannot be read.
 */
export function clockAfter(time: string, seconds: number): string | null {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::(\d\d))?/.exec(time);
  const start = match === null ? NaN : Date.parse(`${match[1]}T${match[2]}:${match[3] ?? '00'}Z`);
  const moment = start + seconds * 1000;
  // Beyond a year nobody plans.
  if (Number.isNaN(moment) || seconds > 366 * 86_400) {
    return null;
  }
  const text = new Date(moment).toISOString();
  const clock = text.slice(11, 16);
  return Math.floor(moment / DAY) === Math.floor(start / DAY)
    ? clock
    : `${text.slice(0, 10)} ${clock}`;
}

/** A time as people read it: `2026-01-05 10:00:30`, without its zone. */
export function readableTime(time: string): string {
  return time.slice(0, 19).replace('T', ' ');
}
