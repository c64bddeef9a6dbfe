import { ss } from '../../analysis/scene';
import { strict as assert } from 'node:assert';
import { analyze } from '../../../../src/core/analysis/analyze';
import { readDump } from '../../../../src/core/reading/reader';

const LINUX =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n';
const UNIX =
  'Active UNIX domain sockets (servers and established)\n' +
  'Proto RefCnt Flags       Type       State         I-Node   Path\n';
const SS = 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n';
const TCP = 'tcp        0      0 192.0.2.1:22            192.0.2.2:4000          ESTABLISHED\n';
const LATER_TCP = TCP.replace('0      0', '0      9');
const TCP6 = 'tcp6       0      0 ::1:22                  ::1:4000                ESTABLISHED\n';
const UDP = 'udp        0      0 0.0.0.0:68              0.0.0.0:*                          \n';
const LOCAL = 'unix  2      [ ACC ]     STREAM     LISTENING     18438    /run/a\n';
const SS_TCP = 'tcp   ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000\n';
const LATER_SS_TCP = SS_TCP.replace('0 0', '0 9');
const SS_UDP = 'udp   UNCONN 0 0 0.0.0.0:68 0.0.0.0:*\n';
const WINDOWS = '\nActive Connections\n\n  Proto  Local Address  Foreign Address  State  PID\n';
const WINDOWS_TCP = '  TCP    192.0.2.1:22  192.0.2.2:4000  ESTABLISHED  7\n';

/** Each snapshot as `line-endLine rows dialects time host`. */
function snapshots(text: string): string[] {
  return readDump(text).snapshots.map(({ line, endLine, firstRow, endRow, dialects, time, host }) =>
    [
      `${line}-${endLine}`,
      endRow - firstRow,
      dialects.map(({ id }) => id).join('+'),
      ...(time === null ? [] : [time]),
      ...(host === null ? [] : [host]),
    ].join(' '),
  );
}

describe('snapshots', () => {
  it('are one for all sections of one output', () => {
    assert.deepEqual(snapshots(LINUX + TCP + TCP6 + UDP + UNIX + LOCAL), ['0-8 4 linux-net-tools']);
    assert.deepEqual(snapshots(SS + SS_UDP + SS_TCP), ['0-3 2 ss']);
  });

  it('begin where a header repeats what is there', () => {
    assert.deepEqual(snapshots(LINUX + TCP + UDP + UNIX + LOCAL + LINUX + TCP + UNIX + LOCAL), [
      '0-7 3 linux-net-tools',
      '7-13 2 linux-net-tools',
    ]);
    // The protocol that repeats need not be the first below the header.
    assert.deepEqual(snapshots(LINUX + TCP + LINUX + UDP + TCP), [
      '0-3 1 linux-net-tools',
      '3-7 2 linux-net-tools',
    ]);
    assert.deepEqual(
      snapshots([7, 8, 9].map(pid => WINDOWS + WINDOWS_TCP.replace('7\n', `${pid}\n`)).join('')),
      ['1-6 1 windows-netstat', '6-11 1 windows-netstat', '11-15 1 windows-netstat'],
    );
  });

  it('are one where several tools list the same sockets right after one another', () => {
    assert.deepEqual(snapshots(LINUX + TCP + UDP + SS + SS_TCP + SS_UDP), [
      '0-7 4 linux-net-tools+ss',
    ]);
    // No header in between.
    assert.deepEqual(snapshots(TCP + SS_TCP), ['0-2 2 linux-net-tools+ss']);
    assert.deepEqual(snapshots(TCP + SS_TCP + TCP), [
      '0-2 2 linux-net-tools+ss',
      '2-3 1 linux-net-tools',
    ]);
  });

  it('are two where several tools list other sockets, or the same in other states', () => {
    // tcp6 of the one may be tcp of the other.
    const others = ['0-3 1 linux-net-tools', '3-5 1 ss'];
    assert.deepEqual(snapshots(LINUX + TCP6 + SS + SS_TCP), others);
    const ended = SS_TCP.replace('ESTAB', 'TIME-WAIT');
    assert.deepEqual(snapshots(LINUX + TCP + SS + ended), others);
    assert.deepEqual(snapshots(`${LINUX}${TCP}2026-01-10 12:00:05\n${SS}${SS_TCP}`), [
      '0-3 1 linux-net-tools',
      '3-6 1 ss 2026-01-10T12:00:05',
    ]);
    // Their sockets have no ends by which they are known again.
    assert.deepEqual(snapshots(LINUX + TCP + UNIX + LOCAL + SS + SS_TCP), [
      '0-6 2 linux-net-tools',
      '6-8 1 ss',
    ]);
  });

  it('are one for the cuts of several tools, if one follows the other', () => {
    const cut = '$ netstat -tn | grep :22\n' + TCP;
    const other = SS_TCP.replace('4000', '4001');
    assert.deepEqual(snapshots(`${cut}and with ss:\n${other}`), ['1-4 2 linux-net-tools+ss']);
    const prose = 'So I waited a little and then looked again.\n'.repeat(9);
    assert.equal(snapshots(cut + prose + other).length, 2);
  });

  it('are one where one half is what listens, and the other what it has accepted', () => {
    const listening = `${SS}tcp   LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n${SS_UDP}`;
    const bound = `${SS}tcp   LISTEN 0 128 192.0.2.1:22 0.0.0.0:*\n`;
    assert.deepEqual(snapshots(listening + LINUX + TCP), ['0-6 3 ss+linux-net-tools']);
    assert.deepEqual(snapshots(LINUX + TCP + bound), ['0-5 2 linux-net-tools+ss']);
    // Also of one tool, and again for the next moment.
    assert.deepEqual(snapshots(listening + SS + SS_TCP + listening + SS + LATER_SS_TCP), [
      '0-5 3 ss',
      '5-10 3 ss',
    ]);
    for (const other of [
      // A connection that nothing here has accepted may be of another host.
      listening + SS + SS_TCP.replace(':22 ', ':23 '),
      `${SS}tcp   LISTEN 0 128 192.0.2.9:22 0.0.0.0:*\n${SS}${SS_TCP}`,
      // So may one that stands far away.
      listening + 'other text\n'.repeat(9) + SS + SS_TCP,
      // What lists both is a listing of its own.
      listening + SS + SS_UDP + SS_TCP,
      SS + SS_TCP + SS + LATER_SS_TCP,
    ]) {
      assert.equal(snapshots(other).length, 2, other);
    }
  });

  it('count each socket once, with what either tool tells', () => {
    const text =
      LINUX +
      'tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN     \n' +
      'tcp6       0      0 :::80                   :::*                    LISTEN     \n' +
      TCP +
      SS +
      'tcp LISTEN 0 511 *:80 *:* users:(("nginx",pid=7,fd=6),("nginx",pid=8,fd=6))\n' +
      'tcp LISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=7,fd=5))\n' +
      'tcp ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000 users:(("sshd",pid=9,fd=4)) timer:(keepalive,12sec,0) ino:5\n' +
      'tcp ESTAB 0 0 192.0.2.1:22 192.0.2.2:4001 users:(("sshd",pid=10,fd=4))\n';
    const dump = readDump(text);
    assert.equal(dump.snapshots.length, 1);
    assert.deepEqual(
      analyze(dump).snapshots.map(({ sockets }) => sockets),
      [4],
    );
    assert.deepEqual(
      [0, 1, 2].map(row => {
        const { owners, timer, inode } = dump.table.socket(row);
        return [owners.map(({ pid, fd }) => `${pid} ${fd}`), timer?.seconds ?? null, inode];
      }),
      [
        [['7 5'], null, null],
        [['7 6', '8 6'], null, null],
        [['9 4'], 12, 5],
      ],
    );
  });

  it('have the later state of a socket that changed between two tools', () => {
    const others = [1, 2].map(i => [TCP, SS_TCP].map(line => line.replace('4000', `400${i}`)));
    const text =
      LINUX +
      TCP.replace('\n', ' 9/sshd\n') +
      others.map(([line]) => line).join('') +
      SS +
      SS_TCP.replace('ESTAB 0', 'CLOSE-WAIT 7') +
      others.map(([, line]) => line).join('');
    const dump = readDump(text);
    assert.equal(dump.snapshots.length, 1);
    const analysis = analyze(dump);
    assert.deepEqual(analysis.snapshots[0]?.stateCounts, { ESTABLISHED: 2, 'CLOSE-WAIT': 1 });
    const { rows } = analysis.snapshots[0].closeWait[0]!;
    const { recvQ, owners } = dump.table.socket(rows[0]!);
    assert.deepEqual([recvQ, owners[0]?.process], [7, 'sshd']);
  });

  it('hold what several tools say of different protocols', () => {
    assert.deepEqual(snapshots(LINUX + TCP + SS + SS_UDP), ['0-5 2 linux-net-tools+ss']);
    assert.deepEqual(snapshots(LINUX + TCP + SS + SS_UDP + LINUX + TCP), [
      '0-5 2 linux-net-tools+ss',
      '5-8 1 linux-net-tools',
    ]);
    assert.deepEqual(snapshots(LINUX + TCP6 + SS + SS_UDP + SS + SS_TCP), [
      '0-5 2 linux-net-tools+ss',
      '5-7 1 ss',
    ]);
  });

  it('hold the listing that stands between two outputs of counters with the first', () => {
    const parts = (text: string): string[] =>
      readDump(text).snapshots.map(
        ({ firstRow, endRow, counted }) => `${counted.length} ${endRow - firstRow}`,
      );
    const counters = 'TcpExt:\n    3 SYN cookies sent\n';
    const later = counters.replace('3', '4');
    const sockets = SS + SS_TCP;
    assert.deepEqual(parts(counters + sockets + later + sockets), ['1 1', '1 1']);
    assert.deepEqual(parts(counters + SS + later + SS), ['1 0', '1 0']);
    assert.deepEqual(parts(sockets + counters + sockets + later), ['1 1', '1 1']);
    assert.deepEqual(parts(counters + later), ['1 0', '1 0']);
  });

  it('begin at a prompt, of rows cut out with grep', () => {
    const grep = '$ netstat -tn | grep :22\n';
    assert.deepEqual(snapshots(grep + TCP + grep + LATER_TCP), [
      '1-2 1 linux-net-tools',
      '3-4 1 linux-net-tools',
    ]);
    assert.deepEqual(snapshots('$ netstat -tn\n' + TCP + '$ netstat -un\n' + UDP), [
      '1-4 2 linux-net-tools',
    ]);
  });

  it('end for certain at a date', () => {
    assert.deepEqual(snapshots(`2026-01-10 12:00:00\n${LINUX}${TCP}2026-01-10 12:00:05\n${UDP}`), [
      '0-4 1 linux-net-tools 2026-01-10T12:00:00',
      '4-6 1 linux-net-tools 2026-01-10T12:00:05',
    ]);
    const zzz = 'zzz ***Fri Jan 10 12:00:00 CST 2026\n';
    assert.deepEqual(snapshots(zzz + TCP + zzz + LATER_TCP), [
      '0-2 1 linux-net-tools 2026-01-10T12:00:00',
      '2-4 1 linux-net-tools 2026-01-10T12:00:00',
    ]);
    // A date at the end belongs to nothing.
    assert.deepEqual(snapshots(`${LINUX}${TCP}2026-01-10 12:00:05\n`), ['0-4 1 linux-net-tools']);
  });

  it('may be empty between others', () => {
    assert.deepEqual(snapshots(LINUX + TCP + LINUX + LINUX + TCP + LINUX), [
      '0-3 1 linux-net-tools',
      '3-5 0 ',
      '5-8 1 linux-net-tools',
      '8-10 0 ',
    ]);
    assert.deepEqual(snapshots(LINUX + LINUX), []);
    assert.deepEqual(snapshots(LINUX + TCP + '$ netstat\n'), ['0-4 1 linux-net-tools']);
  });

  it('are cut where one of the tools that listed them is', () => {
    const both = (end: string): boolean[] => {
      const rows = ['1.1', '1.2'].map(end => `tcp 0 0 10.0.0.5:80 10.0.${end}:50000 ESTABLISHED\n`);
      const header = 'Proto Recv-Q Send-Q Local Address Foreign Address State\n';
      const below = ['1.1', '1.2'].map(end => `ESTAB 0 0 10.0.0.5:80 10.0.${end}:50000`);
      return readDump(`${header}${rows.join('')}${ss(...below)}${end}`).snapshots.map(
        ({ cut }) => cut,
      );
    };
    assert.deepEqual(both(''), [false]);
    assert.deepEqual(both('...\n'), [true]);
  });

  it('keep the time of an empty listing apart from that of the next', () => {
    const text = [10, 10, 10]
      .map((hour, i) => {
        const rows = i === 1 ? [] : ['LISTEN 0 128 0.0.0.0:80 0.0.0.0:*'];
        return `2026-03-01T${hour}:0${i}:00Z\n${ss(...rows)}`;
      })
      .join('');
    assert.deepEqual(
      readDump(text).snapshots.map(({ time, firstRow, endRow }) => [time, endRow - firstRow]),
      [
        ['2026-03-01T10:00:00Z', 1],
        ['2026-03-01T10:01:00Z', 0],
        ['2026-03-01T10:02:00Z', 1],
      ],
    );
  });

  it('know from its own command alone how each was listed', () => {
    const listings = (text: string): string[] =>
      readDump(text).snapshots.map(
        ({ firstRow, endRow, listing }) =>
          `${endRow - firstRow} ${listing.command}${listing.filtered ? ' cut' : ''}`,
      );
    const all = `$ ss -tanp\n${SS}${SS_TCP}`;
    const some = '$ ss -tanp state established\n';
    const none = some + SS.replace('State ', '');
    const both = ['1 ss -tanp', '0 ss -tanp state established cut'];
    assert.deepEqual(listings(all + none), both);
    assert.deepEqual(listings(all + none + none), [...both, both[1]]);
    assert.deepEqual(listings(all + none + '$ date\n' + all), [...both, both[0]]);
    assert.deepEqual(listings(none + all), ['1 ss -tanp']);
    // There was none above either, or none that need be the same.
    for (const others of [
      none.replace('established', 'close-wait'),
      none.replace('established', 'established dst 192.0.2.9'),
      none.replace('established', 'established | head -1'),
      none.replace('-tanp', '-uanp'),
      `$ ss -tanp dst 192.0.2.9\n${SS}`,
    ]) {
      assert.deepEqual(listings(all + others), ['1 ss -tanp']);
      assert.deepEqual(listings(all + others + others), ['1 ss -tanp']);
    }
    const cut = `$ ss -tanp dst 192.0.2.2\n${SS}`;
    const cuts = ['1 ss -tanp dst 192.0.2.2 cut', '0 ss -tanp dst 192.0.2.2 cut'];
    assert.deepEqual(listings(cut + SS_TCP + cut), cuts);
    assert.deepEqual(listings(`${all}2026-01-10 12:00:05\n${cut}`), ['1 ss -tanp', cuts[1]]);
    // What nothing stands below may have been left out of the paste.
    assert.deepEqual(listings(all + some), ['1 ss -tanp']);
    assert.deepEqual(listings(SS + SS_TCP + some), ['1 null']);
    assert.deepEqual(listings(some + all), ['1 ss -tanp']);
    assert.deepEqual(listings(all + '$ ss -tanp | grep CLOSE-WAIT\n' + all.replace('0 0', '0 9')), [
      '1 ss -tanp',
      '1 ss -tanp',
    ]);
    // Sockets of other protocols, of which there are none, are of the same moment.
    assert.deepEqual(listings(`$ netstat -tan\n${LINUX}${TCP}$ netstat -xan\n${UNIX}`), [
      '1 netstat -tan',
    ]);
    assert.deepEqual(listings(`${all}$ ss -wanp\n${SS}$ ss -uanp\n${SS}${SS_UDP}`), ['2 ss -tanp']);
    const counters = '$ nstat -az\nTcpExtSyncookiesSent 3 0.0\n';
    assert.deepEqual(listings(counters + some + all), ['1 ss -tanp']);
    assert.deepEqual(listings(all + some + counters), ['1 ss -tanp']);
  });

  it('have the host that a prompt, a log or watch names', () => {
    assert.deepEqual(
      snapshots(
        `[root@web1 ~]# date\nSat Jan 10 12:00:00 UTC 2026\n[root@web1 ~]# netstat -tn\n${LINUX}${TCP}` +
          `admin@web2:~$ netstat -un\n${UDP}`,
      ),
      ['1-6 1 linux-net-tools 2026-01-10T12:00:00Z web1', '7-8 1 linux-net-tools web2'],
    );
    assert.deepEqual(snapshots(`Jan 10 12:00:00 web3 netstat[1]: ${TCP}`), [
      '0-1 1 linux-net-tools web3',
    ]);
    assert.deepEqual(
      snapshots(`Every 2.0s: netstat -tn     web4: Sat Jan 10 12:00:00 2026\n\n${LINUX}${TCP}`),
      ['0-5 1 linux-net-tools 2026-01-10T12:00:00 web4'],
    );
    assert.deepEqual(snapshots(`bash-5.1$ netstat -tn\n${TCP}`), ['1-2 1 linux-net-tools']);
  });

  it('have the host that a command runs on, up to the next prompt', () => {
    const hosts = (...commands: readonly string[]): (string | null)[] =>
      readDump(
        commands
          .map((command, i) => `${command}\n${SS}${SS_TCP.replace('0 0', `0 ${i}`)}`)
          .join(''),
      ).snapshots.map(({ host }) => host);
    assert.deepEqual(hosts('$ ssh web1 ss -tan', '$ ssh web2 ss -tan'), ['web1', 'web2']);
    assert.deepEqual(hosts('$ ssh web1 ss -tan', '$ ss -tan'), ['web1', null]);
    assert.deepEqual(hosts('$ ss -tan', '$ docker exec web1 ss -tan'), [null, 'web1']);
    assert.deepEqual(
      hosts(
        'ann@gate:~$ ssh web1 ss -tan',
        'ann@gate:~$ ss -tan',
        '$ docker exec a ss -tan',
        '$ ss',
      ),
      ['web1', 'gate', 'a', 'gate'],
    );
    assert.deepEqual(hosts('$ ssh web1 ss -tan', '12:00:00'), ['web1', 'web1']);
    // Counters are of the machine beside them.
    const counters = 'TcpExt:\n    3 SYN cookies sent\n';
    const text = `$ ssh web1 netstat -s\n${counters}$ ssh web1 ss -tan\n${SS}${SS_TCP}`;
    assert.deepEqual(
      readDump(text).snapshots.map(({ host, counted }) => [host, counted.length]),
      [['web1', 1]],
    );
    const none = `$ ssh web1 ss -tan state established\n${SS.replace('State ', '')}`;
    assert.deepEqual(
      readDump(`$ ssh web1 ss -tan\n${SS}${SS_TCP}${none}`).snapshots.map(({ host }) => host),
      ['web1', 'web1'],
    );
  });

  it('say whether that is a container or a namespace', () => {
    for (const [inside, ...commands] of [
      [true, '$ docker exec web ss'],
      [true, 'ann@gate:~$ sudo docker exec web ss'],
      [true, '$ kubectl exec -n ns deploy/web -- ss'],
      [true, '$ ssh web1 docker exec api ss'],
      [true, '$ sudo ip netns exec blue ss'],
      [true, '$ ss -N blue'],
      [true, 'ann@gate:~$ kubectl exec -it web-0 -- sh', '/ # ss'],
      [true, 'ann@gate:~$ docker exec -it web sh', 'root@3f2a1b4c5d6e:/# ss'],
      [false, 'ann@gate:~$ kubectl exec -it web-0 -- sh', '/ # exit', 'ann@gate:~$ ss'],
      [false, '$ docker exec web ls', '$ ss'],
      [false, '$ ssh web1 ss'],
      [false, '$ vagrant ssh web1 -c "ss"'],
      [false, '$ sudo ss'],
      [false, '$ ss'],
    ] as const) {
      const text = commands.join('\n');
      const { listing } = readDump(`${text}\n${SS}${SS_TCP}`).snapshots.at(-1)!;
      assert.equal(listing.inside, inside, text);
    }
  });

  it('have the host on which a shell was opened, by whatever name its prompt has for it', () => {
    const exec = 'ann@gate:~$ kubectl exec -n ns -it web-0 -- sh';
    for (const [expected, ...commands] of [
      [['ns/web-0', 'ns/web-0'], '$ kubectl exec -n ns web-0 -- ss', exec, 'root@web-0:/# ss'],
      [['ns/web-0'], exec.replace('ann@gate:~', ''), 'root@web-0:/# ss'],
      [['ns/web-0', 'ns/web-0'], exec, 'root@web-0:/# ss', 'root@web-0:/tmp# ss -t'],
      [['ns/web-0', 'gate'], exec, '/ # ss', '/ # exit', 'ann@gate:~$ ss'],
      [['ns/web-0', null], exec.replace('ann@gate:~', ''), '/app # ss', '/app # exit', '$ ss'],
      [
        ['a/web-0', 'b/web-0'],
        ...['a', 'b'].flatMap(ns => [exec.replace('ns', ns), 'x@web-0:/$ ss']),
      ],
      // A pod of a deployment.
      [['ns/web-7d-x'], exec.replace('web-0', 'deploy/web'), 'root@web-7d-x:/# ss'],
      [
        ['gate/web', 'gate/web'],
        'ann@gate:~$ docker exec -it web sh',
        'root@3f2a1b4c5d6e:/# ss',
        'ann@gate:~$ docker exec web ss',
      ],
      [['web1'], 'ann@gate:~$ ssh web1', '$ ss'],
      // Nothing was opened, or something else was.
      [['gate'], exec, 'Error from server (NotFound)', 'ann@gate:~$ ss'],
      [[null], exec.replace('ann@gate:~', ''), 'Error from server (NotFound)', '$ ss'],
      [['db-0'], exec, 'root@db-0:/# ss'],
      [['web-0'], 'root@web-0:/# ss'],
    ] as const) {
      let queue = 0;
      const text = commands
        .map(command =>
          / ss\b/.test(command)
            ? `${command}\n${SS}${SS_TCP.replace('0 0', `0 ${queue++}`)}`
            : `${command}\n`,
        )
        .join('');
      assert.deepEqual(
        readDump(text).snapshots.map(({ host }) => host),
        expected,
        text,
      );
    }
  });

  it('are one where the header was sorted among or below the rows', () => {
    const header = SS.slice('Netid '.length);
    const [early, late] = [
      'ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000\n',
      'TIME-WAIT 0 0 192.0.2.1:22 192.0.2.2:4001\n',
    ];
    const told = (text: string): readonly (readonly [number, boolean])[] =>
      readDump(text).snapshots.map(({ firstRow, endRow, listing }) => [
        endRow - firstRow,
        listing.filtered,
      ]);
    const sorted = `$ ss -tan | sort\n${early}${header}${late}`;
    assert.deepEqual(told(sorted), [[2, false]]);
    assert.deepEqual(told(sorted + sorted.replace('0 0', '0 1')), [
      [2, false],
      [2, false],
    ]);
    assert.deepEqual(told(`$ ss -tan | sort\n${early}${header}`), [[1, false]]);
    assert.deepEqual(told(`$ netstat -tan | sort\n${TCP}`), [[1, false]]);
    const windows = `C:\\>netstat -ano | sort\n\n  Proto  Local Address  Foreign Address  State  PID\n${WINDOWS_TCP}Active Connections\n`;
    assert.deepEqual(told(windows), [[1, false]]);
    // What was not sorted, or of which equal lines or others were left out.
    assert.deepEqual(told(`$ ss -tan\n${early}${header}${late}`), [
      [1, true],
      [1, false],
    ]);
    assert.deepEqual(told(`$ ss -tan | sort -u\n${early}`), [[1, true]]);
    assert.deepEqual(told(`$ ss -tan | grep ESTAB | sort\n${early}`), [[1, true]]);
    // The listing of another tool, or the next one, begins below.
    assert.deepEqual(told(`$ ss -tan | sort\n${early}${header}${LINUX}${TCP6}`), [
      [1, false],
      [1, false],
    ]);
    assert.deepEqual(
      told(`$ ss -tan | sort\n${header}${early}${header}${early.replace('0 0', '0 1')}`),
      [
        [1, false],
        [1, false],
      ],
    );
  });

  it('have the time that stands before their lines', () => {
    const stamped = (time: string, text: string): string =>
      text.replace(/^(?=.)/gm, `[2022/9/23 ${time}] `);
    assert.deepEqual(
      snapshots(stamped('15:43:47', SS + SS_TCP) + stamped('15:43:49', SS + SS_TCP)),
      ['0-2 1 ss 2022-09-23T15:43:47', '2-4 1 ss 2022-09-23T15:43:49'],
    );
    assert.deepEqual(snapshots(stamped('15:43:47', TCP)), [
      '0-1 1 linux-net-tools 2022-09-23T15:43:47',
    ]);
  });

  it('cover all rows in order, whatever is pasted together', () => {
    const parts = [LINUX, UNIX, SS, WINDOWS, TCP, UDP, LOCAL, SS_TCP, WINDOWS_TCP, '12:00:00\n'];
    let text = '';
    for (let i = 0; i < 400; i++) {
      text += parts[(i * i * 7 + i * 3) % parts.length] ?? '';
    }
    const dump = readDump(text);
    let row = 0;
    let line = 0;
    for (const snapshot of dump.snapshots) {
      assert.equal(snapshot.firstRow, row);
      assert.ok(snapshot.line >= line && snapshot.endLine >= snapshot.line);
      row = snapshot.endRow;
      line = snapshot.endLine;
    }
    assert.equal(row, dump.table.length);
  });
});
