import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import { expectFinding, expectHealthy, expectSilence, many, netstat, row } from '../../scene';

/** What `… | sort | uniq -c` prints. */
const counts = (states: Readonly<Record<string, number>>): string =>
  Object.entries(states)
    .map(([state, count]) => `${String(count).padStart(7)} ${state}\n`)
    .join('');

describe('CT-25 states-counted', () => {
  it('says of thousands of CLOSE_WAIT that programs here do not close, and how to see which', () => {
    const found = expectFinding(counts({ 'CLOSE-WAIT': 8123, ESTAB: 412, LISTEN: 21 }), 'CT-25', {
      severity: 'warning',
      confidence: 'medium',
      title: 'Programs on this host most likely do not close connections: 8,123 in CLOSE_WAIT',
    });
    assert.equal(found.confirm[0]?.command, 'ss -tanpo state close-wait');
    assert.ok(!plain(found.confirm[0].text).includes('On Linux'));
    assert.equal(
      plain(found.evidence[1]!.text),
      'That is 95.2% of all in ESTABLISHED and CLOSE_WAIT.',
    );
  });

  it('says for which system the command is where the spelling does not tell', () => {
    const found = expectFinding(counts({ ESTABLISHED: 310, CLOSE_WAIT: 944 }), 'CT-25');
    assert.match(plain(found.confirm[0]!.text), /On Linux, run this as root/);
  });

  it('is information where pools of many programs may be idle, and silent at a busy moment', () => {
    expectFinding(counts({ ESTAB: 9000, 'CLOSE-WAIT': 800 }), 'CT-25', {
      severity: 'info',
      confidence: 'low',
    });
    expectSilence(counts({ ESTAB: 60_000, 'CLOSE-WAIT': 310 }), 'CT-25');
    expectSilence(counts({ ESTAB: 60, 'CLOSE-WAIT': 99 }), 'CT-25');
  });

  it('warns of a number that has grown from hour to hour, which idle pools do not', () => {
    const hours = (...numbers: readonly number[]): string =>
      numbers
        .map(
          (CLOSE_WAIT, i) =>
            `Mon Nov 30 1${i}:00:00 UTC 2026\n${counts({ CLOSE_WAIT, ESTABLISHED: 200 + i })}`,
        )
        .join('');
    const found = expectFinding(hours(10, 60, 110, 160), 'CT-25', { severity: 'warning' });
    assert.deepEqual(found.alternatives, []);
    assert.match(
      found.evidence.map(({ text }) => plain(text)).join('\n'),
      /Growing by 0\.83 per minute/,
    );
    for (const idle of [hours(160, 160, 160, 160), hours(160, 165, 170, 175), hours(60, 160)]) {
      const { alternatives } = expectFinding(idle, 'CT-25', { severity: 'info' });
      assert.match(plain(alternatives[0]!), /does not grow/);
    }
  });

  it('compares many TIME_WAIT with the ports for one destination, and accuses nobody', () => {
    for (const text of [
      counts({ TIME_WAIT: 28_190, ESTABLISHED: 310 }),
      'Total: 29122\nTCP:   28970 (estab 412, closed 28231, orphaned 12, timewait 28231)\n',
      'sockets: used 800\nTCP: inuse 610 orphan 1 tw 28100 alloc 700 mem 210\n',
    ]) {
      const found = expectFinding(text, 'CT-25', {
        severity: 'info',
        title: /^28,\d+ in TIME_WAIT: connections that this host closed first/,
      });
      assert.match(plain(found.evidence[1]!.text), /28,232 ports/);
      assert.match(found.confirm[0]!.command!, /^ss -tan state time-wait/);
    }
  });

  it('explains fewer of them as TW-2 does, and a handful not at all', () => {
    const text = counts({ TIME_WAIT: 3000, ESTABLISHED: 310 });
    const found = expectFinding(text, 'CT-25', { severity: 'info' });
    assert.equal(found.confirm.length, 0);
    expectHealthy(text);
    expectSilence(counts({ TIME_WAIT: 900, ESTABLISHED: 310 }), 'CT-25');
  });

  it('counts TIME_WAIT also where a few of them are listed', () => {
    const listed = (count: number): string =>
      netstat(
        ...many(count, i => row('TIME_WAIT', `192.0.2.1:${40_000 + i}`, `198.51.100.${i}:443`)),
      );
    expectFinding(listed(20) + counts({ TIME_WAIT: 3000 }), 'CT-25', { severity: 'info' });
    expectSilence(listed(900) + counts({ TIME_WAIT: 1100 }), 'CT-25');
  });

  it('leaves to other rules what is listed', () => {
    const listed = netstat(row('CLOSE_WAIT', '192.0.2.1:50000', '198.51.100.1:443'));
    expectSilence(listed + counts({ CLOSE_WAIT: 944, ESTABLISHED: 3 }), 'CT-25');
  });
});
