import Mocha from 'mocha';

/** Mocha for the Node extension host, with describe, it and the hooks made global. */
export function createMocha(options: Mocha.MochaOptions): Mocha {
  const mocha = new Mocha(options);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  return mocha;
}
