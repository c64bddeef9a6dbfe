import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  scene,
  windows,
} from '../../scene';

const held = (port: number, parts = {}): string =>
  row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${port}`, { owner: '4321/java', ...parts });

describe('CW-2', () => {
  it('makes an error of what stays, and accuses nobody within a minute', () => {
    const output = (count: number): string =>
      netstat(...many(count, i => held(40_000 + i, { recvQ: 1 })));
    const two = loop(output(4), output(4));
    expectFinding(two, 'CW-2', { severity: 'info', confidence: 'low', pid: 4321, rows: 4 });
    const three = (count: number): string => loop(output(count), output(count), output(count));
    expectFinding(three(4), 'CW-2', { severity: 'warning' });
    const found = expectFinding(three(5), 'CW-2', {
      severity: 'error',
      confidence: 'high',
      title:
        'java (4321) has not closed 5 connections in CLOSE_WAIT: the same in 3 snapshots, at least 60 s',
    });
    assert.ok(found.why.some(text => plain(text).includes('stuck')));
  });

  it('is information where few of very many are left', () => {
    const output = (count: number): string => netstat(...many(count, i => held(40_000 + i)));
    const found = expectFinding(loop(output(60), output(10), output(3)), 'CW-2', {
      severity: 'info',
    });
    assert.ok(
      found.evidence.some(({ text }) =>
        plain(text).startsWith(
          'There were 60 in CLOSE_WAIT in an earlier snapshot, and there are 3',
        ),
      ),
    );
    expectFinding(loop(output(10), output(4), output(4)), 'CW-2', { severity: 'warning' });
    // They have been left for long.
    expectFinding(loop(output(60), ...many(11, () => output(3))), 'CW-2', { severity: 'warning' });
  });

  it('gives a server five minutes for its answers, and says so (TRUTH D, half)', () => {
    const output = netstat(...many(6, i => held(40_000 + i)));
    const found = expectFinding(loop(output, output, output), 'CW-2', { severity: 'warning' });
    assert.ok(found.alternatives.some(text => plain(text).includes('only half-closed')));
    expectFinding(loop(...many(11, () => output)), 'CW-2', { severity: 'error' });
    expectFinding(scene('half-close.txt'), 'CW-2', { severity: 'info', confidence: 'low' });
    expectHealthy(scene('half-close.txt'));
  });

  it('does not call stuck what is being read (TRUTH D, d13)', () => {
    expectSilence(scene('being-read.txt'), 'CW-2');
    const still = netstat(...many(6, i => held(40_000 + i, { recvQ: 5000 })));
    expectFinding(loop(still, still, still), 'CW-2', { severity: 'error' });
    const less = netstat(...many(6, i => held(40_000 + i, { recvQ: 4000 })));
    expectSilence(loop(still, still, less), 'CW-2');
  });

  it('only warns where the times of snapshots are missing', () => {
    const stuck = many(6, i => held(40_000 + i, { recvQ: 1 }));
    const later = netstat(...stuck, row('ESTABLISHED', '192.0.2.1:9443', '192.0.2.9:51000'));
    expectFinding([netstat(...stuck), later].join('\n'), 'CW-2', { confidence: 'medium' });
  });

  it('knows a half-close by who holds the other end, not by the name that Windows still shows', () => {
    const both = (i: number): string[] => [
      `CLOSE_WAIT 192.0.2.1:9443 192.0.2.1:${40_000 + i} 4321`,
      `FIN_WAIT_2 192.0.2.1:${40_000 + i} 192.0.2.1:9443 77`,
    ];
    const output = windows(...many(6, both).flat());
    const minutes = many(11, () => output);
    assertNeverSaid(loop(...minutes), /still holds its end/);
    expectFinding(loop(...minutes), 'CW-2', { severity: 'error' });
    const linux = netstat(
      ...many(6, i => [
        row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.1:${40_000 + i}`, { owner: '4321/java' }),
        row('FIN_WAIT2', `192.0.2.1:${40_000 + i}`, '192.0.2.1:9443', { owner: '77/rsync' }),
      ]).flat(),
    );
    const found = expectFinding(loop(...many(11, () => linux)), 'CW-2', { severity: 'warning' });
    assert.match(found.alternatives.map(plain).join(' '), /still holds its end/);
  });

  it('needs the same connection', () => {
    expectSilence(loop(netstat(held(40_000)), netstat(held(40_001))), 'CW-2');
    expectSilence(netstat(held(40_000)), 'CW-2');
  });

  it('takes another process on the same port for another connection', () => {
    expectSilence(loop(netstat(held(40_000)), netstat(held(40_000, { owner: '77/java' }))), 'CW-2');
  });

  it('leaves out who is still sending, and doubts where the peer still holds its end', () => {
    const sending = netstat(held(40_000, { sendQ: 9000, timer: 'on (0.20/0/0)' }));
    expectSilence(loop(sending, sending, sending), 'CW-2');
    const half = netstat(
      held(40_000),
      row('FIN_WAIT2', '192.0.2.7:40000', '192.0.2.1:9443', { owner: '88/rsync' }),
    );
    expectFinding(loop(half, half, half), 'CW-2', { severity: 'warning', confidence: 'low' });
  });
});
