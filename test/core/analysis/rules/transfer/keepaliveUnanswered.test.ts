import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import { expectFinding, expectSilence, netstat, row, truth } from '../../scene';

const kept = (probes: number): string =>
  netstat(
    row('ESTABLISHED', '192.0.2.1:50000', '198.51.100.7:5432', {
      owner: '3/java',
      timer: `keepalive (40.00/0/${probes})`,
    }),
  );

describe('KA-2', () => {
  it('tells when the connection ends, with defaults', () => {
    const found = expectFinding(kept(3), 'KA-2', {
      severity: 'warning',
      title: 'java (3) is getting no answer to keepalive probes from 198.51.100.7:5432: 3 in a row',
    });
    assert.ok(found.why.some(text => /With the defaults, .* 7 min 30 s/.test(plain(text))));
  });

  it('is silent about one probe, whose answer may be on its way', () => {
    expectSilence(kept(0), 'KA-2');
    expectSilence(kept(1), 'KA-2');
    expectSilence(truth('m1.txt'), 'KA-2');
    expectFinding(kept(2), 'KA-2', { severity: 'warning', confidence: 'high' });
  });
});
