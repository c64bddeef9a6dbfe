import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { analyze } from '../../../src/core/analysis/analyze';
import { reachOf } from '../../../src/core/vocabulary/address';
import { hostOfFileName } from '../../../src/core/analysis/hosts/hostNames';
import { classOfAddress } from '../../../src/core/knowledge/addressClasses';
import { readDump } from '../../../src/core/reading/reader';
import { jsonReport } from '../../../src/core/report/data/json';
import { Redactor } from '../../../src/core/redaction/redact';
import { projectFolder } from '../../harness/paths';
import { sampleText } from '../rows';

const samples = readdirSync(path.join(projectFolder, 'samples')).filter(name =>
  name.endsWith('.netstat'),
);

/** A text redacted line by line, as a document would be. */
function redacted(text: string, redactor = new Redactor()): string {
  const dump = readDump(text);
  redactor.dump(dump);
  return text
    .split('\n')
    .map((line, i) => redactor.line(dump, i, line))
    .join('\n');
}

/** A dump of one socket. */
function ofProcess(title: string): string {
  return [
    'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name',
    `tcp 1 0 10.1.2.3:5432 10.9.9.9:1 CLOSE_WAIT 1/${title}`,
  ].join('\n');
}

describe('redaction', () => {
  it('gives equal things equal names, and keeps what kind of address it is', () => {
    const redactor = new Redactor();
    const names = [
      '8.8.8.8',
      '::ffff:8.8.8.8',
      '9.9.9.9',
      '10.20.30.40',
      '172.31.1.1',
      '192.168.178.20',
      '100.100.1.1',
      '169.254.7.7',
      '2a00:1450::5',
      '2A00:1450:0:0::5',
      'fe80::1234:5678:9abc:def0',
      'fd12:3456::1',
      '64:ff9b::8.8.8.8',
      'web.example.com',
      'WEB.example.com',
      'db',
    ].map(name => redactor.address(name));
    assert.deepEqual(names, [
      '203.0.113.1',
      '::ffff:203.0.113.1',
      '203.0.113.2',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '100.64.0.1',
      '169.254.0.1',
      '2001:db8::1',
      '2001:db8::1',
      'fe80::1',
      'fd00::1',
      '64:ff9b::203.0.113.1',
      'host-1',
      'host-1',
      'host-2',
    ]);
  });

  it('leaves what is the same on every machine', () => {
    const redactor = new Redactor();
    for (const same of [
      '*',
      '0.0.0.0',
      '::',
      '127.0.0.53',
      '::1',
      '::ffff:127.0.0.1',
      'localhost',
      '255.255.255.255',
      '224.0.0.251',
      '169.254.169.254',
      '',
    ]) {
      assert.equal(redactor.address(same), same);
    }
  });

  it('never gives two addresses one name', () => {
    const redactor = new Redactor();
    const seen = new Set<string>();
    const count = 2000;
    for (let i = 0; i < count; i++) {
      const other = redactor.address(`11.${i >> 8}.1.${i & 255}`);
      assert.notEqual(classOfAddress(other)?.id, 'public');
      seen.add(other);
    }
    assert.equal(seen.size, count);
  });

  it('has a valid address of the same kind for every address of a block', () => {
    const redactor = new Redactor();
    const blocks: readonly (readonly [string, (n: number) => string, number])[] = [
      ['private', n => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, 70_000],
      ['private', n => `192.168.${n >> 8}.${n & 255}`, 65_536],
      ['private', n => `172.${16 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`, 70_000],
      ['link-local', n => `169.254.${n >> 8}.${n & 255}`, 65_536],
      ['benchmarking', n => `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`, 131_072],
      ['cgnat', n => `100.${64 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`, 70_000],
      ['this-network', n => `0.1.${n >> 8}.${n & 255}`, 1000],
      ['multicast', n => `239.1.${n >> 8}.${n & 255}`, 1000],
      ['reserved', n => `241.1.${n >> 8}.${n & 255}`, 1000],
      ['link-local', n => `fe80::${(n >> 15) + 1}:${(n & 32767).toString(16)}`, 70_000],
      ['unique-local', n => `fd12::1:${n.toString(16)}`, 1000],
      ['multicast', n => `ff3e:30:2a02::${n.toString(16)}`, 1000],
      ['multicast', n => `ff02::1:ff12:${n.toString(16)}`, 1000],
      ['6to4', n => `2002:624c:3620::${n.toString(16)}`, 1000],
      ['teredo', n => `2001:0:4136:e378::${n.toString(16)}`, 1000],
    ];
    const seen = new Set<string>();
    for (const [kind, original, count] of blocks) {
      const from = seen.size;
      for (let n = 0; n < count; n++) {
        const address = original(n);
        const other = redactor.address(address);
        const found = classOfAddress(other)?.id;
        assert.ok(found === kind || other === address, `${address} became ${other}`);
        seen.add(other);
      }
      assert.equal(seen.size - from, count, kind);
    }
  });

  it('takes addresses that nobody has for any number of public ones', () => {
    const redactor = new Redactor();
    const seen = new Set<string>();
    for (let n = 0; n < 200_000; n++) {
      const other = redactor.address(`11.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
      assert.match(classOfAddress(other)?.id ?? '', /^(?:documentation|reserved)$/);
      assert.ok(reachOf(other) === 'public', other);
      seen.add(other);
    }
    seen.add(redactor.address('241.1.1.1')).add(redactor.address('198.18.1.1'));
    assert.equal(seen.size, 200_002);
  });

  it('has a hardware address for every one', () => {
    const redactor = new Redactor();
    const seen = new Set<string>();
    for (let n = 0; n < 70_000; n++) {
      const bytes = [n >> 16, (n >> 8) & 255, n & 255].map(byte => byte.toString(16));
      const other = redactor.text(`a8:5e:45:${bytes.join(':')}`);
      assert.match(other, /^[\da-f]{2}(?::[\da-f]{2}){5}$/);
      seen.add(other);
    }
    assert.equal(seen.size, 70_000);
    assert.equal(redactor.text('A8-5E-45-01-02-03').match(/-/g)?.length, 5);
  });

  it('gives files other names that say as much of their hosts', () => {
    const redactor = new Redactor();
    assert.deepEqual(
      [
        '-',
        'web-7/netstat.txt',
        'web-7-20260105-1000.netstat',
        'logs/web-7.secret',
        'db-1.log',
        'netstat.txt',
        './netstat.txt',
        'web-7/netstat.txt',
      ].map(name => redactor.source(name)),
      [
        '-',
        'host-1.txt',
        'host-1.dump2.netstat',
        'host-2',
        'host-3.log',
        'dump1.txt',
        'dump2.txt',
        'host-1.txt',
      ],
    );
    for (const name of ['a/web-7.txt', 'b/web-7.txt']) {
      assert.equal(hostOfFileName(redactor.source(name)), 'host-1');
    }
    assert.equal(hostOfFileName(redactor.source('netstat.txt')), null);
  });

  it('keeps programs, system accounts and what is the same everywhere', () => {
    const text = [
      'Proto Recv-Q Send-Q Local Address Foreign Address State User Inode PID/Program name',
      'tcp 1 0 172.17.0.1:8080 10.9.9.9:50100 CLOSE_WAIT root 1 4711/java',
      'tcp 1 0 172.17.0.1:8080 10.9.9.9:50101 CLOSE_WAIT www-data 1 4712/nginx: worker process',
      'tcp 1 0 172.17.0.1:8080 10.9.9.9:50102 CLOSE_WAIT 1000 1 4713/orders-api',
      'tcp 1 0 172.17.0.1:8080 java:50103 CLOSE_WAIT java 1 4714/java',
      'unix 2 [ ACC ] STREAM LISTENING 4242 1/init /run/orders-api/api.sock',
    ].join('\n');
    const again = redacted(text);
    for (const kept of ['172.17.0.1', 'root', 'www-data', ' 1000 ', '/nginx: worker process']) {
      assert.ok(again.includes(kept), `${kept} in ${again}`);
    }
    assert.match(again, /host-1:50103 CLOSE_WAIT user-1 1 4714\/java/);
    // What a program is called may be a user's or a host's name elsewhere.
    assert.doesNotMatch(again, /\/run\/.*orders/);
  });

  it('replaces the names of machines above listings, and in prompts of theirs', () => {
    const row = 'tcp 0 0 10.1.2.3:22 10.9.9.9:1 ESTABLISHED\n';
    for (const title of [
      'zebra-web1:',
      'zebra-db-primary:',
      '### host: zebra',
      'Host: zebra',
      'root@zebra:',
      '$ hostname\nzebra\n$ netstat -ant',
      "$ salt '*' cmd.run 'netstat -ant'\nzebra:",
      '[zebra] out: Proto Recv-Q Send-Q Local Address Foreign Address State',
      "$ vagrant ssh zebra -c 'netstat -ant'",
      '$ kubectl exec -it zebra -- sh\nroot@zebra:/# netstat -ant',
    ]) {
      const found = redacted(`${title}\n${row}`);
      assert.ok(!found.includes('zebra'), found);
    }
  });

  it('tells titles apart, equal ones alike', () => {
    const text = [
      'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name',
      ...['ann', 'ben', 'ann'].map(
        (user, i) =>
          `tcp 1 0 10.1.2.3:5432 10.9.9.9:${i + 1} CLOSE_WAIT ${i}1/postgres: ${user} db idle`,
      ),
    ].join('\n');
    const { table } = new Redactor().dump(readDump(text));
    const titles = [0, 1, 2].map(row => table.socket(row).owners[0]?.process);
    assert.equal(titles[0], titles[2]);
    assert.notEqual(titles[0], titles[1]);
    assert.ok(titles.every(title => title?.startsWith('postgres: name-')));
  });

  it('keeps the program of a title where it surely is one', () => {
    for (const [title, expected] of [
      ['sshd: ann [priv]', 'sshd: name-1 [priv]'],
      ['[celeryd: celery@db7] -x-', '[celeryd: user-1@host-1] -x-'],
      ['(sshd: bob', '(sshd: name-1'],
      ['[kworker/0:1]', '[kworker/0:1]'],
      ['[svchost.exe]', '[svchost.exe]'],
      ['-bash', '-bash'],
      ['Microsoft Edge.exe', 'Microsoft Edge.exe'],
      ['C:\\Program Files\\Ann\\orders.exe', 'C:\\Program Files\\name-1\\orders.exe'],
      ['/opt/ann/bin/orders-api serve', '/opt/name-1/bin/orders-api name-2'],
      ['Orders.Api', 'Orders.Api'],
      ['com.docke', 'com.docke'],
      ['orders.jar', 'orders.jar'],
      ['python3.11', 'python3.11'],
      ['orders --port=8080 2026-01-05', 'orders --port=8080 2026-01-05'],
      ['acme.corp', 'host-1'],
      ['app TOKEN=1234', 'app name-2=name-1'],
    ] as const) {
      const { table } = new Redactor().dump(readDump(ofProcess(title)));
      assert.equal(table.socket(0).owners[0]?.process, expected);
    }
  });

  it('gives a name one other name wherever it stands in a dump', () => {
    const { table } = new Redactor().dump(
      readDump(
        [
          'USER COMMAND PID FD PROTO LOCAL ADDRESS FOREIGN ADDRESS',
          'ann europa 1 3 tcp4 10.1.2.3:22 europa.acme.com.:1',
          'ann sshd 1 3 tcp4 10.1.2.3:22 europa.acme.com:2',
          'ann saturn 1 3 stream /home/saturn/europa.acme.com/ann',
        ].join('\n'),
      ),
    );
    const [first, second, third] = [0, 1, 2].map(row => table.socket(row));
    assert.equal(first?.remote?.address, 'host-1');
    assert.equal(second?.remote?.address, 'host-1');
    assert.equal(third?.local.address, '/home/user-1/host-1/user-2');
  });

  it('keeps listed accounts of systems and no other with a low line', () => {
    const { table } = new Redactor().dump(
      readDump(
        [
          'USER COMMAND PID FD PROTO LOCAL ADDRESS FOREIGN ADDRESS',
          '_spotlight mds 1 3 tcp4 10.1.2.3:22 10.1.2.4:1',
          '_alice mds 1 3 tcp4 10.1.2.3:22 10.1.2.4:1',
        ].join('\n'),
      ),
    );
    assert.deepEqual(
      [0, 1].map(row => table.socket(row).user),
      ['_spotlight', 'user-1'],
    );
  });

  it('keeps states that somebody knows', () => {
    const text = ['CLOSE_WAIT', 'Listening', 'SATURN'].map(
      (state, i) =>
        `{"proto":"tcp","local_address":"10.1.2.3","foreign_address":"10.1.2.4","state":"${state}","local_port":"${i}","foreign_port":"443"}`,
    );
    const { table } = new Redactor().dump(readDump(`[${text.join(',\n')}]`));
    assert.deepEqual(
      [0, 1, 2].map(row => table.socket(row).rawState),
      ['CLOSE_WAIT', 'Listening', 'NAME-1'],
    );
  });

  it('gives an IPv4-compatible address one of its kind', () => {
    const redactor = new Redactor();
    assert.equal(redactor.address('::98.76.54.32'), '::203.0.113.1');
    assert.equal(redactor.address('::624c:3620'), '::203.0.113.1');
    assert.equal(redactor.address('::1'), '::1');
  });

  it('keeps the counters of every format, in dumps and in lines', () => {
    const folder = new URL('../statistics/captures/10-packet-loss/after/', import.meta.url);
    let counters = 0;
    for (const name of readdirSync(folder)) {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const dump = readDump(text);
      const countersOf = ({ snapshots }: typeof dump) =>
        snapshots.flatMap(({ counted }) => counted.flatMap(of => of.counters));
      assert.deepEqual(countersOf(new Redactor().dump(dump)), countersOf(dump), name);
      assert.deepEqual(countersOf(readDump(redacted(text))), countersOf(dump), name);
      counters += countersOf(dump).length;
    }
    assert.ok(counters > 500);
  });

  it('renames interfaces and addresses of routes, in dumps and in lines alike', () => {
    const text = [
      'default via 98.76.54.1 dev wg-acme proto dhcp metric 100 ',
      '98.76.54.0/24 dev wg-acme proto kernel scope link src 98.76.54.32 ',
      '98.76.55.0/24 dev vrf-acme table acme-corp ',
      'Kernel Interface table',
      'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg',
      'eth0      1500     9999      0      0 0          8888      0      0      0 BMRU',
      'wg-acme   1420     9999      0      0 0          8888      0      0      0 OPRU',
      '',
    ].join('\n');
    const redactor = new Redactor();
    const shown = redactor.dump(readDump(text));
    const lines = redacted(text, redactor);
    assert.doesNotMatch(JSON.stringify(shown.snapshots) + lines, /acme|98\.76/);
    const told = ({ snapshots }: typeof shown): unknown[] =>
      snapshots.flatMap(({ interfaces, routes }) => [
        ...interfaces.map(({ name, mtu }) => [name, mtu]),
        ...routes.map(route => [route.destination, route.gateway, route.interface]),
      ]);
    assert.deepEqual(told(readDump(lines)), told(shown));
    assert.equal(shown.snapshots[0]?.interfaces[0]?.name, 'eth0');
    assert.equal(shown.snapshots[0].routes[0]?.destination, '0.0.0.0');
  });

  it('renames interfaces, namespaces and aliases wherever a line tells them, and no netmask', () => {
    const text = [
      '3: acme0@acme-peer: <UP> mtu 1500 qdisc noqueue master br-acme state UP',
      '    link/ether 02:00:5e:00:53:01 brd ff:ff:ff:ff:ff:ff link-netns acme-ns',
      '    altname acme-alt',
      '    alias Acme uplink',
      'acme1: flags=4163<UP>  mtu 1500',
      '        inet 192.0.2.1  netmask 255.255.255.0  broadcast 192.0.2.255',
      'Device "br-acme" does not exist.',
    ].join('\n');
    const dump = readDump(`${text}\n`);
    const redactor = new Redactor();
    redactor.dump(dump);
    const lines = text.split('\n').map((line, number) => redactor.line(dump, number, line));
    for (const other of [lines.join('\n'), new Redactor().text(text)]) {
      assert.doesNotMatch(other, /acme/i);
      assert.match(other, /netmask 255\.255\.255\.0/);
      assert.match(other, /master net-\d+ state UP/);
    }
    // Words of prose are none.
    const prose = 'git: master branch\n  the alias of it\nsee the link-netns option';
    assert.equal(new Redactor().text(prose), prose);
    for (const [address, same] of [
      ['255.255.252.0', true],
      ['255.0.0.0', true],
      ['255.255.253.0', false],
      ['254.0.0.0', false],
    ] as const) {
      assert.equal(new Redactor().address(address) === address, same, address);
    }
  });

  it('renames interfaces and hosts among counters, in dumps and in lines alike', () => {
    const numbers = ' 1 2 0 0 0 0 0 0 1 2 0 0 0 0 0 0';
    const text = [
      'Inter-|   Receive                                                |  Transmit',
      ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
      `    lo:${numbers}`,
      `wg-acme: ${numbers}`,
      'Tcp:',
      '    to db.acme.example: 7',
      '',
    ].join('\n');
    const redactor = new Redactor();
    const dump = readDump(text);
    const shown = redactor.dump(dump);
    const lines = redacted(text, redactor);
    assert.doesNotMatch(JSON.stringify(shown.snapshots) + lines, /acme/);
    const countersOf = ({ snapshots }: typeof dump) =>
      snapshots.flatMap(({ counted }) => counted.flatMap(of => of.counters));
    assert.equal(countersOf(shown).length, 33);
    assert.equal(countersOf(shown)[0]?.interface, 'lo');
    const interfacesOf = (of: typeof dump) => countersOf(of).map(one => one.interface);
    assert.deepEqual(interfacesOf(readDump(lines)), interfacesOf(shown));
  });

  it('does a dump in many small steps', () => {
    const rows = Array.from(
      { length: 2000 },
      (_, i) => ofProcess(`orders: ann${i}`).split('\n')[1]!,
    );
    const dump = readDump([ofProcess('x').split('\n')[0]!, ...rows].join('\n'));
    let steps = 0;
    for (const work = new Redactor().dumpInSteps(dump); work.next().done !== true;) {
      steps++;
    }
    assert.ok(steps > 20, String(steps));
  });

  it('changes rows where their addresses stand, and nothing else', () => {
    const text = [
      'admin@gateway7:~$ netstat -tnap',
      'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name',
      'tcp 1 0 10.1.2.3:8080 8.8.4.4:50100 CLOSE_WAIT 4711/java',
      'tcp6 0 0 2a00:1450::5:443 2a00:1450::6:50101 ESTABLISHED 4711/java',
      'tcp 0 0 10.1.2.3:50000 mysql:3306 ESTABLISHED 99/mysql',
      'unix 2 [ ACC ] STREAM LISTENING 4242 1/init /home/carol/.agent.sock',
    ].join('\n');
    assert.equal(
      redacted(text),
      [
        'admin@host-2:~$ netstat -tnap',
        'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name',
        'tcp 1 0 10.0.0.1:8080 203.0.113.1:50100 CLOSE_WAIT 4711/java',
        'tcp6 0 0 2001:db8::1:443 2001:db8::2:50101 ESTABLISHED 4711/java',
        'tcp 0 0 10.0.0.1:50000 host-1:3306 ESTABLISHED 99/mysql',
        'unix 2 [ ACC ] STREAM LISTENING 4242 1/init /home/user-1/.agent.sock',
      ].join('\n'),
    );
  });

  it('finds addresses and hosts in lines that cannot be read', () => {
    const redactor = new Redactor();
    assert.equal(
      redactor.text(
        'tcp 0 0 web-1:443 8.8.8.8.22 [2a00::1%eth0]:5 fe80::77.53 db.corp.example WAT v6only:1 a.exe 00:1a:2b:3c:4d:5e',
      ),
      'tcp 0 0 host-1:443 203.0.113.1.22 [2001:db8::1%eth0]:5 fe80::1.53 host-2 WAT v6only:1 a.exe 00:00:5e:00:53:00',
    );
    assert.equal(
      redactor.text('2024-05-01T12:30:45 took 12:30:45'),
      '2024-05-01T12:30:45 took 12:30:45',
    );
    assert.equal(
      redactor.text('0: 0100007F:1F90 04030201:01BB 0A'),
      '0: 0100007F:1F90 027100CB:01BB 0A',
    );
  });

  it('leaves no address of any sample, in text and in reports', () => {
    for (const name of samples) {
      const text = sampleText(name);
      const dump = readDump(text);
      const redactor = new Redactor();
      const copy = redactor.dump(dump);
      const changed = redacted(text);
      const again = readDump(changed);
      assert.deepEqual(again.lines, dump.lines, `${name} reads as before`);
      const report = [...jsonReport([{ source: name, analysis: analyze(copy) }])].join('');
      for (let i = 0; i < dump.table.length; i++) {
        const before = dump.table.socket(i);
        const expected = copy.table.socket(i);
        assert.deepEqual(again.table.socket(i), expected, `${name}: ${i}`);
        for (const [old, other] of [
          [before.local, expected.local],
          [before.remote, expected.remote],
        ] as const) {
          assert.equal(other?.port, old?.port);
          assert.notEqual(classOfAddress(other?.address ?? '')?.id, 'public');
        }
      }
      assert.ok(report.length > 0);
    }
  });

  it('finds the same in a redacted dump', () => {
    for (const name of samples) {
      const dump = readDump(sampleText(name));
      const codes = (of: typeof dump): string[] =>
        analyze(of).findings.map(({ code, rows }) => `${code} ${[...rows].join(' ')}`);
      assert.deepEqual(codes(new Redactor().dump(dump)), codes(dump), name);
    }
  });
});
