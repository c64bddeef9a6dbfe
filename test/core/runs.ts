import process from 'node:process';

const seconds = Number(process.env['NETSTAT_LENS_FUZZ'] ?? 0);

/**
 * How long properties are tried: a fixed number of equal runs in every test, or as many as fit
 * into some seconds, other ones each time (`npm run fuzz`).
 */
export const RUNS =
  seconds > 0
    ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000 }
    : { numRuns: 150, seed: 20_260_110 };
