import { visible } from '../core/wording/visible';

/** Where the program writes. */
export interface Output {
  /** False where the reader is slower than we are, see {@link drained}. */
  write(text: string): boolean;
  drained(): Promise<unknown>;
  error(text: string): void;
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

/** Exit statuses. */
export const DONE = 0;
export const FOUND = 1;
export const TROUBLE = 2;

/** Tells the user what went wrong. Names of files are not ours, and may hold anything. */
export function complain(output: Output, what: string): void {
  output.error(`netstat-lens: ${visible(what)}\n`);
}
