import type { Capture } from '../core/capture/capture';
import type { Dump } from '../core/reading/dump';
import { Redactor } from '../core/redaction/redact';

/** A line with its end. The last line of a text may lack one. */
const LINE = /([^\r\n]*)(\r\n|\r|\n|$)/g;

/** What may be shown of machines: everything, or nothing that says whose they are. */
export class Disclosure {
  /** One for all captures, so that equal addresses stay equal between them. */
  private readonly redactor: Redactor | null;

  public constructor(redact: boolean) {
    this.redactor = redact ? new Redactor() : null;
  }

  /** A machine's name as it may be shown, wherever it stands from now on. */
  public host(name: string): string {
    return this.redactor?.host(name) ?? name;
  }

  /** A dump for analysis and every report. */
  public dump(dump: Dump): Dump {
    return this.redactor?.dump(dump) ?? dump;
  }

  /** What a tool printed. */
  public listing({ text, dump }: Pick<Capture, 'text' | 'dump'>): string {
    const { redactor } = this;
    if (redactor === null) {
      return text;
    }
    // Hosts are known by the rows in which they are remotes, so those come first.
    redactor.dump(dump);
    let number = 0;
    return text.replace(
      LINE,
      (_, line: string, end: string) => redactor.line(dump, number++, line) + end,
    );
  }

  /** A message that may quote what a tool said. */
  public message(text: string): string {
    return this.redactor?.text(text) ?? text;
  }
}
