import { NONE } from '../../model/row';
import type { Line } from '../../parsing/line';

/*
 * What people and loggers put before a row: quote marks, comment signs, bullets, line numbers,
 * time stamps, syslog prefixes. The row itself is read behind it, in place, so that spans stay
 * true.
 */
const CLOCK = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`;
const ORIGIN = String.raw`(?:(?<host>[\w.-]{1,253}) (?:[\w./-]{1,64}(?:\[\d{1,10}\])?): )?`;

/** What the rows and headers behind a host's or pod's name begin with: a name alone is a word. */
const ROW_BEGINS = String.raw`(?=\s{0,40}(?:(?:tcp|udp|TCP|UDP|raw|icm|sctp)[46LlvV]{0,2}\s|unix\s|u_\w{3}\s|ESTAB|LISTEN|UNCONN|[A-Z]{3,5}-[A-Z]|Proto\s|Netid\s|State\s|Active\s))`;
const NAME = String.raw`[a-zA-Z\d](?:[\w.-]{0,251}[\w])?`;

const PREFIXES: readonly RegExp[] = [
  // [pod/web-0/app] of kubectl logs --prefix: each pod has its own processes
  /^\[pod\/(?<host>[\w.-]{1,253})\/[\w.-]{1,63}\] ?/,
  // web-1  | of docker compose
  /^(?<host>[\w.-]{1,64}) {1,32}\| /,
  // pod container of stern
  new RegExp(String.raw`^(?<host>${NAME}) [a-z\d][a-z\d-]{0,62} ${ROW_BEGINS}`),
  // host: of pdsh, clush and pssh -P, host and a tab of GNU parallel; a number is that of a line
  new RegExp(String.raw`^(?!\d{1,9}[:\t])(?<host>${NAME})(?:: {1,20}|\t)${ROW_BEGINS}`),
  // [user@host:22] out: of fabric
  /^\[(?:[\w.-]{1,64}@)?(?<host>[\w.-]{1,253})(?::\d{1,5})?\] (?:out|err): /,
  // Markdown and mail quotes, PowerShell's Select-String, shell and C comments, bullets, diffs
  /^(?:(?:[>#|+]|\/\/|\*) ?|- )+(?=\s*\S)/,
  // [2022/9/23 15:43:47], [12345.678901], [Fri Jan 10 12:00:00 2026]
  /^\[(?!pod\/)(?<time>[\w:./ ,+-]{4,40})\]:? ?/,
  // 2026-01-01T12:00:00.000Z, 2026-01-01 12:00:00,123, and with host and program behind
  new RegExp(
    String.raw`^(?<time>\d{4}[-/]\d\d?[-/]\d\d?[ T_]${CLOCK}(?: ?(?:Z|[+-]\d\d:?\d\d))?):? ${ORIGIN}`,
  ),
  // Jan  1 12:00:00 host program[123]:
  new RegExp(String.raw`^(?<time>[A-Z][a-z]{2} [ \d]\d ${CLOCK}) ${ORIGIN}`),
  // 12:00:00
  new RegExp(`^(?<time>${CLOCK}):? `),
  // 1767225600, @1767225600.123
  /^(?<time>@?1\d{9}(?:\.\d{1,9})?):? /,
  // 12: of grep -n, file.txt:12: and file.txt: of grep on several files
  /^(?:[\w./\\-]{1,200}:)?\d{1,8}:/,
  /^[\w./\\-]{1,200}\.(?:txt|log|out|netstat|dump):/,
  // 12 and a tab, of cat -n
  /^\d{1,8}\t/,
];

/** Prefixes are short; what follows may be a line of megabytes. */
const LONGEST = 300;

/** Finds prefixes, the one that worked last first. */
export class Wrappers {
  /** What the prefix found last says: the text of its time, and the machine. */
  public time: string | null = null;
  public host: string | null = null;
  /** Number of the prefix that worked last. */
  public last = 0;

  /** Where the line goes on behind a prefix; NONE if it has none. */
  public behind(line: Line): number {
    if (line.count < 2) {
      return NONE;
    }
    const from = line.wordStart(0);
    const head = line.text.slice(from, Math.min(line.end, from + LONGEST));
    const length = this.match(head, this.last);
    if (length > 0) {
      return from + length;
    }
    for (let i = 0; i < PREFIXES.length; i++) {
      const other = i === this.last ? 0 : this.match(head, i);
      if (other > 0) {
        this.last = i;
        return from + other;
      }
    }
    return NONE;
  }

  private match(head: string, index: number): number {
    const match = PREFIXES[index]?.exec(head) ?? null;
    if (match === null) {
      return 0;
    }
    this.time = match.groups?.['time'] ?? null;
    this.host = match.groups?.['host'] ?? null;
    return match[0].length;
  }
}
