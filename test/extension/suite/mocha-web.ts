import type Mocha from 'mocha';
import browserMocha from 'mocha/mocha.js';

/** Mocha for the web worker extension host, with describe, it and the hooks made global. */
export function createMocha(options: Mocha.MochaOptions): Mocha {
  browserMocha.setup({ ui: 'bdd', ...options });
  return browserMocha;
}
