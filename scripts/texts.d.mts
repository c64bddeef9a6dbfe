import type { StringLiteralLike } from 'typescript';

export function callsWithTexts(
  file: string,
  source: string,
  called: RegExp,
  first: number,
  last: number,
): StringLiteralLike[][];
