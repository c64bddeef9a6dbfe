import { unbroken } from '../core/report/terminal';
import { listed, type Option, OPTION_NAMES, OPTIONS, type OptionName } from './options';
import { type Output, prose } from './output';

/** Where what an option does begins, in a terminal that has the room and in a narrow one. */
const COLUMN = 32;
const NARROW_COLUMN = 6;
const NARROW = 70;

/** Longer lines of prose are hard to read. */
const WIDEST = 88;

const CALLS = `Usage:
  netstat-lens [analyze] [OPTION ...] [FILE ...]
  netstat-lens diff [OPTION ...] FILE [FILE]
  netstat-lens explain WORD
  netstat-lens port [OPTION ...] [ADDRESS:]PORT[/udp] [FILE ...]
  netstat-lens capture [OPTION ...]
  netstat-lens watch [OPTION ...]
  netstat-lens --thresholds | --help | --version
`;

const COMMANDS = [
  'analyze reads socket dumps (netstat, ss, lsof and the like) and says which program leaks connections, who closed them, and what to do. Without FILE, or for -, it reads standard input. A FILE that is a folder stands for the dumps in it.',
  'diff says what changed: new, gone, changed state, stuck. Of two files it compares the last snapshots, of one file the first and the last.',
  `explain says what a TCP state, a counter of "netstat -s", an error, or a column means, and what a rule looks for. It takes any system's spelling: FIN-WAIT-2, TcpExtListenOverflows, "Segments Retransmitted", EADDRINUSE, 10048, "connect: connection refused", Recv-Q, CW-5.`,
  'port says what uses a local port of this machine: a program that listens, else what else has it, else where to look, with the command that tells more. It stops nothing. With FILE it answers from dumps, and from standard input for -.',
  'capture prints the sockets of this machine, listed by its own tool, below a date. With --via they are those of another machine, container, or namespace. It needs nothing there but what lists its sockets.',
  'watch does so every 5 seconds, prints a line on each snapshot, and at the end (after --count snapshots, or Ctrl-C) the report on all of them. With any --format but text, the lines go to standard error.',
];

const STATUS =
  "Exit status: 0 done; 1 --fail-on was met; 2 wrong usage, a file that can't be read, no sockets, counters, interfaces or routes in it or in a folder, or sockets that cannot be listed.";

/** What `--help` prints. */
export function usage(output: Output): string {
  const options = { ...output, width: Math.min(output.width, WIDEST) };
  const paragraph = (text: string): string => `${prose(text, options, '', '')}\n`;
  return [
    `${CALLS}\n`,
    ...COMMANDS.map(paragraph),
    prose('Options, and the commands that take them:', options),
    ...OPTION_NAMES.map(name => optionHelp(name, options)),
    prose(STATUS, options, '', ''),
  ].join('');
}

function optionHelp(name: OptionName, output: Output): string {
  const { help, commands } = OPTIONS[name];
  const column = output.width < NARROW ? NARROW_COLUMN : COLUMN;
  const indent = ' '.repeat(column);
  const head = `  ${notation(name, OPTIONS[name])}`;
  // Examples of prefixes stand between quotes.
  const lines = [help.replace(/'[^']{1,40}'/g, unbroken), ...takers(commands)]
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
