import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import {
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  scene,
  titles,
  windows,
} from '../../scene';

const fin = (i: number, b: number, host = 7, state = 'LAST_ACK'): string =>
  row(state, '192.0.2.1:443', `198.51.100.${host}:${1024 + i}`, {
    sendQ: 1,
    timer: `on (1.00/${b}/0)`,
  });

describe('F1-1', () => {
  it('warns of a peer that is silent', () => {
    const found = expectFinding(netstat(fin(0, 3), fin(1, 5, 7, 'FIN_WAIT1'), fin(2, 4)), 'F1-1', {
      severity: 'warning',
      title: 'No acknowledgment from 198.51.100.7 for the end of 3 connections',
    });
    assert.ok(
      found.evidence.some(
        ({ text }) =>
          plain(text) === 'Only the FIN is unacknowledged on 3. Retransmissions so far: up to 5.',
      ),
    );
    assert.match(found.why.map(plain).join(' '), /peer is gone/);
    expectHealthy(netstat(fin(0, 2)));
    // A FIN that was just sent accuses nobody.
    assertNeverSaid(netstat(fin(0, 0)), /gone|drops/);
  });

  it('sees from one snapshot that a peer is gone, where others answer', () => {
    const open = (host: number, timer: string): string =>
      row('ESTABLISHED', '192.0.2.1:443', `198.51.100.${host}:9000`, { owner: '1/nginx', timer });
    const rows = [fin(0, 2), fin(1, 2), fin(2, 2)];
    const idle = 'off (0.00/0/0)';
    const gone = netstat(...rows, open(7, 'on (3.00/2/0)'), open(8, idle));
    const found = expectFinding(gone, 'F1-1', { severity: 'warning' });
    assert.ok(
      found.evidence.some(({ text }) => plain(text).startsWith('Everything to 198.51.100.7')),
    );
    // It answers on another connection; nobody else answers either.
    expectHealthy(netstat(...rows, open(7, idle), open(8, idle)));
    expectHealthy(netstat(...rows, open(8, 'on (3.00/2/0)')));
  });

  it('names the one network that is silent, and makes one finding of it', () => {
    const lost = (i: number, from: string): string =>
      row('LAST_ACK', '192.0.2.1:443', `${from}${(i % 12) + 1}:${1024 + i}`, {
        sendQ: 1,
        timer: `on (1.00/${3 + (i % 3)}/0)`,
      });
    const open = (count: number, from: string): string[] =>
      many(count, i => row('ESTABLISHED', '192.0.2.1:443', `${from}${(i % 200) + 1}:${i}`));
    const named = (...rows: readonly string[]): boolean =>
      titles(netstat(...rows)).some(title => title.includes(' of 198.51.100.0/24'));
    const rows = many(20, i => lost(i, '198.51.100.'));
    for (const [from, network] of [
      ['198.51.100.', '198.51.100.0/24'],
      ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ] as const) {
      const text = netstat(...many(20, i => lost(i, from)), ...open(60, '203.0.113.'));
      assert.deepEqual(titles(text), [
        `F1-1 warning: No acknowledgment from 12 remote addresses of ${network} for the end of 20 connections`,
      ]);
      const found = expectFinding(text, 'F1-1', { confidence: 'high', rows: 20 });
      assert.match(
        everythingSaid(found).join(' '),
        new RegExp(`Everything to ${network} is unanswered.*: 60 connections`),
      );
      assertNeverSaid(text, /Mobile/);
    }
    // Some of it answer, nothing else does, there is nothing else, or it is a few clients.
    assert.ok(named(...rows, ...open(60, '203.0.113.')));
    assert.ok(!named(...rows, ...open(60, '203.0.113.'), ...open(3, '198.51.100.')));
    assert.ok(!named(...rows));
    assert.ok(!named(...rows, ...many(20, i => lost(i, '192.0.2.')), ...open(60, '203.0.113.')));
    assert.ok(!named(...rows.slice(0, 9), ...open(60, '203.0.113.')));
  });

  it('takes many that nothing was repeated of for a moment, on any system', () => {
    expectSilence(netstat(...many(100, i => fin(i, 0))), 'F1-1');
    expectSilence(netstat(fin(0, 0)), 'F1-1');
    expectFinding(netstat(...many(100, i => fin(i, 1))), 'F1-1', { severity: 'warning' });
    const few = [...many(300, i => fin(i, 0)), ...many(5, i => fin(300 + i, 1))];
    expectFinding(netstat(...few), 'F1-1', { severity: 'info' });
    const last = expectFinding(scene('windows-last-ack.txt'), 'F1-1', { severity: 'info' });
    assert.doesNotMatch(JSON.stringify(last), /tcp_|sysctl/);
    expectHealthy(scene('windows-last-ack.txt'));
  });

  it('counts a second snapshot, where there are no timers', () => {
    const output = windows('LAST_ACK 192.0.2.1:50000 198.51.100.7:443 4');
    expectFinding(loop(output, output), 'F1-1', { severity: 'warning' });
    expectHealthy(output);
  });

  it('does not mind mobile clients that vanish here and there', () => {
    expectHealthy(
      netstat(
        row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '1/nginx' }),
        ...many(6, i => fin(i, 4, i + 1)),
      ),
    );
    expectHealthy(netstat(fin(0, 6)));
  });

  it('leaves connections within this host to those who look at accept queues', () => {
    const inner = (remote: string): string =>
      netstat(
        row('LISTEN', '192.0.2.1:9400', '0.0.0.0:*', { owner: '1/gateway' }),
        ...many(3, i =>
          row('FIN_WAIT1', `192.0.2.1:${40_000 + i}`, remote, { sendQ: 1, timer: 'on (9.00/5/0)' }),
        ),
      );
    expectSilence(inner('192.0.2.1:9400'), 'F1-1');
    expectFinding(inner('198.51.100.7:9400'), 'F1-1', { severity: 'warning' });
  });

  it('leaves closed windows to the reader', () => {
    const probe = row('FIN_WAIT1', '192.0.2.1:443', '198.51.100.7:5000', {
      sendQ: 70_000,
      timer: 'probe (3.00/0/0)',
    });
    expectSilence(netstat(probe), 'F1-1');
    expectFinding(netstat(probe), 'SQ-1', { severity: 'warning', title: /not taken by 198/ });
  });
});
