/** What an answer names: the request, and the reading of the dump that it is about. */
interface Answer {
  readonly request: number;
  readonly revision: number;
}

/** Hands answers to those who asked. */
export class Requests<A extends Answer> {
  private readonly waiting = new Map<number, (answer: A) => void>();
  private count = 0;
  private revision = 0;

  /**
   * Asks with a number of its own; returns a function that cancels. There may be no answer: after a
   * change of the dump nobody wants it any more.
   */
  public ask(send: (request: number) => void, receive: (answer: A) => void): () => void {
    const request = ++this.count;
    this.waiting.set(request, receive);
    send(request);
    return () => {
      this.waiting.delete(request);
    };
  }

  public receive(answer: A): void {
    const receive = this.waiting.get(answer.request);
    this.waiting.delete(answer.request);
    if (answer.revision === this.revision) {
      receive?.(answer);
    }
  }

  /** A new reading of the dump: answers about the old one are not wanted. */
  public forget(revision: number): void {
    this.revision = revision;
    this.waiting.clear();
  }
}
