/** What asks a program to end: Ctrl-C, the system, a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Waits for a reason to end the program: a signal, or nobody who reads standard error. What it has
 * started can then be ended first. A second signal ends the program at once.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private received: NodeJS.Signals | undefined;
  private readonly interrupt = (reason: NodeJS.Signals | Error): void => {
    this.received = typeof reason === 'string' ? reason : undefined;
    this.controller.abort();
    this.dispose();
  };

  public constructor() {
    for (const signal of SIGNALS) {
      process.on(signal, this.interrupt);
    }
    process.stderr.on('error', this.interrupt);
  }

  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Ends the program by the signal that came, as if nobody had waited for it. */
  public obey(): void {
    this.dispose();
    if (this.received !== undefined) {
      process.kill(process.pid, this.received);
    }
  }

  /** Lets a signal end the program again. */
  public dispose(): void {
    for (const signal of SIGNALS) {
      process.off(signal, this.interrupt);
    }
    process.stderr.off('error', this.interrupt);
  }
}
