import type { DumpCommand } from '../model/format';
import type { Dump } from '../reading/dump';
import { NONE } from '../model/row';
import { State } from '../vocabulary/state';
import type { CaptureCommand } from './commands';

/** The sockets of a machine at one moment. */
export interface Capture {
  /** What the tool printed. */
  readonly text: string;
  /** The same, read. */
  readonly dump: Dump;
  /** The system's counters right after, as text; empty where none were wanted or can be read. */
  readonly counters: string;
  readonly command: CaptureCommand;
  /** When it was begun. */
  readonly time: Date;
  /** The machine's name. */
  readonly host: string;
  /** Undefined where nothing is missing. */
  readonly missing: MissingOwners | undefined;
}

/** What the user who ran a tool was not allowed to see. */
export interface MissingOwners {
  /** Sockets whose process is not shown, or whose process's name is not. */
  readonly sockets: number;
  /** Whether processes are shown by their numbers. */
  readonly named: 'nothing' | 'pid';
  /** Shows them. */
  readonly command: DumpCommand;
}

/**
 * States in which a process holds the socket. In the others the kernel may be left alone with it,
 * and there is no owner that anybody could see.
 */
const HELD: ReadonlySet<number> = new Set([
  State.Listen,
  State.SynSent,
  State.Established,
  State.CloseWait,
]);

/**
 * What is missing in a capture for lack of privilege; `privileged` is whether the user may see
 * all, null where that is not known.
 */
export function missingOwners(
  { table }: Dump,
  command: CaptureCommand,
  privileged: boolean | null,
  /** Shows them where the command's own advice cannot be followed. */
  instead?: DumpCommand,
): MissingOwners | undefined {
  const shown = instead ?? command.owners;
  if (privileged === true) {
    return undefined;
  }
  let held = 0;
  let unowned = 0;
  let unnamed = 0;
  for (let row = 0; row < table.length; row++) {
    if (HELD.has(table.state[row]!)) {
      held++;
      unowned += table.pid[row] === NONE && table.process[row] === 0 ? 1 : 0;
      unnamed += table.process[row] === 0 ? 1 : 0;
    }
  }
  if (unowned > 0) {
    return { sockets: unowned, named: 'nothing', command: shown };
  }
  // A tool that names no process at all was not allowed to, or has no names.
  return unnamed === held && held > 0 && command.owners.needs !== null
    ? { sockets: unnamed, named: 'pid', command: shown }
    : undefined;
}
