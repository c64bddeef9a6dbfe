import { terminalLine, unbroken } from '../core/report/terminal';

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
  output.error(prose(`netstat-lens: ${what}`, output));
}

/** A sentence for a terminal; what stands between backticks is a command. */
export function prose(text: string, output: Output, first = '', next = '  '): string {
  const whole = text.replace(/`[^`]{1,200}`/g, unbroken);
  return terminalLine([{ text: whole, style: 'plain' }], output, first, next);
}
