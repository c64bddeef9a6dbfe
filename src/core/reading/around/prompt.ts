import { stateFromAnySpelling } from '../../vocabulary/stateSpellings';
import { protocolWordId } from '../../vocabulary/protocol';
import { State, stateCode } from '../../vocabulary/state';
import type { Line } from '../../parsing/line';

/*
 * Command lines that people paste with the output: with a prompt before them or without. They
 * are text; but one that makes a dump says that another output begins, and prompts name the host.
 */

/** What a command line says. */
export interface Prompt {
  /** The machine that the prompt names for certain. */
  readonly host: string | null;
  /** Whether the command makes a socket dump. */
  readonly dump: boolean;
  /** The protocol word that all rows are of, where the command asks for one only; else 0. */
  readonly protocol: number;
  /** The state that all rows are in, where `ss` is asked for one only; else None. */
  readonly state: State;
}

/** Commands that make a dump, in lower case, without folder and `.exe`. */
const DUMP_COMMANDS: ReadonlySet<string> = new Set([
  'netstat',
  'ss',
  'lsof',
  'sockstat',
  'fstat',
  'get-nettcpconnection',
  'get-netudpendpoint',
  'esxcli',
]);

/** Words that may stand before the command: runners, and their options. */
const RUNNERS =
  /^(?:sudo|doas|time|watch|busybox|toybox|exec|env|nice|command|cmd|\/c|-\S{1,40}|\d{1,6}|\w{1,40}=\S{0,80})$/;

const LONGEST = 500;

/** Prompts that no other line looks like; the first group is the host, the last the command. */
const PROMPTS: readonly RegExp[] = [
  // [user@host folder]$ netstat
  /^\[[\w.-]{1,64}@(?<host>[\w.-]{1,253})(?: [^\]]{0,200})?\][$#%>] ?(?<command>.*)$/,
  // user@host:folder$ netstat, user@host folder % netstat, user@host> show
  /^(?:\([\w.-]{1,64}\) ?)?[\w.-]{1,64}@(?<host>[\w.-]{1,253})(?:[: ][^$#%>]{0,200})?[$#%>](?: (?<command>.*))?$/,
  // Host:folder user$ netstat
  /^(?<host>[\w.-]{1,253}):[^\s$#%>]{1,200} [\w.-]{1,64}[$#%](?: (?<command>.*))?$/,
  // PS C:\Users\x> netstat, C:\>netstat
  /^(?:PS )?[A-Za-z]:\\[^<>|"*?]{0,260}>(?<command>.*)$/,
  // PS /home/x> Get-NetTCPConnection
  /^PS (?:[/~][^<>|"*?]{0,260})?> ?(?<command>.*)$/,
];

/** Signs and short names before a command, believed only where a dump command follows. */
const SIGN = /^(?:(?<name>[\w.-]{1,64}) ?)?[$#%>λ❯➜»](?<command>.*)$/;

/** Names before a sign that are a shell's, not a machine's. */
const SHELLS = /^(?:(?:ba|da|z|k|c|tc|fi)?sh(?:-[\d.]+)?|PS|cmd|root|user|admin)$/i;

/** What a command line says; undefined where the line is anything else. */
export function promptOf(line: Line): Prompt | undefined {
  if (line.end - line.start > LONGEST) {
    return undefined;
  }
  const text = line.rest(0);
  for (const pattern of PROMPTS) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) {
      return promptFor(groups['host'] ?? null, groups['command'] ?? '', true);
    }
  }
  const sign = SIGN.exec(text)?.groups;
  if (sign !== undefined) {
    const name = sign['name'];
    const host = name === undefined || SHELLS.test(name) ? null : name;
    const prompt = promptFor(host, sign['command'] ?? '', false);
    return prompt.dump ? prompt : undefined;
  }
  const bare = promptFor(null, text, false);
  return bare.dump ? bare : undefined;
}

/** `certain`: the prompt is one whatever follows, so the command may stand behind others. */
function promptFor(host: string | null, command: string, certain: boolean): Prompt {
  const words = command.trim().split(/\s+/);
  let at = 0;
  while (at < words.length && !isDumpCommand(words, at, certain)) {
    if (!certain && !RUNNERS.test(words[at] ?? '')) {
      return { host, dump: false, protocol: 0, state: State.None };
    }
    at++;
  }
  if (at === words.length) {
    return { host, dump: false, protocol: 0, state: State.None };
  }
  const name = nameOf(words[at] ?? '');
  const options = name === 'ss' ? optionsOf(words.slice(at + 1)) : [];
  const protocol = CMDLET_PROTOCOLS.get(name) ?? onlyProtocol(options);
  return { host, dump: true, protocol, state: onlyState(options) };
}

/**
 * Whether a dump command stands at a word. Without a certain prompt it must go on like a command,
 * with options, a filter, an interval or a pipe: prose begins with `netstat` as well.
 */
function isDumpCommand(words: readonly string[], at: number, certain: boolean): boolean {
  const word = words[at] ?? '';
  const next = words[at + 1] ?? '';
  if (DUMP_COMMANDS.has(nameOf(word))) {
    return (
      certain ||
      next === '' ||
      /^[-+/–—|>&;#]|^(?:state|exclude|src|dst|[sd]port|network)$/.test(next) ||
      (/^\d{1,5}$/.test(next) && at + 2 === words.length)
    );
  }
  return (
    (word === 'show' && /^(?:tcp|udp|ip|control-plane|sockets?|system)$/.test(next)) ||
    (word === 'cat' && next.startsWith('/proc/net/'))
  );
}

function nameOf(word: string): string {
  return word
    .slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1)
    .toLowerCase()
    .replace(/^\(+/, '')
    .replace(/\.exe$/, '');
}

/** The protocols of PowerShell's commands, whose chosen columns need not show it. */
const CMDLET_PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['get-nettcpconnection', protocolWordId('TCP')],
  ['get-netudpendpoint', protocolWordId('UDP')],
]);

/** The protocols that `ss` may be asked for, by option. */
const SS_PROTOCOLS: Readonly<Record<string, string>> = {
  t: 'tcp',
  u: 'udp',
  w: 'raw',
  d: 'dccp',
  S: 'sctp',
  M: 'mptcp',
  '--tcp': 'tcp',
  '--udp': 'udp',
  '--raw': 'raw',
  '--dccp': 'dccp',
  '--sctp': 'sctp',
  '--mptcp': 'mptcp',
};

/** The words of a command up to a pipe or the next command. */
function optionsOf(words: readonly string[]): readonly string[] {
  const end = words.findIndex(word => /^[|;&>]/.test(word));
  return end === -1 ? words : words.slice(0, end);
}

/** The word of the one protocol that the options of `ss` ask for; 0 where not just one. */
function onlyProtocol(options: readonly string[]): number {
  const asked = new Set<string>();
  for (const word of options) {
    const letters = word.startsWith('--') ? [word] : word.startsWith('-') ? Array.from(word) : [];
    for (const letter of letters) {
      const protocol = SS_PROTOCOLS[letter] ?? (/^[x0]$/.test(letter) ? 'other' : undefined);
      if (protocol !== undefined) {
        asked.add(protocol);
      }
    }
  }
  const [only] = asked;
  return asked.size === 1 && only !== undefined && only !== 'other' ? protocolWordId(only) : 0;
}

/** The one state of `ss state …`, for which it prints no State column; None where not just one. */
function onlyState(options: readonly string[]): State {
  const at = options.indexOf('state');
  const name = at === -1 ? null : stateFromAnySpelling(options[at + 1] ?? '');
  return name === null || options.lastIndexOf('state') !== at ? State.None : stateCode(name);
}
