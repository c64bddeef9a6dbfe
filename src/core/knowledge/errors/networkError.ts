import type { Statement } from '../../wording/statement';
import type { Advice } from '../advice';

/** Numbers of an error; null where the system has none of that name. */
export interface ErrorNumbers {
  /** Of most processors: Alpha, MIPS, PA-RISC and SPARC have others. */
  readonly linux: number;
  /** macOS and all BSD. */
  readonly bsd: number;
  readonly solaris: number;
  readonly windows: number | null;
}

/** What prints an error in words of its own. */
export type Printer =
  'linux' | 'bsd' | 'windows' | 'java' | 'go' | 'node' | 'python' | 'dotnet' | 'curl' | 'openssl';

/** An error that a program meets when it uses sockets. */
export interface NetworkError {
  /** `EADDRINUSE`; Windows puts `WSA` before it. */
  readonly name: string;
  readonly numbers: ErrorNumbers;
  readonly text: Statement;
  /** What it stands for, call by call and system by system. */
  readonly causes: readonly Advice[];
  /** What rows or counters show it. */
  readonly proof: readonly Advice[];
  /** What to run. */
  readonly checks: readonly Advice[];
  /** A part of what is printed, by which it is recognized in any text. */
  readonly phrases: readonly string[];
  /** How it is printed, as an example. */
  readonly printed: Partial<Readonly<Record<Printer, string>>>;
}
