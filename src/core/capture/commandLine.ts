/*
 * Which command lines of a terminal list sockets or counters. Only the output of those is read, so
 * a tool must stand where a command does: `man ss` and `git commit -m "netstat"` are none. It is
 * judged before anything else of the extension is loaded, so this imports next to nothing.
 */

import { elsewhere, nameOf } from '../reading/around/elsewhere';

/** A command line that lists sockets or counters. */
export interface ListingCommand {
  /** The machine, container or pod that it names; null where it runs here, or on several. */
  readonly host: string | null;
  /** The line as it would be typed there, with the pipe behind it. */
  readonly command: string;
}

/** Longer lines are scripts; only their beginning is looked at, in characters. */
const LONGEST = 4000;

/** How deep shells and runners may stand in each other. */
const DEEPEST = 6;

const TOOLS = /^(?:netstat|ss|lsof|sockstat|nstat|conntrack|get-nettcpconnection)$/i;

/** What prints files, and the kernel's lists among them. */
const PRINTERS =
  /^(?:cat|head|tail|less|more|grep|egrep|awk|gawk|sed|sort|column|batcat|bat|get-content)$/i;
const KERNEL_LIST = /^\/proc\/(?:[\w*]{1,40}\/)?net\//;

/** What runs the command behind its own options and words, on the same machine. */
interface Runner {
  /** Options whose value is the next word. */
  readonly valued?: RegExp;
  /** Words before the command. */
  readonly before?: number;
  /** Whether the words behind are a line for another shell. */
  readonly shell?: boolean;
  /** The option behind which that line stands. */
  readonly option?: RegExp;
}

const SHELL: Runner = { option: /^-[a-zA-Z]{0,8}c$/, valued: /^[-+][oO]$|^--rcfile$/, shell: true };
const POWERSHELL: Runner = {
  option: /^[-/]c(?:ommand)?$/i,
  valued: /^-(?:executionpolicy|ep|version|psconsolefile|windowstyle|configurationname)$/i,
  shell: true,
};
const PLAIN: Runner = {};

const RUNNERS: ReadonlyMap<string, Runner> = new Map<string, Runner>([
  ['wsl', { valued: /^(?:-d|-u|--distribution|--user|--cd)$/ }],
  ['chroot', { before: 1 }],
  ['timeout', { valued: /^-[ks]$/, before: 1 }],
  ['watch', { valued: /^-[^-nq]*[nq]$|^--(?:interval|equexit)$/, shell: true }],
  ['env', { valued: /^-[uC]$/ }],
  ['nice', { valued: /^-n$/ }],
  ['ionice', { valued: /^-[cn]$/ }],
  ['stdbuf', { valued: /^-[ioe]$/ }],
  ...['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh'].map(name => [name, SHELL] as const),
  ...['powershell', 'pwsh'].map(name => [name, POWERSHELL] as const),
  ['cmd', { option: /^\/[ck]$/i, shell: true }],
  ...['time', 'command', 'exec', 'nohup', 'setsid', 'unbuffer', 'busybox', 'toybox', 'builtin'].map(
    name => [name, PLAIN] as const,
  ),
]);

/** What stays in a command as it is typed on its own machine. */
const STAYS = /^(?:sudo|doas)$/;

/** Words of shells before a command, and variables that are set for it. */
const BEFORE_COMMANDS = /^(?:!|\{|do|then|else|if|elif|while|until|[A-Za-z_]\w{0,60}\+?=.*)$/;

/** What a command line lists; undefined where it runs none of the tools. */
export function listingCommand(line: string): ListingCommand | undefined {
  const found = commandsIn(line.slice(0, LONGEST), 0);
  const [first] = found;
  return first === undefined || found.every(({ host }) => host === first.host)
    ? first
    : { host: null, command: line };
}

function commandsIn(line: string, depth: number): ListingCommand[] {
  return depth > DEEPEST
    ? []
    : partsOf(line).flatMap(({ words, end }) => {
        const rest = line
          .slice(end)
          .replace(/[\r\n].*/s, '')
          .trimEnd();
        return commandsOf(words, depth).map(({ host, command }) => ({
          host,
          command: command + rest,
        }));
      });
}

/** What the words of one command run. */
function commandsOf(words: readonly string[], depth: number): ListingCommand[] {
  // Where the command begins as it is typed on its own machine.
  let start = 0;
  let at = 0;
  let host: string | null = null;
  while (at < words.length) {
    const word = words[at]!;
    const name = nameOf(word);
    if (BEFORE_COMMANDS.test(word)) {
      at++;
      start = start === at - 1 ? at : start;
      continue;
    }
    if (TOOLS.test(name) || isPrinterOfLists(name, words, at)) {
      return [{ host, command: words.slice(start).join(' ') }];
    }
    const there = elsewhere(words, at, null);
    const runner = RUNNERS.get(name.toLowerCase());
    const behind = runner === undefined ? there?.at : wordsBehind(runner, words, at + 1);
    if (behind === undefined) {
      return [];
    }
    host = there?.machine ?? host;
    at = behind;
    if (!STAYS.test(name)) {
      start = at;
    }
    if (there?.shell === true || runner?.shell === true) {
      const own = host;
      return commandsIn(words.slice(at).join(' '), depth + 1).map(inner => ({
        ...inner,
        host: inner.host ?? own,
      }));
    }
  }
  return [];
}

/** Where the command stands that a runner runs; undefined where it runs none. */
function wordsBehind(
  { valued, before = 0, option }: Runner,
  words: readonly string[],
  from: number,
): number | undefined {
  let count = 0;
  for (let at = from; at < words.length; at++) {
    const word = words[at]!;
    if (option?.test(word) === true) {
      return at + 1;
    }
    if (word === '--' && count === before) {
      return at + 1;
    }
    if (valued?.test(word) === true) {
      at++;
    } else if (/^-./.test(word) || (option !== undefined && word.startsWith('/'))) {
      continue;
    } else if (option !== undefined) {
      return undefined;
    } else if (count === before) {
      return at;
    } else {
      count++;
    }
  }
  return undefined;
}

function isPrinterOfLists(name: string, words: readonly string[], at: number): boolean {
  return PRINTERS.test(name) && words.slice(at + 1).some(word => KERNEL_LIST.test(word));
}

/** The words of one command of a line. */
interface Part {
  readonly words: string[];
  /** Where the last of them ends in the line. */
  readonly end: number;
}

/** Cuts a line into its commands and these into words, quotes undone, as POSIX shells do. */
function partsOf(line: string): Part[] {
  const parts: Part[] = [];
  let words: string[] = [];
  let word: string | undefined;
  let quote = '';
  let end = 0;
  let isScript = false;
  const add = (more: string): void => {
    word = (word ?? '') + more;
  };
  const endWord = (at: number): void => {
    if (word !== undefined) {
      words.push(word);
      end = at;
    }
    word = undefined;
  };
  const endPart = (at: number): void => {
    endWord(at);
    if (words.length > 0) {
      parts.push({ words, end });
    }
    words = [];
  };
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!;
    if (quote !== '') {
      if (char === quote) {
        quote = '';
      } else {
        at += char === '\\' && quote === '"' && /["\\$`]/.test(line[at + 1] ?? '') ? 1 : 0;
        add(line[at]!);
      }
    } else if (char === '"' || char === "'") {
      quote = char;
      add('');
    } else if (char === '\\' && /[^\w.]/.test(line[at + 1] ?? '')) {
      // Before a letter it is part of a path of Windows. Before the end of the line both go.
      at++;
      if (line[at] !== '\n' && line[at] !== '\r') {
        add(line[at]!);
      }
    } else if (char === '#' && word === undefined) {
      while (at + 1 < line.length && line[at + 1] !== '\n') {
        at++;
      }
    } else if (char === '\n' || char === '\r') {
      endPart(at);
      if (isScript) {
        // What follows is the text that `<<` gives to the command.
        return parts;
      }
    } else if (isSeparator(char, line[at - 1], word)) {
      endPart(at);
    } else if (/\s/.test(char)) {
      endWord(at);
    } else {
      isScript ||= char === '<' && line[at - 1] === '<';
      add(char);
    }
  }
  endPart(line.length);
  return parts;
}

/** Whether a character ends a command: not `&` of `2>&1` and `&>`, nor what `$(` and `<(` run. */
function isSeparator(char: string, before: string | undefined, word: string | undefined): boolean {
  switch (char) {
    case '|':
    case ';':
      return true;
    case '&':
      return before !== '>' && before !== '<';
    case '(':
      return word === undefined;
    case ')':
      return word?.includes('(') !== true;
    default:
      return false;
  }
}
