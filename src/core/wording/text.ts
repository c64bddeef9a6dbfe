import type { SourceId } from './sources';
import { addressOfEndpoint, type NameOf, noNames } from './addressNames';
import type { Label, Statement } from './statement';
import { quoted, visible } from './visible';

export type InlineStyle = 'plain' | 'strong' | 'code';

/** A piece of a text: characters to show as they are, never markup. */
export interface Inline {
  readonly text: string;
  readonly style: InlineStyle;
  /** The 0-based line of the dump that it leads to. */
  readonly line?: number;
}

/** A sentence or two in some language, ready to be shown. */
export interface Text {
  /** The English text of what it says, with its placeholders; empty where it says nothing. */
  readonly id: string;
  readonly parts: readonly Inline[];
  readonly sources: readonly SourceId[];
  /** Whether it begins with characters of the dump, which get no capital at a sentence's start. */
  readonly verbatim?: true;
  /** See Statement. */
  readonly passing?: true;
}

/**
 * What may stand for a placeholder: characters of the dump, a number, or another text, which is made
 * when it is said where it is given as a function.
 */
export type Arg = string | number | Text | Inline | (() => Text);

/**
 * Gives a text in the reader's language: `english` with each `{name}` replaced by `args.name`.
 * The arguments are opaque marks that must be kept as they are.
 */
export type Localize = (english: string, args: Readonly<Record<string, string>>) => string;

/** English. */
const english: Localize = (text, args) => {
  let result = text;
  for (const [name, value] of Object.entries(args)) {
    result = result.replaceAll(`{${name}}`, value);
  }
  return result;
};

/** Private-use characters around an argument's name while a text is translated. */
const MARK = '\uE000';
const MARK_END = '\uE001';

/** An argument with its text made. */
type Made = Exclude<Arg, () => Text>;

/** An argument with its numbers written. */
type Written = Exclude<Made, number>;

/** A piece of a label: characters, or the place of an argument. */
type Piece =
  | { readonly text: string; readonly style: InlineStyle }
  | { readonly name: string; readonly style: InlineStyle };

/** Says statements in one language. */
export class Localizer {
  /** Labels in this language, taken apart, by their English: most are said again and again. */
  private readonly templates = new Map<string, readonly Piece[]>();

  public constructor(
    private readonly localize: Localize = english,
    private readonly nameOf: NameOf = noNames,
    private readonly writeNumber: (value: number) => string = grouped,
  ) {}

  /** A number as the language writes it. */
  public number(value: number): string {
    return this.writeNumber(value);
  }

  /** A change of a number with its sign: `+5`, `−2`, `0`. */
  public signed(value: number): string {
    const amount = this.number(Math.abs(value));
    return value > 0 ? `+${amount}` : value < 0 ? `\u2212${amount}` : amount;
  }

  /** A statement with its placeholders filled. */
  public say<P extends string>(
    statement: Statement<P>,
    ...[args]: [P] extends [never] ? [] : [Readonly<Record<P, Arg>>]
  ): Text {
    const text = this.fill(statement, statement.sources, args ?? {});
    return statement.passing ? { ...text, passing: true } : text;
  }

  /** A label with its placeholders filled. */
  public format<P extends string>(
    label: Label<P>,
    ...[args]: [P] extends [never] ? [] : [Readonly<Record<P, Arg>>]
  ): Text {
    return this.fill(label, [], args ?? {});
  }

  private fill(
    label: Label<string>,
    sources: readonly SourceId[],
    args: Readonly<Record<string, Arg>>,
  ): Text {
    const made = new Map(
      Object.entries(args).map(([name, arg]) => [name, typeof arg === 'function' ? arg() : arg]),
    );
    const parts: Inline[] = [];
    for (const piece of this.piecesOf(label, args)) {
      if ('text' in piece) {
        parts.push(piece);
        continue;
      }
      const arg = made.get(piece.name);
      if (arg !== undefined) {
        parts.push(...inlines(this.written(arg), piece.style, parts.length === 0));
      }
    }
    const all = new Set(sources);
    for (const arg of made.values()) {
      if (typeof arg === 'object' && 'sources' in arg) {
        arg.sources.forEach(source => all.add(source));
      }
    }
    return { id: label.text, parts: joined(parts), sources: [...all] };
  }

  private piecesOf(label: Label<string>, args: Readonly<Record<string, Arg>>): readonly Piece[] {
    const english = label.text;
    const known = this.templates.get(english);
    if (known !== undefined) {
      return known;
    }
    const marks: Record<string, string> = {};
    for (const name of Object.keys(args)) {
      marks[name] = MARK + name + MARK_END;
    }
    const pieces = parse(this.localize(english, marks));
    this.templates.set(english, pieces);
    return pieces;
  }

  /** An argument: numbers as the language writes them, with the user's names of addresses. */
  private written(arg: Made): Written {
    return typeof arg === 'number' ? this.number(arg) : this.withName(arg);
  }

  /** An argument with the user's name behind it, where it is an address of the dump. */
  private withName(arg: Written): Written {
    if (this.nameOf === noNames) {
      return arg;
    }
    if (typeof arg === 'string') {
      return this.called(arg);
    }
    if (typeof arg === 'object' && 'parts' in arg) {
      const [only, more] = arg.parts;
      if (arg.verbatim && only !== undefined && more === undefined) {
        return { ...arg, parts: [{ ...only, text: this.called(only.text) }] };
      }
    }
    return arg;
  }

  private called(text: string): string {
    const name = this.nameOf(addressOfEndpoint(text));
    return name === null ? text : `${text} (${name})`;
  }
}

/** Reads `code` and **strong** marks, and where arguments belong: these are never read so. */
function parse(text: string): Piece[] {
  const parts: Piece[] = [];
  let style: InlineStyle = 'plain';
  let from = 0;
  const flush = (to: number): void => {
    if (to > from) {
      parts.push({ text: text.slice(from, to), style });
    }
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '`' || (char === '*' && text[i + 1] === '*')) {
      flush(i);
      const marked: InlineStyle = char === '`' ? 'code' : 'strong';
      style = style === 'plain' ? marked : 'plain';
      from = char === '`' ? i + 1 : i + 2;
      i = from - 1;
    } else if (char === MARK) {
      flush(i);
      const end = text.indexOf(MARK_END, i);
      parts.push({ name: text.slice(i + 1, end), style });
      from = end + 1;
      i = end;
    }
  }
  flush(text.length);
  return parts;
}

/** Neighbors of one style as one piece. */
function joined(parts: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last?.style === part.style && last.line === undefined && part.line === undefined) {
      result[result.length - 1] = { text: last.text + part.text, style: part.style };
    } else {
      result.push(part);
    }
  }
  return result;
}

function inlines(arg: Written, style: InlineStyle, first: boolean): Inline[] {
  if (typeof arg === 'string') {
    return [{ text: quoted(arg), style }];
  }
  if ('parts' in arg) {
    const parts = style === 'plain' ? [...arg.parts] : arg.parts.map(p => ({ ...p, style }));
    const head = parts[0];
    if (first && head !== undefined && !arg.verbatim) {
      // Our own words begin a sentence with a capital, names from the dump stay as they are.
      parts[0] = { ...head, text: head.text.charAt(0).toUpperCase() + head.text.slice(1) };
    }
    return parts;
  }
  return [style === 'plain' ? arg : { ...arg, style }];
}

/** A text with other words around it: it keeps the id that it is known by, and its sources. */
export function reworded({ id, sources }: Text, words: Text): Text {
  return { ...words, id, sources };
}

/** Characters of the dump as a text. */
export function quote(text: string): Text {
  const parts = [{ text: quoted(text), style: 'plain' as const }];
  return { id: '', parts, sources: [], verbatim: true };
}

/** Words that are no quotation of a dump, and so are shown at whatever length. */
export function uncut(text: string): Inline {
  return { text, style: 'plain' };
}

/** The characters of a text, without styles, for what shows plain text. */
export function plain(text: Text): string {
  return text.parts.map(part => visible(part.text)).join('');
}

/** A number with its thousands grouped as in English, and two decimals at most. */
function grouped(value: number): string {
  // Not by Intl: to load that takes as long as to read 20,000 sockets.
  const [whole = '', decimals] = String(Math.round(value * 100) / 100).split('.');
  let result = '';
  let end = whole.length;
  for (const first = value < 0 ? 1 : 0; end - first > 3; end -= 3) {
    result = `,${whole.slice(end - 3, end)}${result}`;
  }
  return whole.slice(0, end) + result + (decimals === undefined ? '' : `.${decimals}`);
}
