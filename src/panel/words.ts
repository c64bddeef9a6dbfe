import { readableTime } from '../core/analysis/time/clock';
import { visible } from '../core/wording/visible';
import { fill, type PanelStrings, type StringKey } from '../shared/panel/strings';

/** Says the page's words in the user's language. */
export class Words {
  private readonly numbers: Intl.NumberFormat;

  public constructor(
    private readonly strings: PanelStrings,
    public readonly locale: string,
  ) {
    this.numbers = numberFormat(locale);
  }

  /** A text with its placeholders filled; numbers are written as the language does. */
  public text(key: StringKey, values: Readonly<Record<string, string | number>> = {}): string {
    const entries = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? this.number(value) : value,
    ]);
    return fill(this.strings[key], Object.fromEntries(entries) as Record<string, string>);
  }

  /** One of two texts: for a single thing, and for any other number of them. */
  public counted(count: number, one: StringKey, many: StringKey): string {
    return count === 1 ? this.text(one) : this.text(many, { count });
  }

  public number(value: number): string {
    return this.numbers.format(value);
  }

  /** A change of a number with its sign: `+5`, `\u22122`, `0`. */
  public signed(value: number): string {
    const amount = this.number(Math.abs(value));
    return value > 0 ? `+${amount}` : value < 0 ? `\u2212${amount}` : amount;
  }
}

function numberFormat(locale: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale);
  } catch {
    // VS Code's names of languages are not always those of the standard.
    return new Intl.NumberFormat('en');
  }
}

/** A time of a dump, as people read it. */
export function shownTime(time: string): string {
  return visible(readableTime(time));
}
