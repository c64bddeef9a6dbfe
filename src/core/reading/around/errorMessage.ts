/*
 * Messages of the kernel and of programs that stand around a dump, as in a paste of a log. A line
 * that only speaks of them (a question, a comment) is none.
 */

import { endIn, type MessageEnd } from './messageEnd';
import { timeOf, yearlessTimeOf } from './timestamps';

/** What was short, or not to be had: a port that another one has, or that nothing listens on. */
export type Shortage =
  'descriptors' | 'addresses' | 'synFlood' | 'tcpMemory' | 'conntrack' | 'inUse' | 'refused';

/** A message that names what was short. */
export interface ErrorMessage {
  readonly shortage: Shortage;
  /** 0-based. */
  readonly line: number;
  /** The words that name it, as printed. */
  readonly words: string;
  /** Who says so; null where the line does not name it. */
  readonly program: string | null;
  readonly pid: number | null;
  /** The local port that it is about; null if it is not about one. */
  readonly port: number | null;
  /** Whether connect() failed, as far as the line tells. */
  readonly connects: boolean;
  /** The address and port that it failed to connect to; null if none is named. */
  readonly target: string | null;
  /** What could not be bound, or refused a connection; null where it is not named, or something else is short. */
  readonly end: MessageEnd | null;
  /** Whether it is about UDP, as far as the line tells. */
  readonly isUdp: boolean;
  /** When it was written, as a snapshot has it. */
  readonly time: string | null;
  readonly clock: number | null;
}

/** Characters of a line that are looked at, and those of the port behind the words. */
const LOOKED_AT = 400;
const LONGEST_ADDRESS = 60;

/** The words of each shortage; those of the kernel say whose they are themselves. */
const WORDS: readonly (readonly [Shortage, RegExp])[] = [
  [
    'descriptors',
    /too many open files(?: in system)?|\bE[MN]FILE\b|\baccept4?\(\) failed \(24\b(?!: too many open)/i,
  ],
  ['addresses', /can(?:not|'t) assign requested address|\bEADDRNOTAVAIL\b/i],
  ['synFlood', /possible SYN flooding on port/i],
  ['tcpMemory', /TCP: out of memory/i],
  ['conntrack', /(?:nf|ip)_conntrack: table full, dropping packet/i],
  [
    'inUse',
    /\bEADDRINUSE\b|address already in use|only one usage of each socket address|port is already allocated|\bport \d{1,5} (?:is|was) already in use/i,
  ],
  [
    'refused',
    /\bECONNREFUSED\b|connection refused|no connection could be made because the target machine actively refused it|\bconnection to [\w.:[\]-]{1,80} refused/i,
  ],
];

/** Shortages whose words alone are a message. */
const OF_KERNEL: ReadonlySet<Shortage> = new Set(['synFlood', 'tcpMemory', 'conntrack']);

const ANY = new RegExp(WORDS.map(([, { source }]) => source).join('|'), 'i');

/** What stands before the words of a message, and not in a sentence. */
const PUNCTUATION = /[:\](=,][ "']{0,2}(?:\(\d{1,5}\))?$/;

/** What only programs put before the words of a failed call, wherever it stands. */
const FAILED_CALL =
  /\b(?:dial|listen) (?:tcp|udp)[46]? \S{1,80}: (?:bind|connect|connectex): $|\bError: (?:connect|listen|bind) $|\[Errno \d{1,5}\] (?:error while attempting to bind on address \([^()]{1,60}\): )?$|^\(\d{1,5}\)$|^\s{0,20}(?:Could not connect|Failed to connect|Connecting) to [^?:]{0,60}:\d{1,5}\b[.: ]{0,5}(?:failed: )?$|\b[Ff]ailed to bind to (?:address )?\S{1,80}: $|failed to start\. $/;

/** A quoted line, a comment. */
const MARKED = /^\s{0,20}(?:#|\$|\/\/|--|;|\*|>|<!--)/;

/** How lines of logs begin: with a date or time, the kernel's seconds, or a level. */
const STAMPED =
  /^\W{0,3}(?:\d{4}[-/]\d\d[-/]\d\d|\d\d:\d\d:\d\d|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d|\d\d[/.](?:\w{3}|\d\d)[/.]\d{4}|\d{1,10}\.\d{1,6}\])/;
const LEVEL = /^\W{0,3}(?:emerg|alert|crit(?:ical)?|err(?:or)?|warn(?:ing)?|fatal|severe)\b/i;

/** The date and time that a line begins with. */
const DATED =
  /^\W{0,3}((?:\d{4}[-/]\d\d[-/]\d\d[T _]|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d |\d\d\.\d\d\.\d{4} )\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: \d{4}\b)?(?: ?(?:Z|[+-]\d\d:?\d\d)\b)?)/;

/** Who says it: `Jan  5 10:00:00 web1 app[88]:`, `app[88]:`, `app:`. */
const SYSLOG =
  /^\W{0,3}(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.+Z-]{8,22}) (?!\W?[A-Z]{4,8}\W? )\S{1,80} ([\w./-]{0,60}\w)(?:\[(\d{1,10})\])?: /;
const PROGRAM = /^\s{0,20}([a-z/][\w./-]{0,60}\w)(?:\[(\d{1,10})\])?: /;

/** The form of nginx, which names only its PID. */
const NGINX = /^\d{4}\/\d\d\/\d\d [\d:]{8} \[\w{4,6}\] (\d{1,10})#\d{1,10}: /;

/** What people begin a remark with. */
const REMARK =
  /^\s{0,20}(?:note|notes|question|symptoms?|problem|cause|todo|fyi|hint|ps|btw|comment|update|context|observation|suspicion|theory|guess|maybe|also|we|i|it|so):/i;

/** An exception, or the call that failed. */
const CAUSE =
  '(?:Error|Exception|\\b(?:accept4?|connect|socket|bind|listen|open|openat|pipe|dup|sendto))';
/** What stands before the words where a line begins with the exception, or the call that failed. */
const RAISED = new RegExp(
  String.raw`^\s{0,20}(?:Caused by: |Exception in thread "[^"]{0,80}" )?[\w.$]{0,120}${CAUSE}(?:\(\d{0,6}\))?(?: failed)?: (?:\[Errno \d{1,4}\] )?$`,
);
/** What stands where a program's name may stand, and is none. */
const NO_PROGRAM = new RegExp(`${CAUSE}$|^(?:panic|fatal|err(?:or)?|warn(?:ing)?|crit|alert)$`);

/** What the words follow, or are followed by: the call that failed. */
const CALLS = /\b(?:connect|dial|listen|bind|start)/i;
const UDP = /\budp[46]?\b/i;

/** Where nginx names whom it could not reach: behind a request of any length. */
const UPSTREAM = ', upstream: "';

/** A call that needs a local port, and the end that it was for. */
const CONNECTS = /\bconnect|\bdial\b/i;
const TARGET = /(?<![\d.])((?:\d{1,3}\.){3}\d{1,3}|\[[\da-f:.]{2,45}\]):(\d{1,5})\b/i;

/** What a line of text says was short; null if it is no such message. */
export function errorMessageOf(text: string): Omit<ErrorMessage, 'line'> | null {
  const looked = text.slice(0, LOOKED_AT);
  if (!ANY.test(looked) || looked.includes('?') || MARKED.test(looked) || REMARK.test(looked)) {
    return null;
  }
  for (const [shortage, words] of WORDS) {
    const found = words.exec(looked);
    if (found === null) {
      continue;
    }
    const before = looked.slice(0, found.index);
    const isOfKernel = before.trim() === '' && OF_KERNEL.has(shortage);
    const worker = NGINX.exec(before)?.[1];
    const [, name = null, pid = null] =
      worker === undefined
        ? (SYSLOG.exec(before) ?? PROGRAM.exec(before) ?? [])
        : ['', 'nginx', worker];
    const isMessage =
      isOfKernel ||
      FAILED_CALL.test(before) ||
      RAISED.test(before) ||
      (PUNCTUATION.test(before) && (name !== null || STAMPED.test(before) || LEVEL.test(before)));
    if (!isMessage) {
      return null;
    }
    const call = CONNECTS.exec(looked);
    const [target = null] = (call && TARGET.exec(looked.slice(call.index))) ?? [];
    return {
      shortage,
      words: found[0],
      program: name === null || NO_PROGRAM.test(name) ? null : name,
      pid: pid === null ? null : Number(pid),
      port: portBehind(text.slice(found.index + found[0].length)),
      connects: call !== null,
      target,
      end: shortage === 'inUse' || shortage === 'refused' ? endOf(text, looked) : null,
      isUdp: UDP.test(looked),
      ...momentOf(looked),
    };
  }
  return null;
}

function momentOf(text: string): Pick<ErrorMessage, 'time' | 'clock'> {
  const stamp = DATED.exec(text)?.[1] ?? '';
  const time = timeOf(stamp) ?? null;
  return { time, clock: time === null ? yearlessTimeOf(stamp) : null };
}

/** The end that a call failed for: what stands before the call may be another one. */
function endOf(text: string, looked: string): MessageEnd | null {
  const upstream = text.indexOf(UPSTREAM);
  return upstream >= 0
    ? endIn(text.slice(upstream, upstream + LOOKED_AT))
    : endIn(looked.slice(CALLS.exec(looked)?.index ?? 0));
}

/** The port of ` 80.`, ` 192.0.2.1:80.` and ` [::]:80.`; null where something else follows. */
function portBehind(text: string): number | null {
  const port = /^ (?:\S{0,50}:)?(\d{1,5})\b/.exec(text.slice(0, LONGEST_ADDRESS))?.[1];
  return port === undefined ? null : Number(port);
}
