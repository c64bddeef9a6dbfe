/** A piece of a pattern: text of the expression, a named capture, or pieces in a row. */
export type Part = string | Capture | readonly Part[];

/** A part of the line that gets a scope. */
export interface Capture {
  readonly scope: string;
  readonly of: Part;
}

/** A TextMate rule, as far as this grammar needs it. */
export interface Rule {
  readonly comment?: string;
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly while?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
  readonly include?: string;
}

type Captures = Readonly<Record<string, { readonly name: string }>>;

/** The part of the line that `of` matches, with a scope (several, separated by blanks). */
export function scoped(scope: string, ...of: readonly Part[]): Capture {
  return { scope, of };
}

/** The parts in a row, or nothing. */
export function optional(...parts: readonly Part[]): Part {
  return ['(?:', parts, ')?'];
}

/** One of the parts, the first that matches. */
export function either(...choices: readonly Part[]): Part {
  return ['(?:', choices.flatMap((choice, i) => (i === 0 ? [choice] : ['|', choice])), ')'];
}

/** A rule for one line or a part of it. */
export function match(comment: string, ...parts: readonly Part[]): Rule {
  const { expression, captures } = compile(parts);
  return { ...commented(comment), match: expression, ...only('captures', captures) };
}

/** A rule that gives everything it matches one scope. */
export function named(scope: string, comment: string, ...parts: readonly Part[]): Rule {
  const { expression, captures } = compile(parts);
  return { ...commented(comment), name: scope, match: expression, ...only('captures', captures) };
}

/**
 * A line that begins with `parts`; its remainder is read with the rules of `then`. The rule ends
 * with the line, so nothing that a line holds can color the next one.
 */
export function line(comment: string, parts: readonly Part[], then: readonly Rule[] = []): Rule {
  const { expression, captures } = compile(parts);
  return {
    ...commented(comment),
    begin: expression,
    ...only('beginCaptures', captures),
    end: '$',
    patterns: then,
  };
}

/** A reference to rules of the repository. */
export function include(name: string): Rule {
  return { include: name.startsWith('source.') ? name : `#${name}` };
}

function commented(comment: string): Rule {
  return comment === '' ? {} : { comment };
}

function only(key: 'captures' | 'beginCaptures', captures: Captures): Rule {
  return Object.keys(captures).length === 0 ? {} : { [key]: captures };
}

/** Writes the parts as one expression and numbers their captures. */
function compile(parts: readonly Part[]): { expression: string; captures: Captures } {
  const captures: Record<string, { name: string }> = {};
  let groups = 0;
  const write = (part: Part): string => {
    if (typeof part === 'string') {
      if (/(?<!\\)\((?!\?)/.test(part.replace(/\[(?:\\.|[^\]\\])*\]/g, ''))) {
        throw new Error(`a group in the text of a pattern would shift the captures: ${part}`);
      }
      return part;
    }
    if (isCapture(part)) {
      groups++;
      captures[groups] = { name: part.scope };
      return `(${write(part.of)})`;
    }
    return part.map(write).join('');
  };
  return { expression: write(parts), captures };
}

function isCapture(part: Part): part is Capture {
  return typeof part === 'object' && 'scope' in part;
}
