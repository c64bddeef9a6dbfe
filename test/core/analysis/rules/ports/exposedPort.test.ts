import assert from 'node:assert/strict';

import { Localizer, plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  assertNeverSaid,
  expectFinding,
  expectSilence,
  many,
  netstat,
  row,
  titles,
  truth,
  windows,
} from '../../scene';

const listen = (local: string, remote = '0.0.0.0:*'): string =>
  netstat(
    row('LISTEN', local, remote, {
      owner: '8/server',
      protocol: remote === ':::*' ? 'tcp6' : 'tcp',
    }),
  );

describe('EXP-1', () => {
  it('warns of databases on all addresses', () => {
    expectFinding(listen('0.0.0.0:6379'), 'EXP-1', {
      severity: 'warning',
      pid: 8,
      title: 'server (8) listens on 6379 on all addresses, the default port of Redis',
    });
    expectFinding(listen(':::5432', ':::*'), 'EXP-1', { severity: 'warning' });
    expectFinding(listen('203.0.113.4:27017'), 'EXP-1', {
      severity: 'warning',
      title: 'server (8) listens on 203.0.113.4, port 27017, the default port of MongoDB',
    });
  });

  it('leaves a container to what publishes its ports', () => {
    expectSilence(`$ docker exec cache netstat -tln\n${listen('0.0.0.0:6379')}`, 'EXP-1');
    expectFinding(`$ ssh cache netstat -tln\n${listen('0.0.0.0:6379')}`, 'EXP-1');
  });

  it('does not doubt that it is reached where it is', () => {
    const from = (remote: string): string =>
      listen('0.0.0.0:3306') +
      row('ESTABLISHED', '203.0.113.4:3306', remote, { owner: '8/server' });
    const doubts = (text: string): string =>
      expectFinding(text, 'EXP-1').alternatives.map(plain).join(' ');
    assert.equal(doubts(from('198.51.100.9:40001')), '');
    assert.match(doubts(from('10.0.0.9:40001')), /may keep others out/);
  });

  it('makes an error of the open Docker API', () => {
    expectFinding(listen('0.0.0.0:2375'), 'EXP-1', {
      severity: 'error',
      title:
        'server (8) listens on 2375 on all addresses, the default port of the Docker API without TLS',
    });
  });

  it('translates a service whose name is words', () => {
    const localizer = new Localizer((english, args) =>
      english === 'the Docker API without TLS'
        ? 'die Docker-API ohne TLS'
        : english.replace(/\{(\w+)\}/g, (whole, name: string) => args[name] ?? whole),
    );
    expectFinding(
      listen('0.0.0.0:2375'),
      'EXP-1',
      { title: /the default port of die Docker-API ohne TLS$/ },
      { localizer },
    );
  });

  it('is silent about loopback and other ports, mild about private addresses', () => {
    expectSilence(listen('127.0.0.1:6379'), 'EXP-1');
    expectSilence(listen('::1:6379', ':::*'), 'EXP-1');
    expectSilence(listen('0.0.0.0:443'), 'EXP-1');
    expectFinding(listen('10.0.0.4:3306'), 'EXP-1', { severity: 'info' });
  });

  it('takes what Windows does by default for information', () => {
    expectFinding(windows('LISTENING 0.0.0.0:445 0.0.0.0:0 4'), 'EXP-1', { severity: 'info' });
    expectFinding(windows('LISTENING 192.168.1.5:139 0.0.0.0:0 4'), 'EXP-1', { severity: 'info' });
    expectFinding(windows('LISTENING 0.0.0.0:3389 0.0.0.0:0 900'), 'EXP-1', {
      severity: 'warning',
    });
  });

  it('advises to bind only what can be bound', () => {
    const remedy = (text: string): string => plain(expectFinding(text, 'EXP-1').remedy[0]!);
    for (const port of [139, 445, 3389]) {
      assert.match(
        remedy(windows(`LISTENING 0.0.0.0:${port} 0.0.0.0:0 4`)),
        /^Let only known remote addresses reach this port: .*Windows Firewall/,
      );
    }
    assert.match(
      remedy(windows('LISTENING 0.0.0.0:6379 0.0.0.0:0 900')),
      /bind it to 127\.0\.0\.1/,
    );
    assert.match(remedy(listen('0.0.0.0:445')), /bind it to 127\.0\.0\.1/);
  });

  it('leaves the kubelet to its node, and warns of what else listens on its port', () => {
    const kubelet = (owner: string): string =>
      netstat(row('LISTEN', ':::10250', ':::*', { owner, protocol: 'tcp6' }));
    expectSilence(kubelet('1210/kubelet'), 'EXP-1');
    expectFinding(kubelet('-'), 'EXP-1', { severity: 'info', confidence: 'low' });
    expectFinding(kubelet('8/nc'), 'EXP-1', { severity: 'warning' });
  });

  it('is silent about what nodes of a cluster show one another', () => {
    for (const port of [179, 6443, 9100, 10249, 10256]) {
      expectSilence(listen(`0.0.0.0:${port}`), 'EXP-1');
    }
  });

  it('knows the data stores that hovers name', () => {
    const found = expectFinding(truth('g4.txt'), 'EXP-1', { severity: 'warning' });
    const { table } = analysed(truth('g4.txt')).dump;
    const ports = Array.from(found.rows, line => table.localPort[line]);
    for (const port of [9042, 2181, 10255, 8086, 6000, 9092]) {
      assert.ok(ports.includes(port), String(port));
    }
  });

  it('says of debuggers what they let do, and nothing of ports of containers', () => {
    expectFinding(truth('d2.txt'), 'EXP-1', { severity: 'warning', title: /debugger|inspector/ });
    assertNeverSaid(truth('d2.txt'), /container|trusted networks|require a password/);
    // The port alone does not make it a debugger.
    assertNeverSaid(truth('d2.txt'), /^Anyone who can reach/);
    assertNeverSaid(listen('0.0.0.0:6379'), /published ports/);
  });

  const served = (port: number, ...remotes: readonly string[]): string =>
    netstat(
      row('LISTEN', `0.0.0.0:${port}`, '0.0.0.0:*', { owner: '8/server' }),
      ...remotes.map((remote, i) =>
        row('ESTABLISHED', `10.0.0.4:${port}`, `${remote}:${40_000 + i}`, { owner: '8/server' }),
      ),
    );

  it('takes a service whose clients are all of the private network for one of that network', () => {
    expectFinding(served(9092, '10.0.0.7', '10.0.0.8'), 'EXP-1', { severity: 'info' });
    expectFinding(served(9092, '10.0.0.7', '198.51.100.8'), 'EXP-1', { severity: 'warning' });
    expectFinding(served(9092, '10.0.0.4'), 'EXP-1', { severity: 'warning' });
    expectFinding(served(9229, '10.0.0.7'), 'EXP-1', { severity: 'warning' });
    expectFinding(served(2375, '10.0.0.7'), 'EXP-1', { severity: 'error' });
  });

  it('comes after what goes wrong now', () => {
    const text = netstat(
      row('LISTEN', '0.0.0.0:9092', '0.0.0.0:*', { owner: '8/server' }),
      ...many(5, i =>
        row('ESTABLISHED', '192.0.2.4:9092', `198.51.100.${i + 1}:40000`, {
          owner: '8/server',
          recvQ: 2_000_000,
        }),
      ),
    );
    assert.deepEqual(
      titles(text).map(title => title.split(':')[0]),
      ['RQ-1 warning', 'EXP-1 warning'],
    );
  });

  const advice = (text: string): string =>
    expectFinding(text, 'EXP-1')
      .remedy.map(remedy => plain(remedy))
      .join(' ');

  it('advises a firewall alone where other hosts use it, or it has an address of the network', () => {
    assert.match(advice(served(5432, '10.0.0.7', '10.0.0.8')), /^Let only known addresses/);
    assert.match(advice(listen('10.0.0.4:5432')), /^Let only known addresses/);
    assert.match(advice(listen('0.0.0.0:5432')), /bind it to 127\.0\.0\.1/);
  });

  it('advises for Docker what can be done there', () => {
    const proxy = listen('0.0.0.0:5432').replace('8/server', '8/docker-proxy');
    assert.match(advice(proxy), /DOCKER-USER/);
    assert.match(advice(listen('0.0.0.0:2375')), /SSH or with TLS/);
    assert.doesNotMatch(advice(listen('0.0.0.0:2375')), /password, |require a password/);
  });

  it('takes Remote Desktop in a private network for usual, and not where the public comes', () => {
    const desktop = (...rows: string[]): string =>
      windows('LISTENING 0.0.0.0:3389 0.0.0.0:0 1210', ...rows);
    const severity = (text: string): unknown => expectFinding(text, 'EXP-1').severity;
    assert.equal(severity(desktop('ESTABLISHED 10.0.0.4:445 10.0.0.9:50000 4')), 'info');
    assert.equal(severity(desktop('ESTABLISHED 10.0.0.4:3389 10.0.0.9:50000 1210')), 'info');
    assert.equal(severity(desktop('ESTABLISHED 10.0.0.4:3389 198.51.100.9:50000 1210')), 'warning');
    assert.equal(severity(desktop('ESTABLISHED 203.0.113.4:443 10.0.0.9:50000 4')), 'warning');
  });

  it('warns of memcached over UDP, which others are attacked with', () => {
    const udp = (local: string, remote = '0.0.0.0:*'): string =>
      netstat(`udp 0 0 ${local} ${remote} 5/memcached off (0.00/0/0)`);
    expectFinding(udp('0.0.0.0:11211'), 'EXP-1', {
      severity: 'warning',
      pid: 5,
      title: /^memcached \(5\) listens on UDP port 11211 on 0\.0\.0\.0/,
    });
    expectSilence(udp('127.0.0.1:11211'), 'EXP-1');
    expectSilence(udp('192.0.2.1:11211', '198.51.100.1:40000'), 'EXP-1');
  });
});
