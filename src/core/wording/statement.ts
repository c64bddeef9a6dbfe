import type { SourceId } from './sources';

/** Known to the type checker only: what {@link say} and {@link label} made has it, nothing else. */
declare const made: unique symbol;

/** The names between braces in a text. */
export type Placeholder<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/**
 * One thing that the extension says, with where it is known from. `P` are its placeholders.
 *
 * The text is English and may mark `code` and **emphasis**; what is put in for a placeholder is
 * never read as such marks. A translation is found by the text.
 */
export interface Statement<P extends string = never> extends Label<P> {
  /** Never empty: a statement without a source is not made. */
  readonly sources: readonly SourceId[];
  /** Whether it is advice for as long as what it is about lasts. */
  readonly passing?: true;
}

/** A heading or a word of the interface: it claims nothing and so needs no source. */
export interface Label<P extends string = never> {
  readonly text: string;
  readonly [made]: P;
}

/** Makes a statement, of literals: its text is read from the source, and translated. */
export function say<const T extends string>(
  text: T,
  source: SourceId,
  ...more: SourceId[]
): Statement<Placeholder<T>> {
  return { text, sources: [source, ...more] } as unknown as Statement<Placeholder<T>>;
}

/** Advice that mends nothing once what it is about is over: a restart, or a look at what hangs. */
export function whileItLasts<P extends string>(advice: Statement<P>): Statement<P> {
  return { ...advice, passing: true };
}

/** Makes a label, of literals as well. */
export function label<const T extends string>(text: T): Label<Placeholder<T>> {
  return { text } as unknown as Label<Placeholder<T>>;
}
