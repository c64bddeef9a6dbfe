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
      const all = Math.floor(minutes * i);
      const time = [8 + Math.floor(all / 60), all % 60, Math.round(minutes * i * 60) % 60].map(n =>
        String(n).padStart(2, '0'),
      );
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
    expectSilence(every(1, ...counts(20, 50, 80, 110)), 'ES-1');
    expectSilence(every(10, ...counts(20, 150, 190, 192)), 'ES-1');
    expectSilence(every(10, ...counts(20, 80, 140, 140)), 'ES-1');
    expectSilence(every(10, ...counts(20, 80, 140, 140, 140, 141)), 'ES-1');
  });

  it('is information, and surely no more, where very many come within minutes', () => {
    const found = expectFinding(every(1, ...counts(20, 80, 140, 200)), 'ES-1', {
      severity: 'info',
      confidence: 'low',
    });
    assert.match(everythingSaid(found).join('\n'), /A pool that is filling up/);
    const clients = [20, 80, 140, 200].map(count => from(upTo(count), () => '10.0.7.9'));
    expectFinding(every(0.1, ...clients), 'ES-1', { severity: 'info' });
    // Many that come and go, and what has reached its number.
    expectSilence(every(1, ...[20, 80, 140, 200].map((n, i) => to(upTo(n, i * 15)))), 'ES-1');
    expectSilence(every(1, ...counts(20, 150, 200, 200)), 'ES-1');
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

  it('tells of growth with a dip, but not of turnover or of what stays for a while', () => {
    const dip = [
      ...counts(10, 20, 30),
      to(upTo(28, 3)),
      ...[40, 50].map(count => to(upTo(count, 3))),
    ];
    expectFinding(every(10, ...dip), 'ES-1', { title: /: 10, then 50 in 6 snapshots/ });
    const long = [...counts(10, 30), to(upTo(28, 3)), ...[50, 70].map(count => to(upTo(count, 3)))];
    expectFinding(every(10, ...long), 'ES-1');
    // Half of the connections are others each time.
    const other = [10, 20, 30, 28, 40, 50].map((count, i) => to(upTo(count, i * 8)));
    expectSilence(every(10, ...other), 'ES-1');
    expectSilence(every(10, ...counts(10, 30, 30, 50, 70)), 'ES-1');
    expectSilence(every(10, ...counts(10, 30, 50, 70), to(upTo(66, 4))), 'ES-1');
  });

  /** Connections to a port of several addresses, one after the other. */
  const spread = (count: number, addresses: number, port = 443, owner = 'app'): string[] =>
    upTo(count).map(
      i =>
        `ESTAB 0 0 192.0.2.1:${40_000 + i} 20.0.${Math.floor((i % addresses) / 200)}.${(i % addresses) % 200}:${port} users:(("${owner}",pid=9,fd=${i}))`,
    );

  it('tells of growth over the addresses of one service', () => {
    const found = expectFinding(
      every(10, ...[20, 80, 140, 200].map(count => spread(count, 25))),
      'ES-1',
      {
        severity: 'warning',
        confidence: 'medium',
        rows: 200,
        title:
          'app (9) has more and more connections to 25 remote addresses: 20, then 200 in 4 snapshots',
      },
    );
    assert.match(everythingSaid(found).join(), /dport = :443/);
    // One address that has most of them is told alone.
    const most = [20, 80, 140].map(count => [...to(upTo(count)), ...spread(3, 3, 9200, 'api')]);
    const text = every(10, ...most).replaceAll('pid=9', 'pid=771');
    assert.equal(titles(text).filter(title => title.startsWith('ES-1')).length, 1);
    expectFinding(text, 'ES-1', { title: /192\.0\.2\.40/ });
  });

  it('is information where each of many addresses has one, as of peers', () => {
    expectFinding(every(10, ...[20, 80, 140, 200].map(count => spread(count, 200, 9001))), 'ES-1', {
      severity: 'info',
      confidence: 'low',
    });
    // Different ports are different services; connections that end are a browser's.
    const peers = [20, 80, 140].map(count =>
      spread(count, 200).map((text, i) => text.replace(':443 ', `:${6000 + i} `)),
    );
    expectSilence(every(10, ...peers), 'ES-1');
    const sites = [20, 80, 140].map((count, i) => spread(count + 40, 25).slice(i * 20));
    expectSilence(every(10, ...sites), 'ES-1');
  });

  it('is information for a relay whose clients cannot be counted', () => {
    for (const name of ['envoy', 'sshd', 'haproxy', 'ssh', 'kube-proxy']) {
      const text = every(10, ...counts(20, 80, 140, 200)).replaceAll('"api"', `"${name}"`);
      expectFinding(text, 'ES-1', { severity: 'info', confidence: 'low' });
    }
  });

  it('is silent about clients behind a router that a route names', () => {
    const some = [40, 100, 160].map(count => from(upTo(count), () => '10.0.7.9'));
    const route = ['default via 10.0.7.9 dev eth0 proto static'];
    expectSilence(every(10, some[0]!, some[1]!, [...some[2]!, ...route]), 'ES-1');
    expectFinding(every(10, ...some), 'ES-1');
  });

  it('does not compare what a filter has let pass with all', () => {
    const text = every(10, ...counts(20, 80, 140));
    expectSilence(text.replace('State', '$ ss -tanp | grep 9200\nState'), 'ES-1');
  });
});
