import assert from 'node:assert/strict';
import { expectFinding, expectHealthy, expectSilence, loop, statistics } from '../../scene';

describe('CT-23 counter-rare', () => {
  const rare = statistics({ TcpExtTCPBacklogDrop: 3, TcpInCsumErrors: 2, TcpActiveOpens: 9000 });

  it('lists what is rarely above 0, as information of one moment', () => {
    const found = expectFinding(rare, 'CT-23', {
      severity: 'info',
      confidence: 'high',
      title: 'Counters above 0 that are rarely so on a healthy system: 2',
    });
    assert.equal(found.evidence.filter(({ line }) => line !== null).length, 2);
    assert.ok(found.caveats.some(({ id }) => id.startsWith('A counter is a sum since boot')));
    expectHealthy(rare);
  });

  it('says nothing where there are two moments, or what is normal grows', () => {
    expectSilence(loop(rare, rare), 'CT-23');
    expectSilence(statistics({ TcpExtTCPBacklogDrop: 0, TcpRetransSegs: 100 }), 'CT-23');
    expectSilence('#kernel\nTcpExtTCPBacklogDrop  28  0.0\n', 'CT-23');
  });

  it('takes what was pasted twice for one output', () => {
    expectFinding(`${rare}\n${rare}`, 'CT-23', { severity: 'info' });
    expectSilence(`${rare}\n${rare.replace('ActiveOpens: 9000', 'ActiveOpens: 9001')}`, 'CT-23');
  });

  it('leaves to CT-1 what that says', () => {
    expectSilence(statistics({ TcpExtListenOverflows: 5 }), 'CT-23');
  });
});
