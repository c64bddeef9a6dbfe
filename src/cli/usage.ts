import { listed, type Option, OPTION_NAMES, OPTIONS, type OptionName } from './options';

/** Where what an option does begins. */
const COLUMN = 32;

/** What `--help` prints. */
export const USAGE = `Usage:
  netstat-lens [analyze] [OPTION ...] [FILE ...]
  netstat-lens diff [OPTION ...] FILE [FILE]
  netstat-lens explain WORD
  netstat-lens port [OPTION ...] [ADDRESS:]PORT[/udp] [FILE ...]
  netstat-lens capture [OPTION ...]
  netstat-lens watch [OPTION ...]
  netstat-lens --thresholds | --help | --version

analyze reads socket dumps (netstat, ss, lsof and the like) and says which program
leaks connections, who closed them, and what to do. Without FILE, or for -, it reads
standard input. A FILE that is a folder stands for the dumps in it.

diff says what changed: new, gone, changed state, stuck. Of two files it compares
the last snapshots, of one file the first and the last.

explain says what a TCP state, a counter of "netstat -s", or an error means. It takes
any system's spelling: FIN-WAIT-2, TcpExtListenOverflows, "Segments Retransmitted",
EADDRINUSE, 10048, "connect: connection refused".

port says what uses a local port of this machine: a program that listens, else what
else has it, else where to look, with the command that tells more. It stops nothing.
With FILE it answers from dumps, and from standard input for -.

capture prints the sockets of this machine, listed by its own tool, below a date.
With --via they are those of another machine, container, or namespace. It needs
nothing there but what lists its sockets.

watch does so every 5 seconds, prints a line on each snapshot, and at the end (after
--count snapshots, or Ctrl-C) the report on all of them. With any --format but text,
the lines go to standard error.

Options, and the commands that take them:
${OPTION_NAMES.map(optionHelp).join('')}
Exit status: 0 done; 1 --fail-on was met; 2 wrong usage, a file that can't be
read, neither sockets nor counters in it, or sockets that cannot be listed.
`;

function optionHelp(name: OptionName): string {
  const option = OPTIONS[name];
  const head = `  ${notation(name, option)}`;
  const lines = [...option.help, ...takers(option)];
  const first = head.length < COLUMN - 1 ? `${head.padEnd(COLUMN)}${lines.shift() ?? ''}` : head;
  return [first, ...lines.map(line => ' '.repeat(COLUMN) + line)]
    .map(line => `${line.trimEnd()}\n`)
    .join('');
}

function notation(name: OptionName, { short, value }: Option): string {
  const long = value === undefined ? `--${name}` : `--${name} ${value}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function takers({ commands }: Option): string[] {
  return commands.length === 0 ? [] : [`(${listed(commands, 'and')})`];
}
