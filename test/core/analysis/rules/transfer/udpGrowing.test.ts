import assert from 'node:assert/strict';
import { everythingSaid, expectFinding, expectSilence, loop, many, ss, titles } from '../../scene';

/** `ss -uanp` with sockets of a program, by the numbers of their ports. */
const sockets = (first: number, count: number, remote = '0.0.0.0:*', pid = 7): string =>
  ss(
    'UNCONN 0 0 127.0.0.1:323 0.0.0.0:* users:(("chronyd",pid=3,fd=5))',
    ...many(
      count,
      i =>
        `UNCONN 0 0 10.1.0.1:${20_000 + first + i} ${remote} users:(("voip-gw",pid=${pid},fd=${i + 3}))`,
    ),
  ).replace('State', 'State ');

const grown = (...counts: readonly number[]): string =>
  loop(...counts.map(count => sockets(0, count)));

/** The same outputs with ten minutes between them instead of half a minute. */
const slowly = (text: string): string =>
  text.replace(
    /10:0(\d):(\d\d) UTC/g,
    (_, minute: string, second: string) =>
      `1${Math.floor((Number(minute) * 60 + Number(second)) / 180)}:${String((((Number(minute) * 60 + Number(second)) / 3) % 60) + 0).padStart(2, '0')}:00 UTC`,
  );

describe('UDP-3', () => {
  it('tells of UDP sockets of one program that only grow, as information where it is short', () => {
    const found = expectFinding(grown(191, 379, 572), 'UDP-3', {
      severity: 'info',
      confidence: 'low',
      rows: 572,
      pid: 7,
      title: 'voip-gw (7) has more and more UDP sockets: 191, then 572 in 3 snapshots',
    });
    assert.match(everythingSaid(found).join('\n'), /Growing by 381 per minute, measured over 60 s/);
  });

  it('warns where it goes on for long', () => {
    expectFinding(slowly(grown(20, 60, 100, 140)), 'UDP-3', {
      severity: 'warning',
      confidence: 'medium',
    });
  });

  it('says it once with very many connected sockets', () => {
    const text = loop(
      ...[200, 400, 600].map(count => sockets(0, count, '198.51.100.7:3478')),
    ).replaceAll('UNCONN 0 0 10.1', 'ESTAB 0 0 10.1');
    assert.ok(titles(text).filter(title => title.includes('UDP-')).length <= 1);
  });

  it('is silent about a resolver and a media server, whose sockets end', () => {
    expectSilence(loop(...many(4, i => sockets(i * 200, 150 + 100 * i))), 'UDP-3');
    expectSilence(slowly(loop(...many(4, i => sockets(i * 20, 40 + 30 * i)))), 'UDP-3');
  });

  it('is silent about what stays, what fills up more and more slowly, and few', () => {
    expectSilence(grown(500, 500, 500), 'UDP-3');
    expectSilence(grown(100, 300, 310, 311), 'UDP-3');
    expectSilence(grown(10, 20, 30), 'UDP-3');
    expectSilence(grown(100, 300), 'UDP-3');
  });

  it('is silent about another process', () => {
    expectSilence(
      loop(...[100, 250, 400].map((count, i) => sockets(0, count, '0.0.0.0:*', 7 + i))),
      'UDP-3',
    );
  });
});
