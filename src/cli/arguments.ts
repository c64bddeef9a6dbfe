import { existsSync } from 'node:fs';

import { type RuleCode, SEVERITIES, type Severity } from '../core/analysis/finding';
import { RULE_IDS } from '../core/analysis/ruleTable';
import type { Thresholds } from '../core/analysis/thresholds';
import { readPort, type WantedPort } from '../core/report/port/wantedPort';
import { WordsError } from '../core/capture/shellWords';
import { type Via, viaOf } from '../core/capture/via';
import { type Given, splitArguments, UsageError } from './given';
import {
  type Command,
  COMMANDS,
  DIFF_FORMATS,
  type DiffFormat,
  type Format,
  FORMATS,
  LISTED,
  type Listed,
  listed,
  LISTS,
  PORT_FORMATS,
  type PortFormat,
  SWITCH,
  TOOLS,
} from './options';
import { closest, echo } from './suggestion';
import { ruleCalled, ruleNames } from './rule';
import { inRange, oneOf, pair, readThresholds } from './values';

export { UsageError };

type Tool = (typeof TOOLS)[number];

/** How much of the findings a report for people shows. */
export interface ViewRequest {
  readonly all: boolean;
  /** Null for all. */
  readonly rules: readonly RuleCode[] | null;
  readonly explain: boolean;
}

/** What the command line asks for. */
export type Request =
  /** `command` is the one that is asked about; null for all. */
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'thresholds' }
  | { readonly kind: 'explain'; readonly word: string }
  | {
      readonly kind: 'port';
      readonly wanted: WantedPort;
      /** Dumps that are asked; none for this machine. */
      readonly files: readonly string[];
      readonly format: PortFormat;
    }
  | {
      readonly kind: 'analyze';
      readonly files: readonly string[];
      readonly format: Format;
      readonly list: Listed;
      /** Whether addresses, hosts, users and paths are replaced. */
      readonly redact: boolean;
      /** Whether all files are looked at as one: several hosts, or one at several times. */
      readonly together: boolean;
      readonly failOn: Severity | null;
      readonly thresholds: Partial<Thresholds>;
      readonly view: ViewRequest;
    }
  | {
      readonly kind: 'diff';
      /** One file or two; of two, the last snapshot of each counts. */
      readonly files: readonly [first: string, second: string | undefined];
      /** Which snapshots of the one file, counted from 1; null for the first and the last. */
      readonly snapshots: readonly [number, number] | null;
      readonly format: DiffFormat;
      /** Whether the report has everything, however long. */
      readonly all: boolean;
      /** Whether addresses, hosts, users and paths are replaced. */
      readonly redact: boolean;
    }
  | {
      readonly kind: 'capture';
      /** How another machine is reached; none for this one. */
      readonly vias: readonly Via[];
      readonly tool: Tool;
      /** Whether the system's counters are added. */
      readonly counters: boolean;
      /** Whether addresses, hosts, users and paths are replaced. */
      readonly redact: boolean;
    }
  | {
      readonly kind: 'watch';
      /** The arguments as they were given. */
      readonly typed: readonly string[];
      /** How other machines are reached; none for this one. */
      readonly vias: readonly Via[];
      readonly tool: Tool;
      /** Whether the system's counters are added to each snapshot. */
      readonly counters: boolean;
      /** Seconds from one snapshot to the next. */
      readonly interval: number;
      /** How many snapshots; null until it is stopped. */
      readonly count: number | null;
      readonly format: Format;
      readonly list: Listed;
      /** Whether addresses, hosts, users and paths are replaced. */
      readonly redact: boolean;
      readonly failOn: Severity | null;
      readonly thresholds: Partial<Thresholds>;
      readonly view: ViewRequest;
    };

/** Options that are given instead of a command. */
const ALONE = ['version', 'thresholds'] as const;

/** What asks for help as well, where no file has this name. */
const HELP = 'help';

type Reader = (given: Given, operands: readonly string[], typed: readonly string[]) => Request;

const READERS: Readonly<Record<Command, Reader>> = {
  analyze: readAnalyze,
  diff: readDiff,
  explain: readExplain,
  port: readPortRequest,
  capture: readCapture,
  watch: readWatch,
};

/**
 * Reads the arguments after the program's name. Every option that is given has an effect.
 * @throws UsageError where they make no sense.
 */
export function readArguments(args: readonly string[]): Request {
  const { given, positionals, onlyFiles } = splitArguments(args);
  const [first, ...more] = positionals;
  const named = onlyFiles ? null : commandCalled(first);
  if (given.has('help')) {
    return { kind: 'help', command: named };
  }
  for (const kind of ALONE) {
    if (given.has(kind)) {
      if (args.length > 1) {
        throw new UsageError(`--${kind} takes no other argument`);
      }
      return { kind };
    }
  }
  if (named === null && first !== undefined && !onlyFiles && !existsSync(first)) {
    if (first === HELP) {
      return { kind: 'help', command: helpOn(more[0]) };
    }
    refuseMisspelled(first);
  }
  const command = named ?? 'analyze';
  given.refuseUnless(command);
  return READERS[command](given, named === null ? positionals : more, args);
}

function commandCalled(word: string | undefined): Command | null {
  return COMMANDS.find(command => command === word) ?? null;
}

/** @throws UsageError where help is asked on what is no command. */
function helpOn(word: string | undefined): Command | null {
  const command = commandCalled(word);
  if (word !== undefined && command === null) {
    const near = closest(word, COMMANDS);
    const expected =
      near === null ? `expected ${listed(COMMANDS, 'or')}` : `did you mean "${near}"?`;
    throw new UsageError(`unknown command ${echo(word)}: ${expected}`);
  }
  return command;
}

/** @throws UsageError where what is no file is nearly the name of a command. */
function refuseMisspelled(word: string): void {
  const near = closest(word, [...COMMANDS, HELP]);
  if (near !== null) {
    throw new UsageError(`unknown command or file ${echo(word)}: did you mean "${near}"?`);
  }
}

function readAnalyze(given: Given, files: readonly string[]): Request {
  const together = given.has('together');
  if (together && (files.length === 0 || files.includes('-'))) {
    throw new UsageError('--together reads files, not standard input');
  }
  const reporting = readReporting(given);
  if (together && LISTS.has(reporting.format)) {
    throw new UsageError(
      `--together is not for --format ${reporting.format}, which lists the sockets of each file`,
    );
  }
  return { kind: 'analyze', files: files.length === 0 ? ['-'] : files, together, ...reporting };
}

function readDiff(given: Given, files: readonly string[]): Request {
  const [first, second, ...more] = files;
  if (first === undefined || more.length > 0) {
    throw new UsageError('diff compares two files, or two snapshots of one');
  }
  const snapshots = given.value('snapshots');
  if (second !== undefined && snapshots !== undefined) {
    throw new UsageError('--snapshots is for diff of one file; of two, the last ones are compared');
  }
  const format = oneOf('--format', DIFF_FORMATS, given.value('format') ?? 'text');
  refuseLists(given, 'all', format);
  return {
    kind: 'diff',
    files: [first, second],
    snapshots: snapshots === undefined ? null : pair('--snapshots', snapshots),
    format,
    all: given.has('all'),
    redact: given.has('redact'),
  };
}

function readExplain(_: Given, words: readonly string[]): Request {
  if (words.length === 0) {
    throw new UsageError(
      'explain needs a state, counter, error, column, or rule, for example: netstat-lens explain CLOSE_WAIT',
    );
  }
  return { kind: 'explain', word: words.join(' ') };
}

function readPortRequest(given: Given, operands: readonly string[]): Request {
  const [text, ...files] = operands;
  if (text === undefined) {
    throw new UsageError(
      'port needs a number from 1 to 65535, for example: netstat-lens port 8080',
    );
  }
  const wanted = readPort(text);
  if (wanted === null) {
    throw new UsageError(
      `invalid port "${text}": expected a number from 1 to 65535, as in 8080, 53/udp, or 127.0.0.1:8080`,
    );
  }
  const format = oneOf('--format', PORT_FORMATS, given.value('format') ?? 'text');
  return { kind: 'port', wanted, files, format };
}

function readCapture(given: Given, operands: readonly string[]): Request {
  refuseFiles('capture', operands);
  const vias = readVias(given);
  if (vias.length > 1) {
    throw new UsageError('capture takes one --via, watch several');
  }
  return {
    kind: 'capture',
    vias,
    tool: readTool(given),
    counters: readSwitch(given, 'counters', 'off'),
    redact: given.has('redact'),
  };
}

function readWatch(given: Given, operands: readonly string[], typed: readonly string[]): Request {
  refuseFiles('watch', operands);
  const count = given.value('count');
  return {
    kind: 'watch',
    typed,
    vias: readVias(given),
    tool: readTool(given),
    counters: readSwitch(given, 'counters', 'on'),
    interval: inRange('--interval', given.value('interval') ?? '5', { min: 0.2, max: 86_400 }),
    count:
      count === undefined
        ? null
        : inRange('--count', count, { min: 1, max: 1_000_000, whole: true }),
    ...readReporting(given),
  };
}

/** What the commands that report findings take. */
function readReporting(given: Given) {
  const format = oneOf('--format', FORMATS, given.value('format') ?? 'text');
  const list = given.value('list');
  if (list !== undefined && !LISTS.has(format)) {
    throw new UsageError('--list is for --format csv and ndjson');
  }
  const failOn = given.value('fail-on');
  if (given.has('threshold') && LISTS.has(format) && failOn === undefined) {
    throw new UsageError(
      `--threshold changes findings, and --format ${format} has none: add --fail-on, or use another format`,
    );
  }
  return {
    format,
    list: oneOf('--list', LISTED, list ?? 'sockets'),
    redact: given.has('redact'),
    failOn: failOn === undefined ? null : oneOf('--fail-on', SEVERITIES, failOn),
    thresholds: readThresholds(given.all('threshold')),
    view: readView(given, format),
  };
}

function readView(given: Given, format: Format): ViewRequest {
  refuseLists(given, 'all', format);
  refuseLists(given, 'rule', format);
  if (given.has('explain') && format !== 'text') {
    throw new UsageError(
      `--explain is for --format text: ${format} has the reasons, or no findings`,
    );
  }
  const rules = given.all('rule').map(readRule);
  return {
    all: given.has('all'),
    rules: rules.length === 0 ? null : rules,
    explain: given.has('explain'),
  };
}

/** What programs read is always complete. */
function refuseLists(given: Given, name: 'all' | 'rule', format: Format): void {
  if (given.has(name) && format !== 'text' && format !== 'markdown') {
    throw new UsageError(`--${name} is for --format text and markdown: ${format} is complete`);
  }
}

/** A rule by its code or its name. */
function readRule(text: string): RuleCode {
  const rule = ruleCalled(text);
  if (rule === undefined) {
    const near = closest(text, ruleNames);
    throw new UsageError(
      near === null
        ? `invalid --rule "${text}": expected ${listed(Object.keys(RULE_IDS), 'or')}`
        : `invalid --rule "${text}": did you mean ${near}?`,
    );
  }
  return rule.code;
}

function readTool(given: Given): Tool {
  return oneOf('--tool', TOOLS, given.value('tool') ?? 'auto');
}

function readVias(given: Given): Via[] {
  return given.all('via').map(prefix => {
    try {
      return viaOf(prefix);
    } catch (error) {
      throw error instanceof WordsError
        ? new UsageError(`invalid --via "${prefix}": ${error.message}`)
        : error;
    }
  });
}

function readSwitch(given: Given, name: 'counters', usual: (typeof SWITCH)[number]): boolean {
  return oneOf(`--${name}`, SWITCH, given.value(name) ?? usual) === 'on';
}

function refuseFiles(command: Command, [file]: readonly string[]): void {
  if (file !== undefined) {
    throw new UsageError(`${command} reads no file: "${file}"`);
  }
}
