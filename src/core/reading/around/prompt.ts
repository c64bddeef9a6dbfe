import { addTo } from '../../model/maps';
import { dialects } from '../../dialects';
import { counterFormats } from '../../statistics';
import { type Counting, NO_COUNTING } from '../../statistics/counterReader';
import type { Asked, Dialect } from '../../parsing/dialect';
import type { Line } from '../../parsing/line';
import { type Listing, NO_LISTING } from '../../model/snapshot';
import { NONE } from '../../model/row';
import { State } from '../../vocabulary/state';
import { elsewhere, ENDS, nameOf, runsOthers, within } from './elsewhere';

/*
 * Command lines that people paste with the output: with a prompt before them or without. They
 * are text; but one that makes a dump says that another output begins, and prompts name the host.
 */

/** What a command line says. */
export interface Prompt extends Asked {
  /** The machine that the prompt names for certain. */
  readonly host: string | null;
  /** Where the command runs, if that is not there. */
  readonly machine: string | null;
  /** Whether it runs on several machines, whose names stand in its output, or on one that a variable names. */
  readonly several: boolean;
  /** Where the command opens a shell, if that is not there. */
  readonly opens: string | null;
  /** Whether where it runs, or opens a shell, is a container, jail or network namespace. */
  readonly inside: boolean;
  /** Whether it prints the name of its machine first. */
  readonly names: boolean;
  /** The sign before the command; empty without. */
  readonly sign: string;
  /** Whether the command makes a socket dump. */
  readonly dump: boolean;
  /** How the command lists sockets; null where it prints counters. */
  readonly listing: Listing | null;
  /** Whether it puts its lines into another order: the header stands among or below the rows. */
  readonly sorted: boolean;
  /** What the command says of counters, interfaces and routes. */
  readonly counting: Counting;
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
  formats: readonly (Pick<Dialect, 'commands'> & Partial<Pick<Dialect, 'asks'>>)[],
): DumpCommands {
  const found = new Map<string, Command[]>();
  for (const { commands, asks } of formats) {
    for (const command of commands) {
      const words = command.split(' ');
      addTo(found, words[0]!.toLowerCase(), { words, asks });
    }
  }
  return found;
}

const DUMP_COMMANDS = dumpCommandsOf([...dialects, ...counterFormats]);

/** Words that may stand before the command: runners, and their options. */
const RUNNERS =
  /^(?:time|timeout|watch|busybox|toybox|jc|exec|env|nice|nohup|setsid|command|cmd|[abdkz]{0,2}sh|\/c|-\S{1,40}|\d{1,6}(?:\.\d{1,3})?[smhd]?|\w{1,40}=\S{0,80}|[({])$/;

/** What begins a loop of the shell; its commands stand behind `do`. */
const LOOPS = /^(?:for|while|until)$/;

/** Programs behind which the next command of a line is looked for: what they print is no listing. */
const PRELUDES = /^(?:date|echo|printf|clear|sleep|uptime|hostname|uname|set)$/;

const LONGEST = 500;

/** Prompts that no other line looks like; the first group is the host, the last the command. */
const PROMPTS: readonly RegExp[] = [
  // [user@host folder]$ netstat
  /^\[[\w.-]{1,64}@(?<host>[\w.-]{1,253})(?: [^\]]{0,200})?\][$#%>] ?(?<command>.*)$/,
  // user@host:folder$ netstat, user@host folder % netstat, user@host> show
  /^(?:\([\w.-]{1,64}\) ?)?[\w.-]{1,64}@(?<host>[\w.-]{1,253})(?:[: ][^$#%>]{0,200})?[$#%>](?: (?<command>.*))?$/,
  // Host:folder user$ netstat
  /^(?<host>[\w.-]{1,253}):[^\s$#%>]{1,200} [\w.-]{1,64}[$#%](?: (?<command>.*))?$/,
  // PS C:\Users\x> netstat, C:\>netstat, [host]: PS C:\> netstat
  /^(?:\[(?<host>[\w.-]{1,253})\]: )?(?:PS )?[A-Za-z]:\\[^<>|"*?]{0,260}>(?<command>.*)$/,
  // PS /home/x> Get-NetTCPConnection
  /^PS (?:[/~][^<>|"*?]{0,260})?> ?(?<command>.*)$/,
];

/** Signs and short names before a command, believed only where a dump command follows. */
const SIGN = /^(?:(?<name>[\w.-]{1,64}) ?|[~/][\w./-]{0,200} )?[$#%>λ❯➜»](?<command>.*)$/;

/** Names before a sign that are a shell's, not a machine's. */
const SHELLS = /^(?:(?:ba|da|z|k|c|tc|fi)?sh(?:-[\d.]+)?|PS|cmd|root|user|admin)$/i;

/** What a command line says; undefined where the line is anything else. */
export function promptOf(line: Line, commands = DUMP_COMMANDS): Prompt | undefined {
  if (line.end - line.start > LONGEST) {
    return undefined;
  }
  const text = line.rest(0);
  if (!HAS_SIGN.test(text)) {
    return bareCommand(text, commands);
  }
  for (const pattern of PROMPTS) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) {
      return promptFor(groups['host'] ?? null, text, groups['command'] ?? '', true, commands);
    }
  }
  const sign = SIGN.exec(text)?.groups;
  if (sign !== undefined) {
    const name = sign['name'];
    const host = name === undefined || SHELLS.test(name) ? null : name;
    return saying(promptFor(host, text, sign['command'] ?? '', false, commands));
  }
  return bareCommand(text, commands);
}

/** What the command says that a line of `watch` names; undefined where no dump comes of it. */
export function watched(command: string, host: string | null): Prompt | undefined {
  const prompt = promptFor(host, command, command, true, DUMP_COMMANDS);
  return prompt.dump ? prompt : undefined;
}

/** Signs one of which stands behind each prompt. */
const HAS_SIGN = /[$#%>λ❯➜»]/;

/** A prompt that is believed for what its command does. */
function saying(prompt: Prompt): Prompt | undefined {
  return prompt.dump || prompt.names || prompt.opens !== null ? prompt : undefined;
}

/** What a command line without a prompt says; undefined where no dump comes of it. */
function bareCommand(text: string, commands: DumpCommands): Prompt | undefined {
  const [first = ''] = /^\S{0,200}/.exec(text) ?? [];
  const name = nameOf(first).toLowerCase();
  return commands.has(name) ||
    [RUNNERS, LOOPS, PRELUDES].some(words => words.test(name)) ||
    runsOthers(name) ||
    NAMES.test(text)
    ? saying(promptFor(null, text, text, false, commands))
    : undefined;
}

/**
 * What a command says that stands at the end of a line. `certain`: the prompt is one whatever
 * follows, so the command may stand behind others.
 */
function promptFor(
  host: string | null,
  line: string,
  text: string,
  certain: boolean,
  commands: DumpCommands,
): Prompt {
  const before = line.slice(0, line.length - text.length);
  // `ip route; ip route show table 9`, `netstat -an|grep 80`: the sign ends a word, and so do
  // `--command="ss -tan"` and its like.
  const words = text
    .replace(/["']/g, '')
    .replace(/[;|]&?/g, ' $& ')
    .replace(/ (?:--)?(?:commands?|scripts)=\[?/g, '$& ')
    .trim()
    .split(/\s+/);
  const said = {
    ...NOTHING_SAID,
    host,
    sign: before.trimEnd().slice(-1),
    names: host === null && NAMES.test(text),
  };
  let machine: string | null = null;
  let inside = false;
  const several = SEVERAL.test(text);
  let isCommand = certain;
  /** Where the words begin that run on that machine. */
  let there = 0;
  for (let at = 0; at < words.length; at++) {
    const command = commandAt(words, at, isCommand, commands);
    if (command !== undefined) {
      const asked = askedBy(
        command,
        words.slice(at),
        isRoot(words.slice(0, at), ROOT_PROMPT.test(before)),
        commands,
      );
      return {
        ...said,
        ...asked,
        machine: asked.room === null ? machine : within(machine ?? host, asked.room),
        inside: inside || asked.room !== null,
        several: several && machine === null,
        names: said.names && machine === null,
      };
    }
    const other = elsewhere(words, at, machine ?? host);
    const body = bodyOf(words, at);
    if (other !== undefined) {
      if (other.machine !== null) {
        ({ machine, inside } = other);
      }
      there = other.at;
      at = there - 1;
    } else if (body > at) {
      isCommand = true;
      at = body;
    } else if (!isCommand && !several && !RUNNERS.test(words[at]!)) {
      at = PRELUDES.test(nameOf(words[at]!)) ? endOf(words, at) : words.length;
      if (at === words.length) {
        return said;
      }
    }
  }
  const shell = words.slice(there);
  const opens = (certain || shell.length > 0) && shell.every(word => SHELL.test(word));
  return { ...said, inside, opens: opens ? machine : null };
}

/** Where the `do` of the loop stands that begins at a word; NONE if none does. */
function bodyOf(words: readonly string[], at: number): number {
  return LOOPS.test(words[at]!)
    ? words.findIndex((word, i) => i > at && word === 'do' && words[i - 1] === ';')
    : NONE;
}

/** Where the command ends that stands at a word. */
function endOf(words: readonly string[], at: number): number {
  const end = words.findIndex((word, i) => i > at && ENDS.test(word));
  return end < 0 ? words.length : end;
}

/** What a command that makes a dump says, by its words and those behind it. */
function askedBy(
  { asks }: Command,
  words: readonly string[],
  root: boolean,
  commands: DumpCommands,
): Omit<Prompt, 'host' | 'machine' | 'inside' | 'several' | 'opens' | 'names' | 'sign'> {
  const options = optionsOf(words);
  const behind = words.slice(options.length);
  const asked = { ...NOTHING_ASKED, ...asks?.(options) };
  return {
    ...asked,
    state: isOnlyState(asked.state, behind, commands) ? asked.state : State.None,
    dump: true,
    listing: printsCounters(options) ? null : listingOf(words, options, root, asked),
    sorted: isPipedTo(SORTS, behind) && !behind.some(word => ONCE.test(word)),
    counting: countingOf(words, options),
  };
}

/** Whether no command of those behind one asks for another state: which rows are whose is not known. */
function isOnlyState(state: State, behind: readonly string[], commands: DumpCommands): boolean {
  return (
    state === State.None ||
    behind.every((_, i) => {
      const next = i > 0 && ENDS.test(behind[i - 1]!) && commandAt(behind, i, true, commands);
      const other = next && next.asks?.(optionsOf(behind.slice(i))).state;
      return !other || other === state;
    })
  );
}

/** What prints the name of its machine, first or behind the date. */
const NAMES =
  /^\s{0,9}(?:date {0,9}(?:;|&&) {0,9})?(?:hostname(?: -[fs])?|uname -n) {0,9}(?:$|;|&&)/i;

/** What a shell is opened with, in words. */
const SHELL = /^(?:-|(?:\S{0,80}\/)?[abcdfikstz]{0,3}sh$)/;

/** Programs that run a command on several machines, and a machine that is another one each time. */
const SEVERAL =
  /^\s{0,9}(?:ansible|clush|dsh|parallel-ssh|pdsh|pssh|salt) |\b(?:ssh|exec) (?:-\S{1,9} )?\S{0,9}[$%{]/;

/** Whether root runs what stands behind some words, in a shell that is root's or not. */
function isRoot(words: readonly string[], root: boolean): boolean {
  const login = words.lastIndexOf('ssh');
  return (root && login < 0) || words.slice(login + 1).some(word => AS_ROOT.test(word));
}

const AS_ROOT = /^(?:sudo|doas|root@.*)$/;

/** What stands before a command that root types. */
const ROOT_PROMPT = /^\[?root@|#\s*$/;

/** Programs that leave lines out, behind a pipe. */
const FILTERS =
  /^(?:[efzr]?grep|rg|ag|ack|findstr|find|awk|gawk|sed|head|tail|where(?:-object)?|\?|select-string|sls|i|inc|include|exc|exclude|match|except)$/i;

/** What leaves out objects, and not only their properties. */
const SELECTS = /\| ?select(?:-object)? [^|]*-(?:f|l|sk|u|in)/i;

/** How a command lists sockets; `options` are its own words, up to a pipe. */
function listingOf(
  words: readonly string[],
  options: readonly string[],
  root: boolean,
  { some }: Asked,
): Listing {
  const behind = words.slice(options.length);
  const filtered = some || isFiltered(behind);
  const filters = filtered ? [behind.join(' ')] : [];
  return { ...NO_LISTING, command: options.join(' '), filtered, filters, root };
}

/** Whether one of the programs behind a command is of some. */
function isPipedTo(programs: RegExp, behind: readonly string[]): boolean {
  return behind.some(
    (word, i) => i > 0 && behind[i - 1]!.startsWith('|') && programs.test(nameOf(word)),
  );
}

const SORTS = /^(?:sort|sort-object|tac)$/i;
/** Words with which equal lines are left out. */
const ONCE = /^(?:uniq|-[-a-z\d]{0,9}u[a-z\d,]{0,9})$/i;

/** Whether lines were left out behind a command, by the words there. */
function isFiltered(behind: readonly string[]): boolean {
  return SELECTS.test(behind.join(' ')) || isPipedTo(FILTERS, behind);
}

const AWK = /^[gmn]?awk$/;

/** Words of `ip route` that ask for some routes only. */
const SOME_ROUTES =
  /^(?:dev|oif|via|to|root|match|exact|proto|scope|type|src|from|get|\d[\d.]{2,14}(?:\/\d{1,2})?)$/;

/** Words of `ip route` behind which the table stands that it prints. */
const ONE_TABLE = /^(?:vrf|t(?:a(?:b(?:le?)?)?)?)$/;

/** What a command says of counters, interfaces and routes. */
function countingOf(words: readonly string[], options: readonly string[]): Counting {
  const program = nameOf(words[0]!).toLowerCase();
  const behind = words.slice(options.length);
  return {
    // `-a` ignores what it remembers of its last run, `-r` forgets it before.
    sums:
      program === 'nstat'
        ? options.some(word => /^(?:-[a-z]{0,9}[ar][a-z]{0,9}|--ignore|--reset)$/.test(word))
        : null,
    asked: options.at(-1)!,
    words: isPipedTo(AWK, behind) && behind.some(word => word.includes('END')),
    ...tableOf(program, words, options, isFiltered(behind)),
  };
}

/** Which routes a command prints: whether some were left out, and the one table that they are of. */
function tableOf(
  program: string,
  words: readonly string[],
  options: readonly string[],
  filtered: boolean,
): Pick<Counting, 'cut' | 'table'> {
  const at = program === 'ip' ? options.findIndex(word => ONE_TABLE.test(word)) : -1;
  const table = options[at + 1] ?? '';
  // Of several commands, which one printed what is not known.
  const isOne = at > 0 && options.length === words.length && !/^(?:cache|)$/.test(table);
  return {
    cut:
      filtered ||
      (program === 'ip' &&
        asksForSome(isOne ? options.filter((_, i) => i < at || i > at + 1) : words)),
    table: isOne && !/^(?:all|main|254|0)$/.test(table) ? table : null,
  };
}

/** Whether a command, or one behind it on its line, asks `ip` for some routes only. */
function asksForSome(words: readonly string[]): boolean {
  let isIp = false;
  return words.some((word, i) => {
    if (i === 0 || ENDS.test(words[i - 1]!)) {
      isIp = nameOf(word) === 'ip';
    }
    return isIp && (SOME_ROUTES.test(word) || ONE_TABLE.test(word));
  });
}

/** Options with which a tool prints counters, interfaces or routes in place of sockets. */
const COUNTING: ReadonlyMap<string, RegExp> = new Map([
  [
    'netstat',
    /^(?:[-/][a-z\d]{0,20}[rs][a-z\d]{0,20}|[-/][aen]{0,3}i[abden]{0,4}|[-/]e|--(?:statistics|route|interfaces))$/i,
  ],
  ['ss', /^(?:-[a-z\d]{0,20}s[a-z\d]{0,20}|--summary)$/],
  ['cat', /^\/proc\/(?:net\/(?:netstat|snmp6?|sockstat6?|dev)$|sys\/)/],
]);

/** Programs that print counters, interfaces or routes, whatever their options. */
const OTHERS: ReadonlySet<string> = new Set(['nstat', 'ip', 'ifconfig', 'route', 'sysctl']);

function printsCounters([program = '', ...options]: readonly string[]): boolean {
  const name = nameOf(program).toLowerCase();
  const counting = COUNTING.get(name);
  return OTHERS.has(name) || options.some(word => counting?.test(word) === true);
}

const NOTHING_ASKED: Asked = { protocol: 0, state: State.None, some: false, room: null };

const NOTHING_SAID: Prompt = {
  ...NOTHING_ASKED,
  host: null,
  machine: null,
  several: false,
  opens: null,
  inside: false,
  names: false,
  sign: '',
  dump: false,
  listing: NO_LISTING,
  sorted: false,
  counting: NO_COUNTING,
};

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

/** The words of a command up to a pipe or the next command. */
function optionsOf(words: readonly string[]): readonly string[] {
  const end = words.findIndex(word => /^[|;&>]|^\d>/.test(word));
  return end === -1 ? words : words.slice(0, end);
}
