/** What a filter compares with. */
export type Operator = ':' | '=' | '!=' | '>' | '<' | '>=' | '<=';

/** One value of a term, with its place in the filter. */
export interface Value {
  readonly text: string;
  /** Whether it was written in quotes: then no character of it has a meaning. */
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** One condition as written: `-state:close-wait,last-ack`. */
export interface Term {
  readonly negated: boolean;
  /** Null for a word that is looked for everywhere. */
  readonly field: string | null;
  readonly operator: Operator;
  readonly values: readonly Value[];
  readonly start: number;
  readonly end: number;
}

/** The conditions of a filter, or the place of a quote that is not closed. */
export type Words = { readonly terms: readonly Term[] } | { readonly openQuote: number };

const SPACE = /\s/;
const NAME = /[a-z][a-z_-]{0,20}/iy;
/** A comparison with room before it: `recvq > 0`. */
const SPACED = /\s{1,9}(?=[<>=]|!=)/y;
const OPERATORS = ['!=', '>=', '<=', '==', ':', '=', '>', '<'] as const;

/** Splits a filter into its conditions. */
export function readWords(filter: string, isField: (name: string) => boolean): Words {
  return new Scanner(filter, isField).words();
}

class Scanner {
  private at = 0;
  private openQuote = -1;

  public constructor(
    private readonly filter: string,
    private readonly isField: (name: string) => boolean,
  ) {}

  public words(): Words {
    const terms: Term[] = [];
    this.skipSpace();
    while (this.at < this.filter.length) {
      terms.push(this.term());
      if (this.openQuote >= 0) {
        return { openQuote: this.openQuote };
      }
      this.skipSpace();
    }
    return { terms };
  }

  private skipSpace(): void {
    while (this.at < this.filter.length && SPACE.test(this.filter[this.at]!)) {
      this.at++;
    }
  }

  private term(): Term {
    const start = this.at;
    const { filter } = this;
    const next = filter[start + 1];
    const negated = /^[-!]/.test(filter[start]!) && next !== undefined && !/[\s=]/.test(next);
    if (negated) {
      this.at++;
    }
    const field = this.field();
    const operator = field === null ? ':' : this.operator();
    const values = this.values(field !== null);
    return { negated, field, operator, values, start, end: this.at };
  }

  /** A name before an operator. `cafe::1` is an address, `local:::1` is not. */
  private field(): string | null {
    NAME.lastIndex = this.at;
    const found = NAME.exec(this.filter)?.[0];
    if (found === undefined) {
      return null;
    }
    const name = found.toLowerCase();
    const known = this.isField(name);
    const end = this.at + found.length;
    SPACED.lastIndex = end;
    const space = known ? (SPACED.exec(this.filter)?.[0].length ?? 0) : 0;
    const after = this.filter.slice(end + space, end + space + 2);
    if (!/^(?:[:=<>]|!=)/.test(after) || (!known && (after === '::' || /[-_]/.test(name)))) {
      return null;
    }
    this.at = end + space;
    return name;
  }

  private operator(): Operator {
    const first = this.oneOperator() ?? ':';
    // `recvq:>0` means the same as `recvq>0`.
    const operator = first === ':' ? (this.oneOperator() ?? ':') : first;
    if (operator !== ':') {
      this.skipSpace();
    }
    return operator;
  }

  private oneOperator(): Operator | undefined {
    const found = OPERATORS.find(operator => this.filter.startsWith(operator, this.at));
    // A second colon begins a value: the IPv6 address of `remote:::1`.
    if (found === undefined || (found === ':' && this.filter[this.at - 1] === ':')) {
      return undefined;
    }
    this.at += found.length;
    return found === '==' ? '=' : found;
  }

  private values(several: boolean): Value[] {
    const values: Value[] = [];
    do {
      const value = this.value(several);
      if (value.text !== '' || value.quoted) {
        values.push(value);
      }
    } while (this.openQuote < 0 && several && this.take(','));
    return values;
  }

  private take(char: string): boolean {
    const taken = this.filter[this.at] === char;
    if (taken) {
      this.at++;
    }
    return taken;
  }

  private value(several: boolean): Value {
    const start = this.at;
    if (this.take('"')) {
      return this.quotedValue(start);
    }
    while (this.at < this.filter.length) {
      const char = this.filter[this.at]!;
      if (SPACE.test(char) || (several && char === ',')) {
        break;
      }
      this.at++;
    }
    const text = this.filter.slice(start, this.at);
    return { text, quoted: false, start, end: this.at };
  }

  private quotedValue(start: number): Value {
    let text = '';
    while (this.at < this.filter.length) {
      const char = this.filter[this.at++]!;
      if (char === '"') {
        return { text, quoted: true, start, end: this.at };
      }
      if (char === '\\' && this.at < this.filter.length) {
        text += this.filter[this.at++]!;
      } else {
        text += char;
      }
    }
    this.openQuote = start;
    return { text, quoted: true, start, end: this.at };
  }
}

/** A value as a filter has to write it so that it is taken literally. */
export function quoteValue(text: string): string {
  return /^[\w.@/[\]:%+-]+$/.test(text) && !KEYWORDS.has(text)
    ? text
    : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** Values that are no text, unless quoted. */
export const NOTHING = 'none';
export const ANYTHING = '*';
const KEYWORDS: ReadonlySet<string> = new Set([NOTHING, ANYTHING, '']);
