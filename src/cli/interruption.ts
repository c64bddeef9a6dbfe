/** Waits for Ctrl-C, which ends a watch with its report; a second one ends the program. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly interrupt = (): void => {
    this.controller.abort();
    this.dispose();
  };

  public constructor() {
    process.once('SIGINT', this.interrupt);
    process.once('SIGTERM', this.interrupt);
  }

  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Lets a signal end the program again. */
  public dispose(): void {
    process.off('SIGINT', this.interrupt);
    process.off('SIGTERM', this.interrupt);
  }
}
