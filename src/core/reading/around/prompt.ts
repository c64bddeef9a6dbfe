import { dialects } from '../../dialects';
import type { Asked, Dialect } from '../../parsing/dialect';
import type { Line } from '../../parsing/line';
import { State } from '../../vocabulary/state';

/*
 * Command lines that people paste with the output: with a prompt before them or without. They
 * are text; but one that makes a dump says that another output begins, and prompts name the host.
 */

/** What a command line says. */
export interface Prompt extends Asked {
  /** The machine that the prompt names for certain. */
  readonly host: string | null;
  /** Whether the command makes a socket dump. */
  readonly dump: boolean;
}

/** A command that makes a dump, as its format declares it. */
interface Command {
  /** The program, and the words that must follow it. */
  readonly words: readonly string[];
  readonly asks: Dialect['asks'];
}

/** Commands by their programs in lower case. */
export type DumpCommands = ReadonlyMap<string, readonly Command[]>;

/** The commands of formats. */
export function dumpCommandsOf(
  formats: readonly Pick<Dialect, 'commands' | 'asks'>[],
): DumpCommands {
  const found = new Map<string, Command[]>();
  for (const { commands, asks } of formats) {
    for (const command of commands) {
      const words = command.split(' ');
      const program = words[0]!.toLowerCase();
      found.set(program, [...(found.get(program) ?? []), { words, asks }]);
    }
  }
  return found;
}

const DUMP_COMMANDS = dumpCommandsOf(dialects);

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
export function promptOf(line: Line, commands = DUMP_COMMANDS): Prompt | undefined {
  if (line.end - line.start > LONGEST) {
    return undefined;
  }
  const text = line.rest(0);
  for (const pattern of PROMPTS) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) {
      return promptFor(groups['host'] ?? null, groups['command'] ?? '', true, commands);
    }
  }
  const sign = SIGN.exec(text)?.groups;
  if (sign !== undefined) {
    const name = sign['name'];
    const host = name === undefined || SHELLS.test(name) ? null : name;
    const prompt = promptFor(host, sign['command'] ?? '', false, commands);
    return prompt.dump ? prompt : undefined;
  }
  const bare = promptFor(null, text, false, commands);
  return bare.dump ? bare : undefined;
}

/** `certain`: the prompt is one whatever follows, so the command may stand behind others. */
function promptFor(
  host: string | null,
  text: string,
  certain: boolean,
  commands: DumpCommands,
): Prompt {
  const words = text.trim().split(/\s+/);
  for (let at = 0; at < words.length; at++) {
    const command = commandAt(words, at, certain, commands);
    if (command !== undefined) {
      return { host, dump: true, ...NOTHING_ASKED, ...command.asks?.(optionsOf(words.slice(at))) };
    }
    if (!certain && !RUNNERS.test(words[at]!)) {
      break;
    }
  }
  return { host, dump: false, ...NOTHING_ASKED };
}

const NOTHING_ASKED = { protocol: 0, state: State.None };

/**
 * The command that stands at a word. Without a certain prompt a single word must go on like a
 * command, with options, a filter, an interval or a pipe: prose begins with `netstat` as well.
 */
function commandAt(
  words: readonly string[],
  at: number,
  certain: boolean,
  commands: DumpCommands,
): Command | undefined {
  const name = nameOf(words[at]!);
  return commands
    .get(name.toLowerCase())
    ?.find(command =>
      command.words.length === 1
        ? certain || goesOn(words, at + 1)
        : command.words.every((word, i) => isWord(word, i === 0 ? name : (words[at + i] ?? ''))),
    );
}

function goesOn(words: readonly string[], at: number): boolean {
  const next = words[at] ?? '';
  return (
    next === '' ||
    /^[-+/–—|>&;#]|^(?:state|exclude|src|dst|[sd]port)$/.test(next) ||
    (/^\d{1,5}$/.test(next) && at + 1 === words.length)
  );
}

/** Whether a word is one of a command, of which a folder stands for the files in it. */
function isWord(expected: string, word: string): boolean {
  return expected.endsWith('/') ? word.startsWith(expected) : word === expected;
}

function nameOf(word: string): string {
  return word
    .slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1)
    .replace(/^\(+/, '')
    .replace(/\.exe$/i, '');
}

/** The words of a command up to a pipe or the next command. */
function optionsOf(words: readonly string[]): readonly string[] {
  const end = words.findIndex(word => /^[|;&>]/.test(word));
  return end === -1 ? words : words.slice(0, end);
}
