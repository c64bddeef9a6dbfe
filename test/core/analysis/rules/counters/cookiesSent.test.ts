import assert from 'node:assert/strict';
import {
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  find,
  loop,
  many,
  netstat,
  row,
  statistics,
} from '../../scene';

const flooded = (times: number, more: Readonly<Record<string, number>> = {}): string =>
  statistics({
    TcpActiveOpens: 0,
    TcpPassiveOpens: 0,
    TcpExtSyncookiesSent: 570 * times,
    TcpExtTCPReqQFullDoCookies: 570 * times,
    TcpExtTCPSynRetrans: 138 * times,
    ...more,
  });

describe('CT-28', () => {
  it('takes cookies of which hardly any comes back for a flood, in one finding', () => {
    const text = loop(flooded(1), flooded(2));
    const found = expectFinding(text, 'CT-28', {
      severity: 'warning',
      confidence: 'medium',
      title:
        'This host is most likely flooded with SYNs: 570 were answered with cookies, and hardly any cookie came back',
    });
    assert.ok(everythingSaid(found).includes('ss -tano state syn-recv'));
    expectSilence(text, 'CT-10');
    const few = loop(
      flooded(1, { TcpExtSyncookiesRecv: 1 }),
      flooded(2, { TcpExtSyncookiesRecv: 32 }),
    );
    expectFinding(few, 'CT-28', { severity: 'warning' });
  });

  it('is information where clients return their cookies, as in a burst of real ones', () => {
    const text = loop(
      flooded(1, { TcpExtSyncookiesRecv: 500, TcpExtTCPSynRetrans: 1 }),
      flooded(2, { TcpExtSyncookiesRecv: 1050, TcpExtTCPSynRetrans: 1 }),
    );
    expectFinding(text, 'CT-28', { severity: 'info' });
    expectHealthy(text);
  });

  it('is silent about few, about the past, and where the handshakes are listed', () => {
    expectSilence(flooded(3), 'CT-28');
    expectSilence(loop(flooded(2), flooded(2)), 'CT-28');
    expectSilence(
      loop(statistics({ TcpExtSyncookiesSent: 5 }), statistics({ TcpExtSyncookiesSent: 12 })),
      'CT-28',
    );
    const listed = netstat(
      row('LISTEN', '0.0.0.0:443', '0.0.0.0:*'),
      ...many(60, i => row('SYN_RECV', '192.0.2.1:443', `198.51.${i}.9:5000`)),
    );
    expectSilence(loop(flooded(1), `${flooded(2)}${listed}`), 'CT-28');
  });
});

describe('CT-10 of SYN,ACKs', () => {
  const counted = (times: number, active: number): string =>
    statistics({
      TcpActiveOpens: active,
      TcpPassiveOpens: 10 * times,
      TcpExtTCPSynRetrans: 100 * times,
    });

  it('looks at SYN_RECV where this host opened no connection', () => {
    const text = loop(counted(1, 40), counted(2, 40));
    const said = everythingSaid(expectFinding(text, 'CT-10', { severity: 'info' })).join('\n');
    assert.match(said, /100 SYN,ACKs were most likely sent again/);
    assert.match(said, /state syn-recv/);
    assert.doesNotMatch(said, /state syn-sent/);
  });

  it('leaves open which they are where it opened some', () => {
    const found = find(loop(counted(1, 40), counted(2, 90)), 'CT-10');
    assert.match(everythingSaid(found!).join('\n'), /state syn-sent/);
  });
});

describe('SR-1 with cookies', () => {
  const flood = netstat(
    row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '9/nginx' }),
    ...many(300, i => row('SYN_RECV', '192.0.2.1:80', `20.18.${i >> 1}.${i}:5000`)),
  ).replaceAll(' off (0.00/0/0)', '');

  it('is surer where hardly any cookie came back, and no queue holds connections', () => {
    const text = `${flood}\n${statistics({ TcpExtSyncookiesSent: 2488 })}`;
    const found = expectFinding(text, 'SR-1', {
      severity: 'warning',
      confidence: 'medium',
      title: /^Port 80 is most likely flooded/,
    });
    assert.doesNotMatch(everythingSaid(found).join('\n'), /full accept queue/);
    const real = statistics({ TcpExtSyncookiesSent: 2488, TcpExtSyncookiesRecv: 2000 });
    expectFinding(`${flood}\n${real}`, 'SR-1', { confidence: 'low' });
    expectFinding(flood, 'SR-1', { confidence: 'low' });
  });
});
