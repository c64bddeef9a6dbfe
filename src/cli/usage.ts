import { unbroken } from '../core/report/terminal';
import {
  type Command,
  COMMANDS,
  listed,
  type Option,
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
} from './options';
import { type Output, prose } from './output';

/** Where what an option does begins, in a terminal that has the room and in a narrow one. */
const COLUMN = 32;
const NARROW_COLUMN = 6;
const NARROW = 70;

/** Longer lines of prose are hard to read. */
const WIDEST = 88;

interface CommandHelp {
  /** What stands behind the program's name. */
  readonly call: string;
  /** What it does. */
  readonly help: string;
}

const COMMAND_HELP: Readonly<Record<Command, CommandHelp>> = {
  analyze: {
    call: '[analyze] [OPTION ...] [FILE ...]',
    help: 'analyze reads socket dumps (netstat, ss, lsof and the like) and says which program leaks connections, who closed them, and what to do. Without FILE, or for -, it reads standard input. A FILE that is a folder stands for the dumps in it.',
  },
  diff: {
    call: 'diff [OPTION ...] FILE [FILE]',
    help: 'diff says what changed: new, gone, changed state, stuck. Of two files it compares the last snapshots, of one file the first and the last.',
  },
  explain: {
    call: 'explain WORD',
    help: `explain says what a TCP state, a counter of "netstat -s", an error, or a column means, and what a rule looks for. It takes any system's spelling: FIN-WAIT-2, TcpExtListenOverflows, "Segments Retransmitted", EADDRINUSE, 10048, "connect: connection refused", Recv-Q, CW-5.`,
  },
  port: {
    call: 'port [OPTION ...] [ADDRESS:]PORT[/udp] [FILE ...]',
    help: 'port says what uses a local port of this machine: a program that listens, else what else has it, else where to look, with the command that tells more. It stops nothing. With FILE it answers from dumps, and from standard input for -.',
  },
  capture: {
    call: 'capture [OPTION ...]',
    help: 'capture prints the sockets of this machine, listed by its own tool, below a date. With --via they are those of another machine, container, or namespace. It needs nothing there but what lists its sockets.',
  },
  watch: {
    call: 'watch [OPTION ...]',
    help: 'watch captures the sockets every 5 seconds, prints a line on each snapshot, and at the end (after --count snapshots, or Ctrl-C) the report on all of them. With any --format but text, the lines go to standard error.',
  },
};

const STATUS =
  "Exit status: 0 done; 1 --fail-on was met; 2 wrong usage, a file that can't be read, no sockets, counters, interfaces or routes in it or in a folder, or sockets that cannot be listed.";

/** What `--help` prints: of a command, or of all where it is null. */
export function usage(output: Output, command: Command | null): string {
  const options = { ...output, width: Math.min(output.width, WIDEST) };
  const paragraph = (text: string): string => `${prose(text, options, '', '')}\n`;
  const commands = command === null ? COMMANDS : [command];
  const names = OPTION_NAMES.filter(
    name => command === null || OPTIONS[name].commands.includes(command),
  );
  const heading = command === null ? 'Options, and the commands that take them:' : 'Options:';
  return [
    'Usage:\n',
    ...commands.map(one => `  netstat-lens ${COMMAND_HELP[one].call}\n`),
    command === null ? '  netstat-lens --thresholds | --help | --version\n\n' : '\n',
    ...commands.map(one => paragraph(COMMAND_HELP[one].help)),
    ...(names.length === 0 ? [] : [prose(heading, options)]),
    ...names.map(name => optionHelp(name, command === null, options)),
    prose(STATUS, options, '', ''),
  ].join('');
}

/** @param all Whether the commands that take it are named. */
function optionHelp(name: OptionName, all: boolean, output: Output): string {
  const { help, commands } = OPTIONS[name];
  const column = output.width < NARROW ? NARROW_COLUMN : COLUMN;
  const indent = ' '.repeat(column);
  const head = `  ${notation(name, OPTIONS[name])}`;
  // Examples of prefixes stand between quotes.
  const lines = [help.replace(/'[^']{1,40}'/g, unbroken), ...(all ? takers(commands) : [])]
    .map(text => prose(text, output, indent, indent))
    .join('');
  return head.length < column - 1 ? head + lines.slice(head.length) : `${head}\n${lines}`;
}

function notation(name: OptionName, { short, value }: Option): string {
  const long = value === undefined ? `--${name}` : `--${name} ${value}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function takers(commands: Option['commands']): string[] {
  return commands.length === 0 ? [] : [`(${listed(commands, 'and')})`];
}
