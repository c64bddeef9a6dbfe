import { SEVERITIES } from '../core/analysis/finding';
import { CAPTURE_TOOLS } from '../core/capture/commands';

export const COMMANDS = ['analyze', 'diff', 'explain', 'port', 'capture', 'watch'] as const;

export type Command = (typeof COMMANDS)[number];

export const FORMATS = ['text', 'json', 'markdown', 'csv', 'ndjson'] as const;

export type Format = (typeof FORMATS)[number];

/** Formats that list sockets or counters, and have no place for anything else. */
export const LISTS: ReadonlySet<Format> = new Set<Format>(['csv', 'ndjson']);

/** What they list: each is a table of its own. */
export const LISTED = ['sockets', 'counters'] as const;

export type Listed = (typeof LISTED)[number];

export const DIFF_FORMATS = ['text', 'json', 'markdown'] as const;

export type DiffFormat = (typeof DIFF_FORMATS)[number];

export const PORT_FORMATS = ['text', 'json'] as const;

export type PortFormat = (typeof PORT_FORMATS)[number];

export const TOOLS = ['auto', ...CAPTURE_TOOLS] as const;

export const SWITCH = ['on', 'off'] as const;

/** An option of the command line. */
export interface Option {
  /** How --help writes its value; undefined for an option without one. */
  readonly value?: string;
  /** Its letter. */
  readonly short?: string;
  readonly repeatable?: boolean;
  /** The commands that take it; none where the option is given instead of a command. */
  readonly commands: readonly Command[];
  /** What it does. */
  readonly help: string;
}

/** Every option there is. What is refused and what --help says both follow from this table. */
const TABLE = {
  format: {
    value: FORMATS.join('|'),
    commands: ['analyze', 'diff', 'port', 'watch'],
    help: 'how to report (text); csv and ndjson list the sockets, ndjson one per line with host and time; diff has no csv and no ndjson, port only text and json',
  },
  list: {
    value: LISTED.join('|'),
    commands: ['analyze', 'watch'],
    help: 'what csv and ndjson list (sockets)',
  },
  redact: {
    commands: ['analyze', 'diff', 'capture', 'watch'],
    help: 'replace addresses, hosts, users, paths and names of files, equal ones alike',
  },
  together: {
    commands: ['analyze'],
    help: 'look at all FILEs as one: connections between hosts, or one host at several times; not with csv or ndjson',
  },
  'fail-on': {
    value: SEVERITIES.join('|'),
    commands: ['analyze', 'watch'],
    help: 'exit with status 1 on a finding of this severity or a higher one; with --rule, of that rule',
  },
  threshold: {
    value: 'NAME=NUMBER',
    repeatable: true,
    commands: ['analyze', 'watch'],
    help: 'change a threshold of a rule; may be repeated. With csv or ndjson only together with --fail-on',
  },
  all: {
    commands: ['analyze', 'diff', 'watch'],
    help: 'show everything; without it text has at most 60 lines, and Markdown 20 KB',
  },
  rule: {
    value: 'CODE',
    repeatable: true,
    commands: ['analyze', 'watch'],
    help: 'show all findings of this rule, and no others, as text or Markdown; may be repeated',
  },
  explain: {
    commands: ['analyze', 'watch'],
    help: 'add reasons, other explanations, rows and sources to the text report',
  },
  snapshots: {
    value: 'N,M',
    commands: ['diff'],
    help: 'compare snapshots N and M of one FILE, counted from 1 (the first and the last)',
  },
  interval: {
    value: 'SECONDS',
    commands: ['watch'],
    help: 'from one snapshot to the next (5), 0.2 or more; equal ones of one second count as one',
  },
  count: {
    value: 'N',
    commands: ['watch'],
    help: 'end after N snapshots',
  },
  via: {
    value: 'PREFIX',
    repeatable: true,
    commands: ['capture', 'watch'],
    help: "list the sockets that commands behind this prefix see, such as 'ssh web-1', 'kubectl exec POD --', 'docker exec NAME' or 'sudo -n'; in watch several",
  },
  tool: {
    value: TOOLS.join('|'),
    commands: ['capture', 'watch'],
    help: 'what lists the sockets (auto)',
  },
  counters: {
    value: SWITCH.join('|'),
    commands: ['capture', 'watch'],
    help: "whether to add the system's counters to the sockets (capture: off, watch: on)",
  },
  thresholds: {
    commands: [],
    help: 'list the thresholds and their defaults',
  },
  help: {
    short: 'h',
    commands: [],
    help: 'print this text',
  },
  version: {
    short: 'V',
    commands: [],
    help: 'print the version',
  },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof TABLE;

export const OPTIONS: Readonly<Record<OptionName, Option>> = TABLE;

export const OPTION_NAMES = Object.keys(TABLE) as readonly OptionName[];

/** Words as English lists them: "a, b, and c". */
export function listed(words: readonly string[], type: 'and' | 'or'): string {
  const formatter = new Intl.ListFormat('en', {
    type: type === 'and' ? 'conjunction' : 'disjunction',
  });
  return formatter.format(words);
}
