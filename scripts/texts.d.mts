import type { Plugin } from 'esbuild';
import type { StringLiteralLike } from 'typescript';

export function callsWithTexts(
  file: string,
  source: string,
  called: RegExp,
  first: number,
  last: number,
): StringLiteralLike[][];

export function textsApart(name: string): Plugin;
