import assert from 'node:assert/strict';

import { assertLinear } from '../../scripts/expressions';

/* The expressions themselves are checked when they change (test/project/generated.test.ts). */
describe('the check of regular expressions', () => {
  for (const bad of [
    '/\\s+(\\d+)(?=\\s*$)/',
    '/^[\\s>#]*(\\S+)\\s+(\\S+)\\s+x/',
    '/^(?:a|aa)+$/i',
  ]) {
    it(`refuses ${bad}`, () =>
      assert.rejects(
        assertLinear(bad, { maxIteration: 1, maxGenerationSize: 30 }),
        /Backtracks more than linearly/,
      ));
  }

  it('refuses what it cannot check', () => assert.rejects(assertLinear('/(?<=a)(/'), /invalid/));

  it('takes what is linear', () => assertLinear('/^\\s*(\\d+)$/'));
});
