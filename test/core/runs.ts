import process from 'node:process';
import fc from 'fast-check';

const seconds = Number(process.env['NETSTAT_LENS_FUZZ'] ?? 0);

/**
 * How long properties are tried: a fixed number of equal runs in every test, or as many as fit
 * into some seconds, other ones each time (`npm run fuzz`).
 */
export const RUNS =
  seconds > 0
    ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000 }
    : { numRuns: 150, seed: 20_260_110 };

/** Any character. (The library's own holds all of them in a map, which takes a second to make.) */
export const CHARACTER = fc.nat(0x10_ff_ff).map(code => String.fromCodePoint(code));
