import type { BuildOptions } from 'esbuild';

export interface Copied {
  readonly folder: string;
  readonly files: readonly string[];
  readonly to: string;
}

export const COPIED: readonly Copied[];

export function bundle(options: object, production: boolean): BuildOptions;

export function shippedBundles(production: boolean): BuildOptions[];
