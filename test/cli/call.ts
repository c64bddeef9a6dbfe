import { run } from '../../src/cli/run';
import type { Machine } from '../../src/node/capturer';

export interface Result {
  readonly status: number;
  readonly out: string;
  /** Each message on one line, however wide the terminal: paths differ in length. */
  readonly err: string;
}

/** Runs the program as a terminal without colors would, and gives all that it wrote. */
export async function call(...args: string[]): Promise<Result> {
  return callWith({}, args);
}

/** The same on a terminal of so many columns. */
export async function callIn(width: number, ...args: string[]): Promise<Result> {
  return callWith({ width }, args);
}

/** The same on a machine whose sockets are captured. */
export async function callWith(
  { width = 100, machine }: { readonly width?: number; readonly machine?: Machine },
  args: readonly string[],
): Promise<Result> {
  let out = '';
  let err = '';
  const output = {
    write: (text: string) => {
      out += text;
      return true;
    },
    drained: () => Promise.resolve(),
    error: (text: string) => {
      err += text;
    },
    colour: false,
    width,
  };
  const status = await run(args, output, machine);
  return { status, out, err: err.replace(/\n {2}/g, ' ') };
}
