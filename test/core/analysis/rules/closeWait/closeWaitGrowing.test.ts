import assert from 'node:assert/strict';
import { proofTexts } from '../../../../../src/core/report/findingParts';
import { plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  scene,
  ss,
} from '../../scene';

const output = (from: number, count: number, recvQ = 1): string =>
  netstat(
    ...many(count, i =>
      row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + from + i}`, {
        owner: '4321/java',
        recvQ,
      }),
    ),
  );

const SSH = 'ESTAB 0 0 192.0.2.10:22 198.51.100.9:50000';
const closeWait = (count: number, owner: string, from = 40_000): string[] =>
  many(count, i => `CLOSE-WAIT 1 0 192.0.2.10:${from + i} 198.51.100.7:443 ${owner}`);
const leaking = (pid: string, count: number, from?: number): string =>
  `$ ss -tanp\n${ss(SSH, ...closeWait(count, `users:(("app",pid=${pid},fd=4))`, from))}`;

describe('CW-3', () => {
  it('goes on behind a listing of UDP, or of the other address family', () => {
    const owner = 'users:(("app",pid=7,fd=4))';
    const udp = `$ ss -uanp\n${ss('UNCONN 0 0 0.0.0.0:68 0.0.0.0:*')}`;
    const six = `$ ss -6 -tanp\n${ss('LISTEN 0 128 [::]:22 [::]:*')}`;
    for (const between of [udp, six]) {
      const text = [3, 8, 13].map(count => `$ ss -tanp\n${ss(SSH, ...closeWait(count, owner))}`);
      expectFinding([text[0], between, text[1], text[2]].join(''), 'CW-3', {
        title: /: 3, then 13 in 3 snapshots$/,
      });
    }
  });

  it('foresees no end of descriptors where open connections turn into CLOSE_WAIT', () => {
    const turn = (closed: number, all: number): string =>
      netstat(
        ...many(all, i =>
          row(
            i < closed ? 'CLOSE_WAIT' : 'ESTABLISHED',
            '192.0.2.1:6000',
            `192.0.2.7:${40_000 + i}`,
            {
              owner: '21/orders',
              recvQ: 1,
            },
          ),
        ),
      );
    const limit = (...turns: readonly (readonly [number, number])[]): number | null | undefined =>
      expectFinding(loop(...turns.map(([closed, all]) => turn(closed, all))), 'CW-3').growth?.limit;
    assert.equal(limit([18, 41], [30, 41], [40, 41]), null);
    assert.equal(limit([0, 41], [18, 41], [30, 41], [40, 41]), null);
    assert.equal(limit([18, 41], [30, 53], [40, 63]), 1024);
  });

  it('tells growth, rate and when the descriptors are used up', () => {
    const text = loop(output(0, 3), output(0, 8), output(0, 13)).replaceAll('/java', '/orders');
    const found = expectFinding(text, 'CW-3', {
      code: 'CW-3',
      severity: 'error',
      confidence: 'high',
      pid: 4321,
      title:
        'orders (4321) leaks more and more connections: 3, then 13 in CLOSE_WAIT in 3 snapshots',
    });
    const evidence = found.evidence.map(({ text }) => plain(text));
    assert.ok(
      evidence.includes('Growing by 10 per minute, measured over 60 s.'),
      evidence.join('\n'),
    );
    assert.ok(evidence.some(text => text.includes('1,024 descriptors')));
  });

  it('tells how many there were where times are missing', () => {
    const growing = (text: string): string[] =>
      expectFinding(text, 'CW-3')
        .evidence.map(({ text: said }) => plain(said))
        .filter(said => said.startsWith('Growing'));
    const untimed = (counts: readonly number[]): string =>
      counts.map(count => output(0, count)).join('\n');
    assert.deepEqual(growing(untimed([10, 20, 40])), [
      'Growing: 10, 20, 40 in snapshots 1\u20133.',
    ]);
    assert.deepEqual(growing(untimed(many(12, i => 1000 + 10 * i))), [
      'Growing: 1,000, 1,010, 1,020, 1,030, \u2026, 1,080, 1,090, 1,100, 1,110 in snapshots 1\u201312.',
    ]);
    // What one snapshot does not list is not counted there.
    const hidden = `$ ss -tan\n${ss(SSH, ...closeWait(30, ''))}`;
    const four = [leaking('7', 10), leaking('7', 20), hidden, leaking('7', 40)].join('');
    assert.deepEqual(growing(four), ['Growing: 10, 20, 40 in snapshots 1, 2, 4.']);
    // Some times are not enough, enough are.
    assert.deepEqual(growing(`${loop(output(0, 10), output(0, 20))}\n${output(0, 40)}`), [
      'Growing: 10, 20, 40 in snapshots 1\u20133.',
    ]);
    assert.equal(growing(loop(output(0, 10), output(0, 20), output(0, 40))).length, 1);
    assert.match(growing(loop(output(0, 10), output(0, 20), output(0, 40)))[0]!, /per minute/);
    // The finding that leads says it first.
    const listening = row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', { owner: '4321/java' });
    const lead = analysed([10, 20, 40].map(count => `${output(0, count)}${listening}\n`).join('\n'))
      .findings[0]!;
    assert.equal(lead.code, 'CW-1');
    assert.match(plain(proofTexts(lead, false)[0]!), /^Growing: 10, 20, 40/);
  });

  it('knows no limit of a runtime that raises it, and puts no pool first where a leak grows', () => {
    for (const name of ['java', 'node', 'dotnet', 'dockerd']) {
      const text = loop(...[3, 8, 13].map(count => output(0, count))).replaceAll('java', name);
      const { evidence, confirm, remedy } = expectFinding(text, 'CW-3');
      assert.doesNotMatch(evidence.map(one => plain(one.text)).join(' '), /1,024/);
      assert.ok(confirm.some(({ command }) => command === "grep 'open files' /proc/4321/limits"));
      assert.doesNotMatch(plain(remedy[0]!), /pool/);
    }
  });

  it('doubts a server that has read everything, and may be answering half-closes', () => {
    const text = loop(output(0, 3, 0), output(0, 8, 0), output(0, 13, 0));
    const found = expectFinding(text, 'CW-3', {
      severity: 'warning',
      title: 'java (4321) has more and more in CLOSE_WAIT: 3, then 13 in 3 snapshots',
    });
    assert.ok(found.alternatives.some(one => plain(one).includes('only half-closed')));
    const long = many(11, i => output(0, 3 + i, 0));
    expectFinding(loop(...long), 'CW-3', { severity: 'error', confidence: 'high' });
  });

  it('does not accuse within a minute: rsync half-closes (TRUTH D, k4)', () => {
    expectFinding(scene('rsync-growing.txt'), 'CW-3', { severity: 'info', confidence: 'low' });
    expectHealthy(scene('rsync-growing.txt'));
  });

  it('speaks of descriptors on Linux only (TRUTH A19)', () => {
    for (const name of ['windows-growing.txt', 'lsof-growing.txt']) {
      const found = expectFinding(scene(name), 'CW-3', { severity: 'error' });
      assert.ok(found.evidence.every(({ text }) => !/ulimit|1,024/.test(plain(text))));
    }
  });

  it('needs three snapshots, growth, and that old ones stay', () => {
    expectSilence(loop(output(0, 3), output(0, 8)), 'CW-3');
    expectSilence(loop(output(0, 8), output(0, 8), output(0, 8)), 'CW-3');
    expectSilence(loop(output(0, 3), output(100, 8), output(200, 13)), 'CW-3');
    expectSilence(loop(output(0, 3), output(0, 8), output(0, 7)), 'CW-3');
    // A snapshot in which the program was not there yet is none of its own.
    const other = netstat(row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '1/sshd' }));
    expectSilence(loop(other, output(0, 3), output(0, 8)), 'CW-3');
    expectFinding(loop(other, output(0, 3), output(0, 8), output(0, 13)), 'CW-3', {
      title: /3, then 13 in CLOSE_WAIT in 3 snapshots/,
    });
  });

  it('goes on behind a listing that would not show the program, and not behind one that would', () => {
    const around = (middle: string, ...later: string[]): string =>
      loop(leaking('100', 10), middle, ...later);
    const later = [14, 18].map(count => leaking('100', count));
    const hidden = [
      `$ ss -tan\n${ss(SSH, ...closeWait(13, ''))}`,
      `$ ss -tlnp\n${ss('LISTEN 0 128 0.0.0.0:22 0.0.0.0:*')}`,
      `$ ss -tanp | grep nginx\n${ss(...closeWait(1, 'users:(("nginx",pid=7,fd=4))', 50_000))}`,
    ];
    for (const middle of hidden) {
      expectFinding(around(middle, ...later), 'CW-3', {
        pid: 100,
        title: /10, then 18 in CLOSE_WAIT in 3 snapshots/,
      });
      const restarted = [14, 18].map(count => leaking('200', count, 45_000));
      expectSilence(around(middle, ...restarted), 'CW-3');
      const others = [14, 18].map(count => leaking('100', count, 40_000 + 500 * count));
      expectSilence(around(middle, ...others), 'CW-3');
    }
    const shown = `$ ss -tanp\n${ss(`${SSH} users:(("sshd",pid=9,fd=3))`)}`;
    expectSilence(around(shown, ...later), 'CW-3');
  });

  it('does not begin at none where earlier snapshots show the process', () => {
    const text = loop(
      leaking('100', 10),
      ...[12, 14, 16].map(count => `$ ss -tan\n${ss(SSH, ...closeWait(count, ''))}`),
    );
    expectFinding(text, 'CW-3', { title: /: 12, then 16 in 3 snapshots/ });
  });

  it('says that a leak goes on after a restart', () => {
    const again = (...outputs: readonly string[]): string | undefined => {
      const { findings } = analysed(loop(...outputs));
      const found = findings.find(({ owner }) => owner?.pid === 200);
      const evidence = found?.evidence.map(({ text }) => plain(text)) ?? [];
      return evidence.find(text => text.startsWith('Again'));
    };
    const first = [10, 20, 40].map(count => leaking('100', count));
    const none = `$ ss -tanp\n${ss(`${SSH} users:(("sshd",pid=9,fd=3))`)}`;
    const second = [5, 15, 35].map(count => leaking('200', count, 45_000));
    const said = 'Again since a restart: PID 100 before had 10, then 40 in CLOSE_WAIT.';
    assert.equal(again(...first, ...second), said);
    assert.equal(again(...first, none, ...second), said);
    // Two snapshots are enough then.
    assert.equal(again(...first, ...second.slice(0, 2)), said);
    assert.equal(again(...first, second[0]!), undefined);
    assert.equal(again(...first, second[0]!, second[0]!, second[0]!), undefined);
    // Not so of a worker beside others, of another program, of another service, or of what did not grow.
    const beside = (text: string): string =>
      text.replace(
        /\n$/,
        '\nESTAB 0 0 192.0.2.10:8080 198.51.100.9:50001 users:(("app",pid=100,fd=9))\n',
      );
    assert.equal(again(...first, ...second.map(beside)), undefined);
    const pool = (text: string): string => beside(text).replace('pid=100,fd=9', 'pid=50,fd=9');
    assert.equal(again(...[...first, ...second].map(pool)), undefined);
    assert.equal(
      again(...first.map(text => text.replaceAll('"app"', '"old"')), ...second),
      undefined,
    );
    assert.equal(
      again(...first.map(text => text.replaceAll('7:443', '8:443')), ...second),
      undefined,
    );
    assert.equal(again(...many(3, () => first[0]!), ...second), undefined);
  });

  it('takes what fills up to where it stood before a restart for a pool', () => {
    const fills = [5, 15, 35].map(count => leaking('200', count, 45_000));
    const stood = many(3, () => leaking('100', 40));
    const filled = [10, 20, 40].map(count => leaking('100', count));
    expectSilence(loop(...stood, ...fills), 'CW-3');
    expectSilence(loop(...filled, ...stood, ...fills), 'CW-3');
    // Beyond that it grows, and one snapshot does not tell that it stood.
    const grows = [...fills, leaking('200', 60, 45_000)];
    expectFinding(loop(...stood, ...grows), 'CW-3', {
      title: /: 5, then 60 in CLOSE_WAIT in 4 snapshots/,
    });
    expectFinding(loop(stood[0]!, ...fills), 'CW-3', {
      title: /: 5, then 35 in CLOSE_WAIT in 3 snapshots/,
    });
  });
});
