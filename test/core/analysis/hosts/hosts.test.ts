import assert from 'node:assert/strict';
import { plain } from '../../../../src/core/wording/text';
import { fileTitle } from '../../../../src/core/reading/around/fileTitle';
import { commonName, hostOfFileName } from '../../../../src/core/analysis/hosts/hostNames';
import { analysed, many, netstat, row } from '../scene';

function files(...parts: readonly (readonly [name: string, output: string])[]): string {
  return parts.map(([name, output]) => `${fileTitle(name)}\n${output}`).join('\n');
}

const leak = many(6, i =>
  row('CLOSE_WAIT', `192.0.2.3:${40_000 + i}`, '192.0.2.9:5432', { owner: '4321/java' }),
);
const web3 = netstat(row('LISTEN', '192.0.2.3:443', '0.0.0.0:*', { owner: '4321/java' }), ...leak);
const bouncer = row('LISTEN', '192.0.2.9:5432', '0.0.0.0:*', { owner: '88/pgbouncer' });

describe('hosts', () => {
  it('are named by their files, or the folders of those', () => {
    for (const [path, name] of [
      ['web-3.netstat', 'web-3'],
      ['dumps/netstat-web-3.txt', 'web-3'],
      ['ss_tanp_db1.example.com.log', 'db1.example.com'],
      ['ss-tanp-db1.log', 'db1'],
      ['web-3-20260105-1000.txt', 'web-3'],
      ['web-3/netstat.txt', 'web-3'],
      ['C:\\dumps\\app01\\netstat-ano.txt', 'app01'],
      ['netstat.txt', null],
      ['./netstat.txt', null],
    ] as const) {
      assert.equal(hostOfFileName(path), name, path);
    }
    assert.equal(commonName(['web-3-a', 'web-3-b']), 'web-3');
    assert.equal(commonName(['before', 'after']), null);
  });

  it('without names and times are told apart by their local addresses', () => {
    const hostsOf = (...outputs: readonly string[]): readonly (readonly number[])[] =>
      analysed(outputs.join('\n')).hosts.list.map(({ snapshots }) => snapshots);
    const listing = (...locals: readonly string[]): string =>
      netstat(
        row('LISTEN', '0.0.0.0:22', '0.0.0.0:*'),
        ...locals.map(local => row('ESTABLISHED', `${local}:22`, '192.0.2.77:50001')),
      );
    assert.deepEqual(hostsOf(listing('10.0.0.5'), listing('10.0.0.7')), [[0], [1]]);
    assert.deepEqual(
      hostsOf(listing('10.0.0.5'), listing('10.0.0.7'), listing('10.0.0.5'), listing('10.0.0.7')),
      [
        [0, 2],
        [1, 3],
      ],
    );
    // One that has the addresses of both shows that they are of one machine.
    assert.deepEqual(
      hostsOf(listing('10.0.0.5'), listing('10.0.0.7'), listing('10.0.0.5', '10.0.0.7')),
      [[0, 1, 2]],
    );
    // A machine without connections has shown none of its addresses.
    assert.deepEqual(hostsOf(listing('10.0.0.5'), listing('127.0.0.1')), [[0, 1]]);
    assert.deepEqual(hostsOf(listing(), listing('10.0.0.5')), [[0, 1]]);
    // With times it is a log, and the machine may have moved to another network.
    const [before, after] = ['Mon Jan  5 10:00:00 UTC 2026\n', 'Mon Jan  5 10:05:00 UTC 2026\n'];
    assert.deepEqual(hostsOf(before + listing('10.0.0.5'), after + listing('10.0.0.7')), [[0, 1]]);
    // What grep left over says nothing about what it left out.
    const cut = (local: string): string => `$ netstat -ant | grep ${local}\n${listing(local)}`;
    assert.equal(hostsOf(cut('10.0.0.5'), cut('10.0.0.7')).length, 1);
  });

  describe('in titles of scripts', () => {
    const listing = (...locals: readonly string[]): string =>
      netstat(
        row('LISTEN', '0.0.0.0:22', '0.0.0.0:*'),
        ...locals.map(local => row('ESTABLISHED', `${local}:22`, '192.0.2.77:50001')),
      );
    const hostsOf = (...parts: readonly string[]): (readonly [string | null, number])[] =>
      analysed(parts.join('\n')).hosts.list.map(({ name, snapshots }) => [name, snapshots.length]);

    it('are told apart where these name nothing but a machine', () => {
      for (const [first, second, ...names] of [
        ['=== web1 ===', '=== web2 ===', 'web1', 'web2'],
        ['--- prod-db-01 ---', '--- prod-db-02 ---', 'prod-db-01', 'prod-db-02'],
        ['### web1 ###', '### web2 ###', 'web1', 'web2'],
        ['===== host: alpha =====', '===== host: beta =====', 'alpha', 'beta'],
        ['==== a.example.com', '==== b.example.com', 'a.example.com', 'b.example.com'],
        ['*** 192.0.2.1 ***', '*** 192.0.2.2 ***', '192.0.2.1', '192.0.2.2'],
        ['=== [node web1] ===', '=== [node web2] ===', 'web1', 'web2'],
      ]) {
        for (const [here, there] of [
          [listing('10.0.0.5'), listing('10.0.0.7')],
          [listing(), listing()],
        ] as const) {
          const found = hostsOf(first!, here, second!, there);
          assert.deepEqual(found, [
            [names[0], 1],
            [names[1], 1],
          ]);
        }
      }
    });

    it('are told apart by a name alone on the line above a listing', () => {
      for (const [first, second, ...names] of [
        ['web1:', 'web2:', 'web1', 'web2'],
        ['web1:\n', 'web2:\n', 'web1', 'web2'],
        ['[web1]', '[web2]', 'web1', 'web2'],
        ['---------------\nweb1\n---------------', '------\nweb2\n------', 'web1', 'web2'],
        ['a.example.com:', 'b.example.com:', 'a.example.com', 'b.example.com'],
        ['192.0.2.1:', '192.0.2.2:', '192.0.2.1', '192.0.2.2'],
        ['db-primary:', 'db-replica:', 'db-primary', 'db-replica'],
        ['web1:\n$ netstat -ant', 'web2:\n$ netstat -ant', 'web1', 'web2'],
        [
          'web1:\nMon Jan  5 10:00:00 UTC 2026',
          'web2:\nMon Jan  5 10:05:00 UTC 2026',
          'web1',
          'web2',
        ],
      ]) {
        for (const [here, there] of [
          [listing('10.0.0.5'), listing('10.0.0.7')],
          [listing(), listing()],
        ] as const) {
          assert.deepEqual(
            hostsOf(first!, here, second!, there),
            [
              [names[0], 1],
              [names[1], 1],
            ],
            first,
          );
        }
      }
      // What salt prints is indented.
      const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');
      assert.deepEqual(hostsOf('web1:', indented(listing()), 'web2:', indented(listing())), [
        ['web1', 1],
        ['web2', 1],
      ]);
    });

    it('are hosts where something says so, whatever their addresses', () => {
      const same = listing('10.0.2.15');
      for (const title of [
        (name: string) => `### host: ${name}`,
        (name: string) => `=== hostname=${name} ===`,
        (name: string) => `Host: ${name}`,
        (name: string) => `--- node: ${name} ---`,
        (name: string) => `root@${name}:`,
        (name: string) => `$ hostname\n${name}\n$ netstat -antop`,
        (name: string) => `$ uname -n\n${name}\n\n$ date\n$ netstat -antop`,
        (name: string) =>
          `# date; hostname -f\nMon Jan  5 10:00:00 UTC 2026\n${name}\n# netstat -antop`,
        (name: string) => `+ hostname\n${name}\n+ netstat -antop`,
        (name: string) => `C:\\>hostname\n${name}\n\nC:\\>netstat -ano`,
        (name: string) => `[${name}]: PS C:\\Users\\a> netstat -ano`,
      ]) {
        assert.deepEqual(
          hostsOf(title('x'), same, title('y'), same.replace('50001', '50002')),
          [
            ['x', 1],
            ['y', 1],
          ],
          title('x'),
        );
      }
    });

    it('are hosts of any name below a command for several', () => {
      const same = listing('10.0.2.15');
      for (const [command, title] of [
        ["$ salt '*' cmd.run 'netstat -antop'", (name: string) => `${name}:`],
        [
          'ann@gate:~$ pdsh -w a,b netstat -antop | dshbak',
          (name: string) => `----\n${name}\n----`,
        ],
        [
          '$ for h in a b; do echo "== $h =="; ssh $h netstat -antop; done',
          (name: string) => `== ${name} ==`,
        ],
        ['$ for h in a b; do echo $h; ssh $h netstat -antop; done', (name: string) => name],
      ] as const) {
        const found = analysed(
          [command, title('a'), same, title('b'), same.replace('50001', '2'), ''].join('\n'),
        );
        assert.deepEqual(
          found.hosts.list.map(({ name }) => name),
          ['a', 'b'],
          command,
        );
        // The command is that of each.
        assert.deepEqual(
          found.dump.snapshots.map(({ listing: { command: of } }) => of),
          ['netstat -antop', 'netstat -antop'],
        );
      }
    });

    it('are one where the addresses are the same', () => {
      assert.equal(hostsOf('app1:', listing('10.0.0.5'), 'app2:', listing('10.0.0.5')).length, 1);
      assert.equal(
        hostsOf('=== app1 ===', listing('10.0.0.5'), '=== app2 ===', listing('10.0.0.5')).length,
        1,
      );
    });

    it('are one where these may name a moment, a protocol or a program', () => {
      for (const [first, second] of [
        ['=== TCP ===', '=== UDP ==='],
        ['=== tcp4 ===', '=== tcp6 ==='],
        ['=== before ===', '=== after restart ==='],
        ['--- sockets ---', '==== listening ===='],
        ['=== 10:00 ===', '=== 10:05 ==='],
        ['=== run1 ===', '=== run2 ==='],
        ['=== step 1 ===', '=== step 2 ==='],
        ['=== snapshot1 ===', '=== snapshot2 ==='],
        ['=== t1 ===', '=== t2 ==='],
        ['=== orders1 ===', '=== orders2 ==='],
        ['=== host before ===', '=== host after ==='],
        ['=== server 1 ===', '=== server 2 ==='],
        ['=== before.1.txt ===', '=== after.1.txt ==='],
        ['=== v1.2.3 ===', '=== v1.2.4 ==='],
        ['before:', 'after:'],
        ['run1:', 'run2:'],
        ['t0:', 't1:'],
        ['09:00:', '09:05:'],
        ['Output:', 'netstat:'],
        ['TCP:', 'Connections:'],
        ['tcp4:', 'tcp6:'],
        ['eth0:', 'eth1:'],
        ['close-wait:', 'time-wait:'],
        ['orders1:', 'orders2:'],
        ['orders1', 'orders2'],
        ['web1', 'web2'],
        ['=====\nBEFORE\n=====', '=====\nAFTER\n====='],
        ['java.exe:', 'java.log:'],
        ['web1: before', 'web2: after'],
        ['web1:\nall is well', 'web2:\nall is ill'],
        ['Server: nginx', 'Server: nginx'],
        ['node: v18.2.0', 'node: v20.1.0'],
        ['$ ls\nweb1\n$ netstat -antop', '$ ls\nweb2\n$ netstat -antop'],
        ['$ hostname -I\n10.0.0.5\n$ netstat -antop', '$ date\n$ netstat -antop'],
        ['$ hostname\nweb1\n$ netstat -antop', '$ hostname\nweb1\n$ netstat -antop'],
        ['ann@web1:~$ hostname\nip-10-0-0-5\nann@web1:~$ netstat -antop', 'ann@web1:~$ ss'],
        ['$ hostname\nlocalhost\n$ netstat -antop', '$ hostname\nlocalhost\n$ netstat -antop'],
      ]) {
        assert.equal(hostsOf(first!, listing(), second!, listing('10.0.0.5')).length, 1, first);
      }
    });
  });

  it('are one by whatever name of theirs', () => {
    const listing = (queue: number): string =>
      netstat(row('ESTABLISHED', '10.0.0.5:22', '192.0.2.77:50001', { recvQ: queue }));
    const hostsOf = (...prompts: readonly string[]): (readonly number[])[] =>
      analysed(
        prompts.map((prompt, i) => `${prompt}netstat -antop\n${listing(i)}`).join(''),
      ).hosts.list.map(({ snapshots }) => [...snapshots]);
    assert.deepEqual(hostsOf('$ ssh web1 ', '[ann@web1 ~]$ '), [[0, 1]]);
    assert.deepEqual(hostsOf('$ ssh ann@web1.example.com ', '[ann@web1 ~]$ '), [[0, 1]]);
    assert.equal(hostsOf('$ ssh web1.a.org ', '$ ssh web1.b.org ', '[ann@web1 ~]$ ').length, 3);
    // The machine of the shell itself, by its addresses.
    assert.equal(hostsOf('$ ssh web1 ', '$ ').length, 1);
    // Containers of one name on two machines are two.
    assert.equal(hostsOf('a@web1:~$ docker exec api ', 'a@web2:~$ docker exec api ').length, 2);
  });

  it('name both machines of a leak', () => {
    const db1 = netstat(
      bouncer,
      ...many(6, i =>
        row('FIN_WAIT2', '192.0.2.9:5432', `192.0.2.3:${40_000 + i}`, {
          timer: 'timewait (20.00/0/0)',
        }),
      ),
    );
    const { findings, hosts } = analysed(files(['web-3.netstat', web3], ['db-1.netstat', db1]));
    assert.deepEqual(
      hosts.list.map(({ name }) => name),
      ['web-3', 'db-1'],
    );
    const first = findings[0]!;
    assert.equal(first.host, 'web-3');
    assert.equal(
      plain(first.title),
      'web-3: java (4321) has 6 in CLOSE_WAIT, closed by db-1: pgbouncer (88)',
    );
    // What is to be run there says so; of one machine alone it does not have to.
    const checks = first.confirm.filter(({ command }) => command !== null);
    assert.ok(checks.length > 0 && checks.every(({ text }) => plain(text).startsWith('web-3: ')));
    const alone = analysed(web3).findings.flatMap(({ confirm }) => confirm);
    assert.ok(alone.length > 0 && alone.every(({ text }) => !plain(text).includes('web-3')));
    const pair = first.merged.find(({ code }) => code === 'PAIR-1');
    assert.equal(
      pair && plain(pair.title),
      'Closed by db-1: pgbouncer (88); web-3: java (4321) has not called close()',
    );
  });

  it('name the listener where the other ends are gone', () => {
    const { findings } = analysed(
      files(['web-3.netstat', web3], ['db-1.netstat', netstat(bouncer)]),
    );
    assert.match(plain(findings[0]!.title), /closed by db-1: pgbouncer \(88\)$/);
  });

  it('say no program where the address is not one host’s alone', () => {
    const third = netstat(
      row('LISTEN', '192.0.2.9:5432', '0.0.0.0:*', { owner: '9/other' }),
      row('LISTEN', '192.0.2.10:5432', '0.0.0.0:*', { owner: '9/other' }),
      row('LISTEN', '192.0.2.11:5432', '0.0.0.0:*', { owner: '9/other' }),
    );
    const db1 = netstat(bouncer, row('LISTEN', '192.0.2.12:22', '0.0.0.0:*', { owner: '9/sshd' }));
    const { findings } = analysed(
      files(['web-3.netstat', web3], ['db-1.netstat', db1], ['db-2.netstat', third]),
    );
    assert.match(plain(findings[0]!.title), /closed by 192\.0\.2\.9:5432$/);
  });

  it('follow a connection that a load balancer gives another server address', () => {
    const client = netstat(
      row('ESTABLISHED', '192.0.2.3:50000', '198.51.100.1:443', { owner: '5/curl' }),
    );
    const server = netstat(
      row('LISTEN', '192.0.2.20:8443', '0.0.0.0:*', { owner: '6/nginx' }),
      row('ESTABLISHED', '192.0.2.20:8443', '192.0.2.3:50000', { owner: '6/nginx' }),
    );
    const { fleet } = analysed(files(['a.netstat', client], ['b.netstat', server]));
    assert.equal(fleet.otherEnd(0), -1);
    assert.equal(fleet.translated(0), 2);
    assert.deepEqual(fleet.peer(0, 0)?.owner, { pid: 6, process: 'nginx' });
  });

  it('count each connection between them once, at its client, also where no listeners are shown', () => {
    const end = (local: string, remote: string): string => row('ESTABLISHED', local, remote);
    const links = (a: readonly string[], b: readonly string[]): string[] =>
      analysed(files(['a.netstat', netstat(...a)], ['b.netstat', netstat(...b)]))
        .fleet.links()
        .map(
          ({ from, to, port, connections, missing }) =>
            `${from.name} ${to.name} ${port} ${connections} ${missing}`,
        );
    const [client, server, peer] = ['192.0.2.3:44100', '192.0.2.9:24224', '192.0.2.9:44200'];
    assert.deepEqual(links([end(client, server)], [end(server, client)]), ['a b 24224 1 0']);
    assert.deepEqual(links([end(server, client)], [end(client, server)]), ['b a 24224 1 0']);
    // Ports that tell nothing.
    assert.equal(links([end(client, peer)], [end(peer, client)]).length, 1);
    // Both ends on ports that are listened on, as in a cluster.
    const listen = (local: string): string => row('LISTEN', local, '0.0.0.0:*');
    const [one, two] = ['192.0.2.3:179', '192.0.2.9:179'];
    assert.equal(links([listen(one), end(one, two)], [listen(two), end(two, one)]).length, 1);
    // Only the server's listing has it.
    const ssh = row('ESTABLISHED', '192.0.2.3:22', '198.51.100.7:50000');
    assert.deepEqual(links([ssh], [end(server, client)]), []);
  });

  it('doubt who closed behind a load balancer', () => {
    const client = netstat(
      row('CLOSE_WAIT', '192.0.2.3:50000', '198.51.100.1:443', { owner: '5/curl' }),
    );
    const server = netstat(
      row('LISTEN', '192.0.2.20:8443', '0.0.0.0:*', { owner: '6/nginx' }),
      row('ESTABLISHED', '192.0.2.20:8443', '192.0.2.3:50000', { owner: '6/nginx' }),
    );
    const { findings } = analysed(files(['a.netstat', client], ['b.netstat', server]));
    const found = findings.find(({ code }) => code === 'CW-1')!;
    assert.match(
      plain(found.caveats[0]!),
      /NAT or load balancer between the hosts rewrites the address of 1 connection/,
    );
  });

  it('are one where files are of one machine', () => {
    const { hosts, findings } = analysed(files(['before.txt', web3], ['after.txt', web3]));
    assert.deepEqual(
      hosts.list.map(({ name, snapshots }) => [name, snapshots]),
      [[null, [0, 1]]],
    );
    const first = findings[0]!;
    assert.ok(first.merged.some(({ code }) => code === 'CW-2'));
    assert.equal(first.host, null);
  });

  it('put snapshots into the order of the times in their names', () => {
    const { hosts, history } = analysed(
      files(['web-3-20260105-1010.txt', web3], ['web-3-20260105-1000.txt', web3]),
    );
    assert.deepEqual(hosts.list[0]?.snapshots, [1, 0]);
    assert.equal(hosts.list[0].name, 'web-3');
    assert.equal(history.secondsBetween(1, 0), 600);
    assert.equal(history.run(1), 2);
  });

  it('do not mistake loopback and docker addresses for each other', () => {
    const own = (address: string): string =>
      netstat(
        row('LISTEN', `${address}:80`, '0.0.0.0:*', { owner: '5/httpd' }),
        row('ESTABLISHED', '127.0.0.1:80', '127.0.0.1:4000', { owner: '5/httpd' }),
        row('LISTEN', '172.17.0.1:80', '0.0.0.0:*', { owner: '6/dockerd' }),
      );
    const { hosts, fleet } = analysed(
      files(['a.txt', own('192.0.2.1')], ['b.txt', own('192.0.2.2')]),
    );
    assert.equal(hosts.list.length, 2);
    assert.equal(fleet.otherEnd(1), -1);
  });
});
