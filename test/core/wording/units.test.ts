import assert from 'node:assert/strict';

import { plain, Localizer } from '../../../src/core/wording/text';
import { measuredDuration } from '../../../src/core/wording/units';

describe('measured times', () => {
  for (const [seconds, text] of [
    [0.44, '0.4 s'],
    [1.9, '1 s'],
    [659, '10 min 59 s'],
    [7200, '2 h'],
  ] as const) {
    it(`are ${text} for ${seconds} s`, () => {
      const said = plain(measuredDuration(seconds, new Localizer()));
      assert.equal(said.replaceAll('\u00a0', ' '), text);
    });
  }
});
