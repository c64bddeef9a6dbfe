import assert from 'node:assert/strict';

import { firstIndex } from '../../../src/core/model/search';

describe('The first index that passes a test', () => {
  it('is the same as by looking at each in turn', () => {
    for (let length = 0; length <= 9; length++) {
      for (let from = 0; from <= length; from++) {
        assert.equal(
          firstIndex(length, index => index >= from),
          from,
        );
      }
    }
  });

  it('is found in steps that double what they skip', () => {
    let asked = 0;
    firstIndex(1_000_000, index => {
      asked++;
      return index >= 123_456;
    });
    assert.ok(asked <= 20, String(asked));
  });
});
