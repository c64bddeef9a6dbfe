import { hostname } from 'node:os';

import { type Capture, missingOwners } from '../core/capture/capture';
import {
  asTyped,
  type CaptureCommand,
  captureCommands,
  type CaptureTool,
  counterProgram,
} from '../core/capture/commands';
import type { Dump } from '../core/reading/dump';
import type { DumpCommand } from '../core/model/format';
import { NONE } from '../core/model/row';
import { decodeBytes } from '../core/reading/input/encoding';
import { readDump } from '../core/reading/reader';
import { cleanEnvironment, findProgram, neutralFolder, type Places } from './findProgram';
import { readProcCounters, readProcLists } from './procLists';
import { type Outcome, runProgram } from './runProgram';

/** A tool that takes longer has hung; `netstat -b` of a busy Windows needs seconds. */
export const TIMEOUT_MS = 20_000;
/** VS Code shows extensions no document above 50 MB. */
export const LIMIT_BYTES = 32 * 1024 * 1024;

/** The machine whose sockets are captured; tests have others. */
export interface Machine {
  /** `process.platform` */
  readonly platform: string;
  readonly host: string;
  /** Whether the user sees everybody's processes; null where that is not known. */
  readonly privileged: boolean | null;
  find(program: string): Promise<string | undefined>;
  run(file: string, args: readonly string[], signal?: AbortSignal): Promise<Outcome>;
  /** What the system's own lists say, as netstat would print it. */
  lists(signal?: AbortSignal): Promise<string | undefined>;
  /** Linux's own lists of counters; empty if there are none. */
  counterLists(): Promise<string>;
  /** Shows owners, or sockets, where nothing that is on the machine does. */
  readonly instead?: DumpCommand | undefined;
}

/** A machine that is reached anew for each capture; what it answers is then looked at like one. */
export interface MachineElsewhere {
  /** @throws CaptureError where it cannot be reached, CaptureStopped after `signal`. */
  answer(
    tool: CaptureTool | 'auto',
    counters: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Machine>;
}

/** The machine that this runs on. `distrusted` are folders whose programs are never run. */
export function thisMachine(distrusted: () => readonly string[]): Machine {
  const { platform, env } = process;
  const places = (): Places => ({ platform, env, distrusted: distrusted() });
  return {
    platform,
    host: hostname(),
    privileged: process.geteuid === undefined ? null : process.geteuid() === 0,
    find: program => findProgram(program, places()),
    run: (file, args, signal) =>
      runProgram(file, args, {
        cwd: neutralFolder(places()),
        env: cleanEnvironment(places()),
        timeout: TIMEOUT_MS,
        limit: LIMIT_BYTES,
        signal,
      }),
    lists: signal => readProcLists(TIMEOUT_MS, undefined, signal),
    counterLists: readProcCounters,
  };
}

/** No tool could list the sockets; the message says what each one answered. */
export class CaptureError extends Error {
  public constructor(
    message: string,
    /** A command that lists them, to be copied. */
    public readonly offer?: string,
  ) {
    super(message);
  }
}

/** Somebody asked to stop. */
export class CaptureStopped extends Error {}

/** Lists the sockets of a machine, again and again with the tool that has worked. */
export class Capturer {
  private working: CaptureCommand | undefined;

  public constructor(
    private readonly where: Machine | MachineElsewhere,
    private readonly wanted: CaptureTool | 'auto' = 'auto',
    /** Whether the system's counters are added. */
    private readonly counted = false,
  ) {}

  /**
   * The sockets as they are now.
   * @throws CaptureError where no tool lists them, CaptureStopped after `signal`.
   */
  public async capture(signal?: AbortSignal): Promise<Capture> {
    const time = new Date();
    const { where, wanted, counted, working } = this;
    const machine = 'answer' in where ? await where.answer(wanted, counted, signal) : where;
    const result =
      (working === undefined ? undefined : await printed(machine, working, signal)) ??
      (await search(machine, wanted, signal));
    const { host, privileged, instead } = machine;
    if (typeof result === 'string') {
      throw new CaptureError(result, instead?.command);
    }
    this.working = result.command;
    const missing = missingOwners(result.dump, result.command, privileged, instead);
    const counters = counted ? await countersOf(machine, signal) : '';
    return { ...result, counters, time, host, missing };
  }
}

/** Sockets without counters are better than neither, so what fails here is left out. */
async function countersOf(machine: Machine, signal: AbortSignal | undefined): Promise<string> {
  const program = counterProgram(machine.platform);
  if (program === null) {
    return machine.counterLists();
  }
  const file = program === undefined ? undefined : await machine.find(program);
  if (file === undefined) {
    return '';
  }
  const outcome = await machine.run(file, ['-s'], signal);
  if (signal?.aborted === true) {
    throw new CaptureStopped();
  }
  return outcome.kind === 'done' ? `\n${decodeBytes(outcome.output).text}` : '';
}

/** The first tool that works, else what each one said. */
async function search(
  machine: Machine,
  wanted: CaptureTool | 'auto',
  signal: AbortSignal | undefined,
): Promise<Printed | string> {
  const { platform } = machine;
  const commands = captureCommands(platform, wanted);
  const refusals: string[] = [];
  let fallback: Printed | undefined;
  for (const command of commands) {
    const result = await attempt(machine, command, signal);
    if (typeof result === 'string') {
      const refusal = `${asTyped(command)}: ${result}`;
      refusals.push(refusal);
    } else if (command.needsOwners && !showsOwners(result.dump)) {
      fallback ??= result;
    } else {
      return result;
    }
  }
  if (commands.length === 0) {
    const tools = new Set(captureCommands(platform).map(({ tool }) => tool));
    return `${wanted} does not list sockets on ${platform}, ${[...tools].join(', ') || 'nor is anything else known that'} does`;
  }
  return fallback ?? [...new Set(refusals)].join('; ');
}

async function printed(
  machine: Machine,
  command: CaptureCommand,
  signal: AbortSignal | undefined,
): Promise<Printed | undefined> {
  const result = await attempt(machine, command, signal);
  return typeof result === 'string' ? undefined : result;
}

/** What a command prints; why it prints nothing that can be read. */
async function attempt(
  machine: Machine,
  command: CaptureCommand,
  signal: AbortSignal | undefined,
): Promise<Printed | string> {
  const text = await textOf(machine, command, signal);
  if (signal?.aborted === true) {
    throw new CaptureStopped();
  }
  if (typeof text !== 'string') {
    return text.reason;
  }
  const dump = readDump(text);
  return dump.table.length > 0 || dump.lines.header > 0
    ? { text, dump, command }
    : 'what it printed lists no sockets';
}

async function textOf(
  machine: Machine,
  command: CaptureCommand,
  signal: AbortSignal | undefined,
): Promise<string | Refusal> {
  if (command.program === null) {
    return (await machine.lists(signal)) ?? { reason: 'it is not there' };
  }
  const file = await machine.find(command.program);
  if (file === undefined) {
    return { reason: 'it is not installed' };
  }
  let text = '';
  for (const args of command.runs) {
    const outcome = await machine.run(file, args, signal);
    if (outcome.kind !== 'done') {
      return { reason: reasonOf(outcome) };
    }
    if (outcome.status !== 0 && outcome.output.length === 0) {
      return { reason: firstLine(decodeBytes(outcome.errors).text) || 'it failed' };
    }
    const remarks = command.remarks ? decodeBytes(outcome.errors).text : '';
    text += withoutPadding(remarks + decodeBytes(outcome.output).text);
  }
  return text;
}

type Printed = Pick<Capture, 'text' | 'dump' | 'command'>;

interface Refusal {
  readonly reason: string;
}

export function reasonOf(outcome: Exclude<Outcome, { kind: 'done' }>): string {
  switch (outcome.kind) {
    case 'timeout':
      return `it took longer than ${TIMEOUT_MS / 1000} s`;
    case 'limit':
      return `it printed more than ${LIMIT_BYTES / 1024 / 1024} MB`;
    case 'aborted':
      return 'it was stopped';
    case 'failed':
      return outcome.reason;
  }
}

function showsOwners({ table }: Dump): boolean {
  return table.pid.subarray(0, table.length).some(pid => pid !== NONE);
}

/** Without the blanks behind each line, which are most of what ss prints to a pipe. */
function withoutPadding(text: string): string {
  return text
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n');
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.trim() ?? '';
}
