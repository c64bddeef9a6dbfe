/** A part of a text: where it begins and ends, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
