import assert from 'node:assert/strict';

import { closeWaitSides } from '../../../src/core/analysis/closeWaitSides';
import { analysed, many } from './scene';

describe('sides of CLOSE_WAIT', () => {
  it('are one to one server where ports for outgoing connections begin low', () => {
    const analysis = analysed(
      [
        'Active Internet connections (including servers)',
        'Proto   Recv-Q Send-Q  Local Address          Foreign Address        TCP-State',
        ...many(
          20,
          i => `tcp          0      0  192.0.2.4.${1500 + 3000 * i} 192.0.2.80.8080 CLOSE_WAIT`,
        ),
        '',
      ].join('\n'),
    );
    const sides = closeWaitSides(analysis.findings[0]!, analysis, 5);
    assert.deepEqual(
      sides?.first.map(({ role, endpoint, count }) => [role, endpoint, count]),
      [['client', '192.0.2.80:8080', 20]],
    );
  });
});
