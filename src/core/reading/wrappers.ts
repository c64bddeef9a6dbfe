import { NONE } from '../model/row';
import type { Line } from './line';

/*
 * What people and loggers put before a row: quote marks, comment signs, bullets, time stamps,
 * syslog prefixes. The row itself is read behind it, in place, so that spans stay true.
 */
const PREFIXES: readonly RegExp[] = [
  // Markdown and mail quotes, PowerShell's Select-String, shell and C comments, bullets, diffs.
  /^(?:(?:[>#|+]|\/\/|\*) ?)+(?=\s*\S)/,
  // [2022/9/23 15:43:47] and [12345.678901]
  /^\[[\d:./ T,Z+-]{4,40}\] ?/,
  // 2026-01-01T12:00:00.000Z and 2026-01-01 12:00:00,123
  /^\d{4}[-/]\d\d?[-/]\d\d?[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?:? /,
  // Jan  1 12:00:00 host program[123]:
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,64} [\w./-]{1,64}(?:\[\d{1,10}\])?: /,
  // 12:00:00
  /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?:? /,
];

/** Where the line goes on behind a wrapper's prefix; NONE where it has none. */
export function behindPrefix(line: Line): number {
  if (line.count < 2) {
    return NONE;
  }
  const from = line.wordStart(0);
  // Prefixes are short; what follows may be a line of megabytes.
  const head = line.text.slice(from, Math.min(line.end, from + 200));
  for (const prefix of PREFIXES) {
    const match = prefix.exec(head);
    if (match !== null && match[0].length > 0) {
      return from + match[0].length;
    }
  }
  return NONE;
}
