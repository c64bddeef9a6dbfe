import type { BuildOptions } from 'esbuild';

export function bundle(options: object, production: boolean): BuildOptions;

export function shippedBundles(production: boolean): BuildOptions[];
