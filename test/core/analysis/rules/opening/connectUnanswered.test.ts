import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectHealthy,
  loop,
  many,
  netstat,
  row,
  type RowParts,
  ss,
  titles,
  windows,
} from '../../scene';

const syn = (i: number, b: number, remote = '203.0.113.9:443'): string =>
  row('SYN_SENT', `192.0.2.1:${40_000 + i}`, remote, {
    sendQ: 1,
    owner: '31/app',
    timer: `on (1.00/${b}/0)`,
  });

describe('SS-1', () => {
  it('tells a connect that goes nowhere', () => {
    expectFinding(netstat(syn(0, 4)), 'SS-1', {
      severity: 'warning',
      confidence: 'high',
      pid: 31,
      title: 'app (31) is getting no answer from 203.0.113.9:443: 1 in SYN_SENT',
    });
  });

  it('grows with the number to one remote', () => {
    expectFinding(netstat(...many(4, i => syn(i, 1))), 'SS-1', { severity: 'info' });
    expectFinding(netstat(...many(5, i => syn(i, 1))), 'SS-1', {
      severity: 'warning',
      confidence: 'medium',
      title: 'app (31) is most likely getting no answer from 203.0.113.9:443: 5 in SYN_SENT',
    });
    expectFinding(netstat(...many(20, i => syn(i, 1))), 'SS-1', { severity: 'error' });
  });

  it('does not accuse connects that are younger than a second, of however many', () => {
    expectHealthy(netstat(...many(30, i => syn(i, 0))));
  });

  it('is quiet about a handshake', () => {
    expectHealthy(netstat(syn(0, 0), syn(1, 1, '198.51.100.2:80')));
    expectHealthy(windows('SYN_SENT 192.0.2.1:50000 203.0.113.9:443 31'));
  });

  it('tells of one remote that is tried anew in each of several snapshots, and never connected', () => {
    const other = row('ESTABLISHED', '192.0.2.1:39000', '203.0.113.8:443', { owner: '31/app' });
    const at = (i: number, retransmits: number, ...more: readonly string[]): string =>
      netstat(other, syn(i * 10, retransmits), syn(i * 10 + 1, 0), ...more);
    const found = expectFinding(loop(at(0, 1), at(1, 1), at(2, 1)), 'SS-1', {
      severity: 'warning',
      confidence: 'medium',
    });
    assert.ok(
      everythingSaid(found).includes(
        'Attempts to connect are in each of 3 snapshots in a row, and a connection in none.',
      ),
    );
    const made = row('TIME_WAIT', '192.0.2.1:39001', '203.0.113.9:443');
    for (const text of [
      loop(at(0, 1), at(1, 1)),
      loop(at(0, 1), at(1, 1), at(2, 0)),
      loop(at(0, 1), netstat(other), at(1, 1), at(2, 1)),
      loop(at(0, 1), at(1, 1, made), at(2, 1)),
      loop(at(0, 1), at(1, 1), at(2, 1)).replaceAll(/10:0[01]:[03]0/g, '10:00:00'),
    ]) {
      expectFinding(text, 'SS-1', { severity: 'info' });
    }
  });

  it('names the program that several processes run', () => {
    const workers = many(5, i => syn(i, 3).replace('31/app', `${31 + i}/php-fpm8.2`));
    expectFinding(netstat(...workers), 'SS-1', {
      title: 'php-fpm8.2 (5 processes) is getting no answer from 203.0.113.9:443: 5 in SYN_SENT',
    });
    const several = 'More than one process is getting no answer from 203.0.113.9:443';
    const hidden = syn(9, 3).replace('31/app', '-');
    expectFinding(netstat(...workers, hidden), 'SS-1', { title: `${several}: 6 in SYN_SENT` });
  });

  it('names no program where several connect, and does not say that none is shown', () => {
    const rows = many(5, i => syn(i, 3).replace('31/app', `${31 + i}/curl${i}`));
    expectFinding(netstat(...rows), 'SS-1', {
      title: 'More than one process is getting no answer from 203.0.113.9:443: 5 in SYN_SENT',
    });
    expectFinding(netstat(...many(5, i => syn(i, 3).replace('31/app', '-'))), 'SS-1', {
      title: /^An unidentified program is getting no answer/,
    });
  });

  it('sends no one to another host where both ends are on this one', () => {
    for (const address of ['127.0.0.1', '192.0.2.1']) {
      const here = (again: number): string =>
        netstat(
          ...many(5, i => syn(i, again, `${address}:8080`).replace('192.0.2.1:4', `${address}:4`)),
        );
      const found = expectFinding(here(3), 'SS-1', { severity: 'warning' });
      assert.deepEqual(
        found.confirm.map(({ command }) => command),
        ["ss -tlnp 'sport = :8080'"],
      );
      for (const text of [here(3), here(0)]) {
        assertNeverSaid(
          text,
          /another host|route|security group|network of this host|the host is down/,
        );
      }
    }
    // Elsewhere that advice is right.
    const elsewhere = expectFinding(netstat(syn(0, 4)), 'SS-1');
    assert.match(everythingSaid(elsewhere).join(' '), /from another host/);
    assert.match(everythingSaid(elsewhere).join(' '), /security group/);
  });

  it('counts a second snapshot', () => {
    const output = windows('SYN_SENT 192.0.2.1:50000 203.0.113.9:443 31');
    expectFinding(loop(output, output), 'SS-1', { severity: 'warning' });
  });

  const open = (count: number, to: (i: number) => string, owner = '31/app'): string[] =>
    many(count, i => row('ESTABLISHED', `192.0.2.1:${50_000 + i}`, to(i), { owner }));
  const said = (text: string): string => everythingSaid(expectFinding(text, 'SS-1')).join(' ');

  it('names what answers on the same port, and does not say then that the network is down', () => {
    const silent = many(6, i => syn(i, 2));
    assert.match(said(netstat(...silent)), /network of this host may be down/);
    const text = netstat(...silent, ...open(30, i => `203.0.113.${20 + (i % 3)}:443`));
    assert.match(said(text), /Other addresses with connections on port 443: 3\./);
    assertNeverSaid(text, /network of this host/);
    // Clients of this host on its own port 443 say nothing of servers elsewhere.
    const served = netstat(
      row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '9/nginx' }),
      ...silent,
      ...many(5, i => row('ESTABLISHED', '192.0.2.1:443', `198.51.100.${i + 1}:5000`)),
    );
    assert.doesNotMatch(said(served), /Other addresses/);
    // What is sent again and again to all shows no network.
    const dead = netstat(
      ...silent,
      row('ESTABLISHED', '192.0.2.1:50000', '203.0.113.20:22', { timer: 'on (9.00/5/0)' }),
    );
    assert.match(said(dead), /network of this host may be down/);
  });

  /** Silent connects, and others to that host with these parts, some of them with details of ss. */
  const beside = (parts: RowParts): string =>
    said(
      netstat(
        ...many(6, i => syn(i, 4)),
        ...many(8, i => row('ESTABLISHED', `192.0.2.1:${50_000 + i}`, '203.0.113.9:443', parts)),
      ),
    );
  const heard = (ms: number, remote = '203.0.113.9:443'): string =>
    said(
      ss(
        ...many(
          6,
          i =>
            `SYN-SENT 0 1 192.0.2.1:${40_000 + i} 203.0.113.9:443 users:(("app",pid=31,fd=${i})) timer:(on,3sec,4)`,
        ),
        ...many(
          8,
          i =>
            `ESTAB 0 0 192.0.2.1:${50_000 + i} ${remote} users:(("app",pid=31,fd=${i + 9}))\n\t cubic lastsnd:${ms} lastrcv:${ms} lastack:${ms}`,
        ),
      ),
    );

  it('names the one network that is silent, whatever the program reaches elsewhere', () => {
    const dump = (remote: (i: number) => string, again: number, ...others: string[]): string =>
      netstat(
        ...many(12, i => syn(i, again, `${remote(i)}:9092`)),
        ...many(30, i =>
          row('ESTABLISHED', `192.0.2.1:${42_000 + i}`, `198.51.100.${i + 1}:9092`, {
            owner: '31/app',
            timer: 'off (0.00/0/0)',
          }),
        ),
        ...others,
      );
    const rack = (i: number): string => `203.0.113.${i + 1}`;
    const found = expectFinding(dump(rack, 4), 'SS-1', {
      severity: 'warning',
      title:
        'app (31) is getting no answer from 12 remote addresses of 203.0.113.0/24: 12 in SYN_SENT',
    });
    assert.ok(everythingSaid(found).some(text => text.includes('to other addresses: 30')));
    // Peers that have gone here and there, a network of which others answer, and SYNs on the way.
    expectHealthy(dump(i => `203.0.${i}.9`, 4));
    const answering = row('ESTABLISHED', '192.0.2.1:43000', '203.0.113.99:9092', {
      owner: '31/app',
      timer: 'off (0.00/0/0)',
    });
    expectHealthy(dump(rack, 4, answering));
    expectHealthy(dump(rack, 1));
  });

  describe('of a few among very many targets', () => {
    const target = (i: number): string => `10.20.${i}.7:9100`;
    const few = (count: number, owner: (i: number) => string = () => '31/app'): string[] =>
      many(count, i => syn(i, 3, `10.30.${i}.7:9100`).replace('31/app', owner(i)));
    const one = 'app (31) is connecting to 3 remote addresses';

    it('informs once', () => {
      const found = expectFinding(netstat(...few(3), ...open(100, target)), 'SS-1', {
        severity: 'info',
        rows: 3,
        title: one,
      });
      assert.match(everythingSaid(found).join(' '), /connections on port 9100: 100\./);
      expectHealthy(netstat(...few(3), ...open(100, target)));
      // One process each, as of a mail server, whose last connections have no process.
      const worker = (i: number): string => `${31 + i}/smtp`;
      const old = many(30, i => row('TIME_WAIT', `192.0.2.1:${51_000 + i}`, target(i)));
      expectHealthy(netstat(...few(3, worker), ...old, ...open(2, target, '99/smtp')));
      expectHealthy(netstat(...few(11, worker), ...open(100, target, '99/smtp')));
    });

    it('warns of one among a few, of what stands out, and of another program', () => {
      for (const text of [
        netstat(...few(1), ...open(7, target)),
        netstat(...few(6), ...open(40, target)),
        netstat(...many(5, i => syn(i, 3, '10.30.0.7:9100')), ...open(100, target)),
        netstat(...few(1), ...open(100, target, '77/other')),
        netstat(
          ...few(1),
          ...open(1, target),
          ...open(1, target, '77/other'),
          ...many(30, i => row('TIME_WAIT', `192.0.2.1:${51_000 + i}`, target(i))),
        ),
      ]) {
        expectFinding(text, 'SS-1', { severity: 'warning' });
      }
    });
  });

  it('knows a host to be up by what it answered since the first SYN', () => {
    assert.match(heard(208), /answered meanwhile: 8\. So the host is up: its accept queue.*NAT/);
    assert.doesNotMatch(heard(208), /Other addresses with|does not show that it still answers/);
    assert.match(heard(208, '203.0.113.9:22'), /other ports of the same address .* meanwhile: 8\./);
  });

  it('takes ESTABLISHED alone for no answer', () => {
    const listed = /same address in ESTABLISHED: 8\. This does not show that it still answers/;
    for (const text of [
      beside({}),
      beside({ sendQ: 412 }),
      beside({ timer: 'keepalive (812.00/0/0)' }),
      heard(7_200_000),
      heard(7_200_000, '203.0.113.9:22'),
    ]) {
      assert.match(text, listed);
      assert.doesNotMatch(text, /host is up|answered meanwhile/);
    }
    for (const timer of ['on (9.00/9/0)', 'keepalive (9.00/0/5)']) {
      assert.doesNotMatch(beside({ timer, sendQ: 1 }), /host is up|answered meanwhile|: 8\./);
    }
  });

  it('knows a mount by the port of its client', () => {
    const mount = (local: number, owner: string): string =>
      netstat(
        row('SYN_SENT', `192.0.2.1:${local}`, '203.0.113.9:2049', {
          sendQ: 1,
          owner,
          timer: 'on (3.50/2/0)',
        }),
      );
    assert.match(said(mount(846, '-')), /an NFS mount/);
    assertNeverSaid(mount(40_846, '-'), /NFS/);
    assertNeverSaid(mount(846, '7/rbd'), /NFS/);
  });

  describe('on a well-known port that no address answers on', () => {
    const mail = (count: number, port: number): string[] =>
      many(count, i =>
        row('SYN_SENT', `192.0.2.1:${40_000 + i}`, `203.0.113.${i + 1}:${port}`, {
          sendQ: 1,
          owner: `${100 + i}/smtp`,
        }),
      );
    const plainNetstat = (...rows: readonly string[]): string =>
      netstat(...rows)
        .replaceAll(/ (?:off|on) \(.*/g, '')
        .replace(' Timer', '');
    const others = open(3, i => `198.51.100.${i + 1}:5432`);

    it('suspects a filter for that port', () => {
      const found = expectFinding(plainNetstat(...mail(26, 25), ...others), 'SS-1', {
        severity: 'warning',
        confidence: 'medium',
        title:
          'Outgoing port 25 is most likely blocked: smtp (26 processes) is getting no answer from 26 remote addresses',
      });
      assert.match(found.remedy.map(plain).join(' '), /587/);
      const web = expectFinding(plainNetstat(...mail(8, 443), ...others), 'SS-1', {
        severity: 'warning',
        title: /^Outgoing port 443 is most likely blocked/,
      });
      assert.doesNotMatch(web.remedy.map(plain).join(' '), /587/);
    });

    it('names no provider where the targets are in private networks', () => {
      const near = mail(8, 443).map(text => text.replace('203.0.113.', '10.20.3.'));
      expectFinding(plainNetstat(...near, ...others), 'SS-1', { title: /blocked/ });
      assertNeverSaid(plainNetstat(...near, ...others), /provider/);
      assert.match(said(plainNetstat(...mail(8, 443), ...others)), /provider/);
    });

    it('does not where one answers, a few are silent, or all have just begun', () => {
      for (const text of [
        plainNetstat(...mail(26, 25), ...others, ...open(1, () => '198.51.100.9:25')),
        plainNetstat(
          ...mail(26, 25),
          ...others,
          row('TIME_WAIT', '192.0.2.1:51000', '198.51.100.9:25'),
        ),
        plainNetstat(...mail(4, 25), ...others),
        plainNetstat(...mail(26, 25)),
        netstat(...mail(26, 25).map(text => text.replace('off', 'on')), ...others),
        plainNetstat(...mail(26, 8080), ...others),
      ]) {
        assertNeverSaid(text, /blocked/);
      }
    });
  });

  describe('from one local address', () => {
    const vpn = (count: number, again = 3): string[] =>
      many(count, i => syn(i, again, `10.20.${i}.9:443`).replace('192.0.2.1:', '10.8.0.14:'));
    const works = (count = 10): string[] => open(count, i => `203.0.113.${i + 1}:443`);
    const stuck = (timer: string): string[] =>
      many(6, i =>
        row('ESTABLISHED', `10.8.0.14:${45_000 + i}`, `10.20.${i}.8:443`, {
          sendQ: 900,
          owner: '31/app',
          timer,
        }),
      );
    const title =
      'Everything from the local address 10.8.0.14 is most likely unanswered: 8 in SYN_SENT';

    it('suspects its interface, where others have answers', () => {
      const text = netstat(...vpn(8), ...stuck('on (20.00/6/0)'), ...works());
      const found = expectFinding(text, 'SS-1', { severity: 'warning', rows: 14, title });
      assert.match(found.remedy.map(plain).join(' '), /VPN/);
      assert.deepEqual(
        analysed(text).findings.filter(({ severity }) => severity !== 'info').length,
        1,
      );
      const ipconfig = windows(
        ...many(12, i => `SYN_SENT 10.8.0.14:${50_000 + i} 10.20.${i}.9:443 ${i}`),
        ...many(10, i => `ESTABLISHED 192.0.2.1:${51_000 + i} 203.0.113.${i + 1}:443 9`),
      );
      const plainRows = (sendQ: number): string =>
        netstat(
          ...vpn(12),
          ...works(),
          row('ESTABLISHED', '10.8.0.14:45000', '10.20.0.8:443', { sendQ }),
        )
          .replaceAll(/ (?:off|on) \(.*/g, '')
          .replace(' Timer', '');
      expectFinding(plainRows(302), 'SS-1', { title: /^Everything from the local/ });
      assertNeverSaid(plainRows(0), /Everything from the local/);
      expectFinding(ipconfig, 'SS-1', { severity: 'warning', title: /^Everything from the local/ });
    });

    it('does not where it has an answer, others have none, or a few are on their way', () => {
      for (const text of [
        netstat(...vpn(8), ...stuck('off (0.00/0/0)'), ...works()),
        netstat(...vpn(8), ...works(2)),
        netstat(...vpn(4), ...works()),
        netstat(...vpn(8, 0), ...works()),
        netstat(...vpn(8).map(text => text.replace('10.8.0.14', '192.0.2.1')), ...works()),
      ]) {
        assertNeverSaid(text, /Everything from the local/);
      }
    });
  });

  it('names a DNS server, and the lookups that wait for it over UDP', () => {
    const lookups = (count: number, remote = '10.0.0.2:53'): string[] =>
      many(count, i =>
        row('ESTABLISHED', `192.0.2.1:${52_000 + i}`, remote, {
          owner: '31/app',
          protocol: 'udp',
          timer: '',
        }),
      );
    const over = (again: number, remote = '10.0.0.2:53'): string[] =>
      many(6, i => syn(i, again, remote));
    const found = expectFinding(netstat(...over(3), ...lookups(8)), 'SS-1', {
      severity: 'warning',
      rows: 6,
      title:
        'The DNS server 10.0.0.2:53 is most likely not answering: 6 in SYN_SENT, and 8 UDP sockets connected to it',
    });
    assert.match(found.remedy.map(plain).join(' '), /UDP and TCP port 53/);
    for (const rows of [
      [...over(3), ...lookups(2)],
      [...over(3), ...lookups(8, '10.0.0.3:53')],
      [...over(3, '10.0.0.2:853'), ...lookups(8)],
      [...over(0), ...lookups(8)],
      // It answers over UDP.
      [
        ...over(3),
        ...lookups(8).map((text, i) => (i === 0 ? text.replace('udp 0', 'udp 512') : text)),
      ],
    ]) {
      expectFinding(netstat(...rows), 'SS-1');
      assertNeverSaid(netstat(...rows), /DNS server/);
    }
    expectHealthy(netstat(...lookups(8)));
  });

  describe('over one version of IP', () => {
    const over6 = (count: number, again = 3, owner = '31/app'): string[] =>
      many(count, i =>
        row('SYN_SENT', `2001:db8:5::12:${43_000 + i}`, `2a00:1450:${4000 + i}::200e:443`, {
          sendQ: 1,
          owner,
          timer: `on (1.00/${again}/0)`,
          protocol: 'tcp6',
        }),
      );
    const over4 = open(5, i => `203.0.113.${i + 1}:443`);
    const connection6 = (local: string, remote: string): string =>
      row('ESTABLISHED', local, remote, { protocol: 'tcp6' });
    const untold = (...rows: string[]): string =>
      netstat(...rows)
        .replaceAll(/ (?:off|on) \(.*/g, '')
        .replace(' Timer', '');
    const title = /^Everything over IPv6 is most likely unanswered: \d+ in SYN_SENT$/;

    it('names it, where the other one is answered on the same ports', () => {
      const text = netstat(...over6(4), ...over4);
      const found = expectFinding(text, 'SS-1', { severity: 'warning', rows: 4, title });
      assert.match(found.why.map(plain).join(' '), /^Connections over IPv4 .* answered: 5\./);
      assert.equal(analysed(text).findings.length, 1);
      const near = connection6('fd00::5:443', 'fd00::9:50000');
      expectFinding(netstat(...over6(4), ...over4, near), 'SS-1', { title });
      // Without counts of retransmissions, of several programs.
      const two = [...over6(3), ...over6(6, 3, '32/app').slice(3)];
      expectFinding(untold(...two, ...over4), 'SS-1', { severity: 'warning', rows: 6, title });
    });

    it('does not of one service, of attempts that have just begun, or where some get through', () => {
      const one = over6(6).map(text => text.replace(/1450:\d+::200e/, '1450:4001::200e'));
      const linkLocal = over6(4).map((text, i) => text.replace(/2a00:\S+?::200e/, `fe80::${i}`));
      for (const text of [
        netstat(...one, ...over4),
        netstat(...linkLocal, ...over4),
        netstat(...over6(7, 0), ...over4),
        untold(...over6(7), ...over4),
        netstat(...over6(4), ...over4, connection6('2001:db8:5::12:22', '2a02:8109::7:50000')),
        netstat(...over6(4), ...over4.slice(0, 2)),
        netstat(...over6(4), ...over4.map(text => text.replace(':443 ', ':993 '))),
      ]) {
        assertNeverSaid(text, /Everything over/);
      }
    });
  });

  describe('to peers, each on a port of its own', () => {
    const peer = (i: number, port = 30_011 + 7 * i): string =>
      syn(i, 4, `203.0.${i}.9:${port}`).replace('192.0.2.1:', '10.8.0.14:');
    const works = many(10, i =>
      row('ESTABLISHED', `192.0.2.1:${50_000 + i}`, `198.51.100.${i + 1}:443`, { owner: '5/web' }),
    );

    it('is information, also from an address of which nothing else is seen', () => {
      for (const count of [6, 12, 60]) {
        const text = netstat(...many(count, i => peer(i)), ...works);
        expectFinding(text, 'SS-1', { severity: 'info', rows: count });
        expectHealthy(text);
        expectHealthy(text.replaceAll('31/app', '-'));
      }
    });

    it('hides nothing of services, of what is tried again and again, and of other programs', () => {
      const peers = many(12, i => peer(i));
      const db = many(5, i => syn(40 + i, 4, '198.51.100.7:5432').replace('31/app', '9/api'));
      expectFinding(netstat(...peers, ...db, ...works), 'SS-1', {
        severity: 'warning',
        title: /^api \(9\) is getting no answer from 198\.51\.100\.7:5432: 5/,
      });
      for (const others of [
        many(8, i => peer(i, 443)),
        many(8, i => peer(i, 8000 + (i % 2))),
        many(12, i => peer(i % 4, 30_011 + 7 * i)),
        many(8, i => peer(i).replace('203.0.', '10.20.')),
      ]) {
        expectFinding(netstat(...others, ...works), 'SS-1', { severity: 'warning' });
      }
    });
  });

  describe('to several services at once', () => {
    const services = ['203.0.113.9:443', '198.51.100.7:5432', '192.88.99.5:6379'];
    const silent = (...remotes: readonly string[]): string[] =>
      remotes.map((remote, i) => syn(i, 3, remote).replace('31/app', `${31 + i}/app${i}`));
    const wayOut = /no way out/;

    it('suspects the way out of this host', () => {
      expectFinding(netstat(...silent(...services)), 'SS-1', {
        severity: 'warning',
        confidence: 'medium',
        rows: 3,
        title:
          'This host most likely has no way out: more than one process is getting no answer from 3 remote addresses',
      });
      const session = (remote: string, timer = 'off (0.00/0/0)'): string =>
        row('ESTABLISHED', '192.0.2.1:22', remote, { owner: '2/sshd', timer });
      // Neighbors, and what is sent again and again, show no way out.
      for (const other of [
        session('10.0.0.7:50000'),
        session('203.0.113.77:50000', 'on (9.00/5/0)'),
      ]) {
        const found = expectFinding(netstat(...silent(...services), other), 'SS-1');
        assert.match(plain(found.title), wayOut);
      }
      const old = (ms: number): string =>
        ss(
          ...services.map(
            (remote, i) => `SYN-SENT 0 1 192.0.2.1:${40_000 + i} ${remote} timer:(on,3sec,3)`,
          ),
          `ESTAB 0 0 192.0.2.1:41000 203.0.113.80:443 cubic lastsnd:${ms} lastrcv:${ms} lastack:${ms}`,
        );
      assert.match(plain(expectFinding(old(600_000), 'SS-1').title), wayOut);
      assertNeverSaid(old(600), wayOut);
    });

    it('suspects the network of this host where nothing answers several programs, however near', () => {
      const ask = (count: number, port: number, owner: string): string[] =>
        many(count, i => syn(port + i, 4, `192.0.2.${10 + i}:${port}`).replace('31/app', owner));
      const both = [...ask(6, 443, '7/node'), ...ask(4, 25, '8/postfix')];
      const text = netstat(...both);
      const found = expectFinding(text, 'SS-1', {
        severity: 'warning',
        confidence: 'medium',
        rows: 10,
        title:
          /^This host most likely has no way out: more than one process .* 6 remote addresses$/,
      });
      assert.match(everythingSaid(found).join('\n'), /check the interface of this host/);
      assert.equal(titles(text).filter(title => title.includes('SS-1')).length, 1);
      for (const other of [
        // Some answer; one program, one port, or few addresses; what a filter has let pass; a scan.
        netstat(...both, ...open(4, i => `192.0.2.${30 + i}:443`)),
        netstat(...both, row('ESTABLISHED', '192.0.2.1:22', '192.0.2.99:50000')),
        netstat(...both, row('TIME_WAIT', '192.0.2.1:51000', '192.0.2.99:443')),
        netstat(...ask(6, 443, '7/node'), ...ask(4, 25, '7/node')),
        netstat(...ask(6, 443, '7/node'), ...ask(4, 443, '8/postfix')),
        netstat(...ask(3, 443, '7/node'), ...ask(3, 25, '8/postfix')),
        netstat(...both).replace(/^/, '$ netstat -antop | grep SYN_SENT\n'),
        netstat(...ask(6, 22, '7/node'), ...ask(4, 25, '8/postfix')),
      ]) {
        assertNeverSaid(other, wayOut);
      }
    });

    it('does not where others answer, or the services have something in common', () => {
      for (const text of [
        netstat(...silent(...services), ...open(1, () => '203.0.113.80:443')),
        netstat(...silent(...services), row('TIME_WAIT', '192.0.2.1:51000', '203.0.113.80:443')),
        netstat(...silent(...services.slice(1))),
        netstat(...silent(...services.map(remote => remote.replace(/:.*/, ':443')))),
        netstat(...silent('203.0.113.9:443', '203.0.113.10:5432', '203.0.113.11:6379')),
        netstat(...silent(...services.map(remote => remote.replace(/:.*/, ':23')))),
        netstat(...silent('192.0.2.9:443', ...services.slice(1))),
        netstat(...services.map((remote, i) => syn(i, 1, remote))),
      ]) {
        assertNeverSaid(text, wayOut);
      }
    });
  });
});
