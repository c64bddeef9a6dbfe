import { run } from '../../src/cli/run';

export interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as a terminal without colours would, and gives all that it wrote. */
export async function call(...args: string[]): Promise<Result> {
  return callIn(100, ...args);
}

/** The same on a terminal of so many columns. */
export async function callIn(width: number, ...args: string[]): Promise<Result> {
  let out = '';
  let err = '';
  const status = await run(args, {
    write: text => {
      out += text;
      return true;
    },
    drained: () => Promise.resolve(),
    error: text => {
      err += text;
    },
    colour: false,
    width,
  });
  return { status, out, err };
}
