import assert from 'node:assert/strict';
import { everythingSaid, expectFinding, expectSilence, many, titles } from '../../scene';

const LISTENER = 'LISTEN 0 128 0.0.0.0:8080 0.0.0.0:* users:(("api",pid=771,fd=3))';

const to = (numbers: readonly number[], owner = 'users:(("api",pid=771,fd=9))'): string[] =>
  numbers.map(i => `ESTAB 0 0 192.0.2.1:${40_000 + i} 192.0.2.40:9200 ${owner}`);
const from = (numbers: readonly number[], address: (i: number) => string): string[] =>
  numbers.map(
    i => `ESTAB 0 0 192.0.2.1:8080 ${address(i)}:${40_000 + i} users:(("api",pid=771,fd=9))`,
  );
const upTo = (count: number, first = 0): number[] => many(count, i => first + i);

/** Listings with so many minutes between them. */
const every = (minutes: number, ...listings: readonly (readonly string[])[]): string =>
  listings
    .map((rows, i) => {
      const all = minutes * i;
      const time = [8 + Math.floor(all / 60), all % 60, 0].map(n => String(n).padStart(2, '0'));
      return [
        `Mon Jan  5 ${time.join(':')} UTC 2026`,
        'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
        LISTENER,
        ...rows,
        '',
      ].join('\n');
    })
    .join('');
const counts = (...all: readonly number[]): string[][] => all.map(count => to(upTo(count)));

describe('ES-1', () => {
  it('tells of a client whose connections only grow', () => {
    const found = expectFinding(every(10, ...counts(20, 80, 140, 200)), 'ES-1', {
      severity: 'warning',
      confidence: 'medium',
      rows: 200,
      pid: 771,
      title:
        'api (771) has more and more connections to 192.0.2.40:9200: 20, then 200 in 4 snapshots',
    });
    assert.ok(everythingSaid(found).includes('Growing by 6 per minute, measured over 30 min.'));
  });

  it('counts from the snapshot before there were many', () => {
    expectFinding(every(10, ...counts(4, 40, 80)), 'ES-1', { title: /: 4, then 80 in 3 snap/ });
  });

  it('tells of one client of a server, less surely, and of no public address', () => {
    const grown = (address: string): string =>
      every(10, ...[40, 100, 160].map(count => from(upTo(count), () => address)));
    expectFinding(grown('10.0.7.9'), 'ES-1', {
      severity: 'warning',
      confidence: 'low',
      title: '10.0.7.9 has more and more connections to api (771): 40, then 160 in 3 snapshots',
    });
    assert.ok(!titles(grown('10.0.7.9')).some(title => title.startsWith('HO-1')));
    expectSilence(grown('198.51.100.7').replaceAll('198.51.100.7', '8.8.4.4'), 'ES-1');
  });

  it('names the end that opens them where both are on this host', () => {
    const pair = (count: number): string[] =>
      upTo(count).flatMap(i => [
        `ESTAB 0 0 127.0.0.1:${40_000 + i} 127.0.0.1:8080 users:(("app",pid=9,fd=9))`,
        `ESTAB 0 0 127.0.0.1:8080 127.0.0.1:${40_000 + i} users:(("api",pid=771,fd=9))`,
      ]);
    const text = every(10, pair(20), pair(60), pair(100));
    expectFinding(text, 'ES-1', { rows: 100, pid: 9 });
    assert.equal(titles(text).filter(title => title.startsWith('ES-1')).length, 1);
  });

  it('tells of slow growth in a watch, where most snapshots show none', () => {
    const slow = many(121, i => Math.floor(20 + i / 3));
    expectFinding(every(1, ...counts(...slow)), 'ES-1', { title: /then 60 in 1/ });
  });

  it('is information where times are missing', () => {
    const text = every(10, ...counts(20, 80, 140)).replace(/^Mon.*\n/gm, '');
    expectFinding(text, 'ES-1', { severity: 'info', confidence: 'low' });
  });

  it('is silent about load that grows with turnover', () => {
    const some = [20, 80, 140, 200].map((count, i) => to(upTo(count, i * 15)));
    expectSilence(every(10, ...some), 'ES-1');
  });

  it('is silent about what fills up: too soon, more and more slowly, or to where it stays', () => {
    expectSilence(every(1, ...counts(20, 80, 140, 200)), 'ES-1');
    expectSilence(every(10, ...counts(20, 150, 190, 192)), 'ES-1');
    expectSilence(every(10, ...counts(20, 80, 140, 140)), 'ES-1');
    expectSilence(every(10, ...counts(20, 80, 140, 140, 140, 141)), 'ES-1');
  });

  it('is silent about a proxy, which opens as many as it serves', () => {
    const some = [20, 80, 140].map(count => [
      ...to(upTo(count)),
      ...from(upTo(count), i => `10.0.${i}.1`),
    ]);
    expectSilence(every(10, ...some), 'ES-1');
  });

  it('is silent about a server whose many clients come and stay', () => {
    const some = [50, 200, 400].map(count => from(upTo(count), i => `10.0.${i % 100}.1`));
    expectSilence(every(10, ...some), 'ES-1');
  });

  it('is silent about a large pool that grows a little, and after a restart', () => {
    expectSilence(every(10, ...counts(500, 540, 580)), 'ES-1');
    const other = 'users:(("api",pid=900,fd=9))';
    const [first, second] = counts(60, 90);
    expectSilence(
      every(10, first!, second!, to(upTo(150, 2000), other), to(upTo(180, 2000), other)),
      'ES-1',
    );
  });

  it('does not compare what a filter has let pass with all', () => {
    const text = every(10, ...counts(20, 80, 140));
    expectSilence(text.replace('State', '$ ss -tanp | grep 9200\nState'), 'ES-1');
  });
});
