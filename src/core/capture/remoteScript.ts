import { captureCommands, type CaptureTool, PROC_COUNTERS } from './commands';
import { PROC_LISTS, PROC_PARTS } from './procNetTools';

/*
 * The script that lists the sockets of another machine, and what it answers. It is one line for
 * POSIX sh without single quotes, backslashes and exclamation marks, so that every login shell
 * takes it as one word between single quotes (csh and fish read those three in their own ways).
 * It runs only what is in it: from its standard input it takes a line for each listing, and
 * nothing of what the line says. So it ends when the connection does.
 */

/** `process.platform` by what `uname -s` prints. */
const PLATFORMS: Readonly<Record<string, string>> = {
  Linux: 'linux',
  Darwin: 'darwin',
  FreeBSD: 'freebsd',
  OpenBSD: 'openbsd',
  NetBSD: 'netbsd',
  SunOS: 'sunos',
  AIX: 'aix',
};

interface Wanted {
  /** Stands at the beginning of each line that is the script's own. */
  readonly token: string;
  readonly tool: CaptureTool | 'auto';
  readonly counters: boolean;
  /** Whether it lists again for each line on its standard input; else once. */
  readonly again: boolean;
}

/** The script, to be given to `sh -c`. */
export function remoteScript({ token, tool, counters, again }: Wanted): string {
  const cases = Object.entries(PLATFORMS).map(([name, platform]) => {
    const commands = captureCommands(platform, tool);
    const functions = commands.map(({ program, runs }, i) => {
      const lines = runs.map(args => [program, ...args].join(' '));
      return `r${i}() { ${program === null ? PROC : `${lines.join('; ')};`} };`;
    });
    const list = commands.map(({ program }, i) => `${i}:${program ?? 'cat'}`).join(' ');
    return `${name}) ${functions.join(' ')} l="${list}"; ${counters ? counting(platform) : ''} ;;`;
  });
  return [
    `T=${token}; b=0; l=; LC_ALL=C; PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH; export LC_ALL PATH;`,
    'c() { :; };',
    'k=$(uname -s 2>/dev/null || echo Linux); u=$(id -u 2>/dev/null);',
    'h=$(hostname 2>/dev/null || cat /proc/sys/kernel/hostname 2>/dev/null || uname -n 2>/dev/null);',
    `case $k in ${cases.join(' ')} esac;`,
    // The first that works is the first to be tried next time. What a tool complains of comes last.
    't() { n=$1; [ $n -lt $b ] && return 1;',
    'command -v $2 >/dev/null 2>&1 || { echo "$T none $n"; return 1; };',
    'echo "$T run $n"; { e=$(r$n 2>&1 >&3 3>&-); s=$?; } 3>&1;',
    'echo; echo "$T end $s"; echo "$e"; [ $s = 0 ] && b=$n; };',
    's() { echo "$T begin $k ${u:--} $h";',
    'for x in $l; do t ${x%%:*} ${x#*:} && break; done || b=0;',
    'echo "$T counters"; c 2>/dev/null; echo; echo "$T done"; };',
    again ? 'echo "$T ready"; while read -r x; do s; done' : 's',
  ].join(' ');
}

/** Linux's own lists, and who holds which socket. */
const PROC = [
  `[ -r /proc/net/tcp ] || return 1; for f in ${PROC_LISTS.join(' ')}; do`,
  '[ -r /proc/net/$f ] && { echo "==> /proc/net/$f <=="; cat /proc/net/$f; }; done;',
  `echo "${PROC_PARTS.names}"; for p in /proc/[0-9]*; do`,
  'read -r x <$p/comm && echo "${p#/proc/} $x"; done 2>/dev/null;',
  // Titles are printed only where there is more than one folder.
  `echo "${PROC_PARTS.descriptors}"; ls -l /proc/[0-9]*/fd /dev/null | grep -e ^/proc -e socket:; return 0;`,
].join(' ');

function counting(platform: string): string {
  return platform === 'linux'
    ? `c() { for f in ${PROC_COUNTERS.join(' ')}; do [ -r /proc/net/$f ] && { echo; echo "==> /proc/net/$f <=="; cat /proc/net/$f; }; done; };`
    : 'c() { echo; netstat -s; };';
}

/** What a command printed there. */
interface RemoteRun {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** What the script answered. */
export interface RemoteAnswer {
  /** Like `process.platform`; what `uname -s` printed where that is not known. */
  readonly platform: string;
  readonly privileged: boolean | null;
  /** The machine's name; empty where it has none. */
  readonly host: string;
  /** By the number of the command in {@link captureCommands}; null if it is not installed. */
  readonly runs: ReadonlyMap<number, RemoteRun | null>;
  readonly counters: string;
}

/** What ends an answer. */
export function endOfAnswer(token: string): string {
  return `\n${token} done`;
}

/** What the script says before it waits for a line. */
export function readyToAnswer(token: string): string {
  return `${token} ready`;
}

/** Reads an answer; undefined if it is none. */
export function readAnswer(text: string, token: string): RemoteAnswer | undefined {
  let found: Omit<RemoteAnswer, 'runs' | 'counters'> | undefined;
  const runs = new Map<number, RemoteRun | null>();
  let counters = '';
  let number = -1;
  // What a login shell prints stands before the first part.
  for (const part of `\n${text}`.split(`\n${token} `).slice(1)) {
    const end = part.includes('\n') ? part.indexOf('\n') : part.length;
    const [word, first = '', second = '', ...more] = part.slice(0, end).trim().split(' ');
    const body = part.slice(end + 1);
    switch (word) {
      case undefined:
        break;
      case 'begin':
        found = {
          platform: PLATFORMS[first] ?? first,
          privileged: second === '-' ? null : second === '0',
          host: more.join(' '),
        };
        break;
      case 'none':
        runs.set(Number(first), null);
        break;
      case 'run':
        number = Number(first);
        runs.set(number, { status: 0, output: body, errors: '' });
        break;
      case 'end':
        runs.set(number, {
          status: Number(first),
          output: runs.get(number)?.output ?? '',
          errors: body,
        });
        break;
      case 'counters':
        counters = body;
        break;
    }
  }
  return found && { ...found, runs, counters };
}
