import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  titles,
  windows,
} from '../../scene';

const ESTABLISHED = 'ESTABLISHED 192.0.2.1:49700 198.51.100.1:443 77';

const bound = (count: number, more: string[] = [ESTABLISHED]): string =>
  windows(...many(count, i => `BOUND 0.0.0.0:${50_000 + i} 0.0.0.0:0 99`), ...more);

describe('BND-1', () => {
  it('counts bound ports without connections', () => {
    const found = expectFinding(bound(500), 'BND-1', {
      severity: 'warning',
      confidence: 'medium',
      pid: 99,
      rows: 500,
    });
    assert.ok(found.remedy.some(text => plain(text).includes('restarting the program')));
    assert.ok(
      found.evidence.some(({ text }) =>
        plain(text).startsWith('Bound ports of process 99: their number equals 3%'),
      ),
    );
    expectSilence(bound(499), 'BND-1');
    expectFinding(bound(8000), 'BND-1', { severity: 'error' });
  });

  it('is the one finding where such sockets use up the ports, and says nothing of TIME_WAIT', () => {
    const text = bound(12_400);
    assert.equal(titles(text).length, 1, titles(text).join());
    assertNeverSaid(text, /TIME_WAIT|let the other end|tcp_tw|sysctl/);
  });

  it('leaves out the twins of connections', () => {
    const twins = many(500, i => `ESTABLISHED 192.0.2.1:${50_000 + i} 198.51.100.1:443 99`);
    expectSilence(bound(500, twins), 'BND-1');
  });

  it('cannot tell twins where no connections are listed', () => {
    expectHealthy(bound(7999, []));
    expectFinding(bound(7999, []), 'BND-1', { severity: 'info', confidence: 'low' });
  });

  it('warns of most ports of the host, be they twins or not', () => {
    expectFinding(bound(8000, []), 'BND-1', { severity: 'warning', confidence: 'low' });
  });
});
