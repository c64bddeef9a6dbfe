import { strict as assert } from 'node:assert';
import { analyze } from '../../../../src/core/analysis/analyze';
import { readDump } from '../../../../src/core/reading/reader';

const LINUX =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n';
const SS = 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n';
const LISTENER = row('0.0.0.0:22', '0.0.0.0:*', 'LISTEN');
const UDP =
  'udp        0      0 0.0.0.0:5353            0.0.0.0:*                           9/avahi-daemon\n';
const ROWS = LISTENER + [1, 2, 3].map(i => connection(`4400${i}`)).join('') + UDP;

function row(local: string, remote: string, state: string, owner = '950/java'): string {
  return `tcp        1      0 ${local.padEnd(23)} ${remote.padEnd(23)} ${state.padEnd(11)} ${owner}\n`;
}

function connection(port: string, state = 'CLOSE_WAIT', owner?: string): string {
  return row(`10.0.0.5:${port}`, '10.0.0.20:5432', state, owner);
}

/** How many sockets each snapshot of a text has. */
function sockets(text: string): number[] {
  return analyze(readDump(text)).snapshots.map(({ sockets: count }) => count);
}

/** The row of each row that shows a socket again. */
function repeats(text: string): number[][] {
  return readDump(text).snapshots.flatMap(one => [...one.repeats]);
}

describe('a listing that stands twice in a text', () => {
  it('is one moment, however often', () => {
    assert.deepEqual(sockets((LINUX + ROWS).repeat(2)), [5]);
    assert.deepEqual(sockets((LINUX + ROWS).repeat(4)), [5]);
    assert.deepEqual(sockets(`# netstat -ant\n${LINUX}${ROWS}`.repeat(2)), [5]);
    assert.deepEqual(sockets(`2026-01-10 12:00:00\n${LINUX}${ROWS}`.repeat(2)), [5]);
    // Only the first of both has a date.
    assert.deepEqual(sockets(`2026-01-10 12:00:00\n${LINUX}${ROWS}${LINUX}${ROWS}`), [5]);
    const { snapshots } = readDump((LINUX + ROWS).repeat(2));
    assert.deepEqual(
      snapshots.map(({ line, endLine, repeats: { size } }) => [line, endLine, size]),
      [[0, 14, 5]],
    );
  });

  it('is one moment with what another tool lists of it', () => {
    const ss = `${SS}tcp CLOSE-WAIT 1 0 10.0.0.5:44001 10.0.0.20:5432\n`;
    const netstat = LINUX + connection('44001');
    assert.deepEqual(sockets((netstat + ss).repeat(2)), [1]);
    assert.deepEqual(sockets(netstat + netstat + ss + ss), [1]);
  });

  it('says nothing of how long something has lasted', () => {
    const text = LINUX + row('10.0.0.5:44009', '10.0.0.21:5432', 'SYN_SENT');
    const seen = (twice: string): string[] =>
      analyze(readDump(twice)).findings.map(
        ({ severity, confidence }) => `${severity} ${confidence}`,
      );
    assert.deepEqual(seen(text.repeat(2)), seen(text));
    assert.notDeepEqual(seen(`${text}2026-01-10 12:00:00\n${text}`), seen(text));
  });

  it('is two moments where anything tells them apart', () => {
    const dated = (second: number): string => `2026-01-10 12:00:0${second}\n${LINUX}${ROWS}`;
    for (const text of [
      // An idle host.
      dated(1) + dated(6),
      LINUX + ROWS + dated(6),
      // Another queue, state, owner, order or number of rows.
      LINUX + ROWS + LINUX + ROWS.replace('tcp        1', 'tcp        2'),
      LINUX + ROWS + LINUX + ROWS.replace('CLOSE_WAIT', 'LAST_ACK  '),
      LINUX + ROWS + LINUX + ROWS.replace('950/java', '951/java'),
      LINUX + ROWS + LINUX + UDP + ROWS.replace(UDP, ''),
      LINUX + ROWS + LINUX + ROWS + connection('44009'),
      // Another machine, another file, other counters.
      `[root@a ~]# netstat\n${LINUX}${ROWS}[root@b ~]# netstat\n${LINUX}${ROWS}`,
      `==> a <==\n${LINUX}${ROWS}\n==> b <==\n${LINUX}${ROWS}`,
      `${LINUX}${ROWS}TcpExt:\n    3 SYN cookies sent\n${LINUX}${ROWS}TcpExt:\n    4 SYN cookies sent\n`,
    ]) {
      assert.equal(readDump(text).snapshots.length, 2, text);
    }
    const other = ROWS.replace('44001', '44009');
    assert.equal(readDump(LINUX + ROWS + LINUX + other + LINUX + ROWS).snapshots.length, 3);
  });

  it('is one moment with its counters and interfaces, but not what is counted anew each time', () => {
    const counters = 'TcpExt:\n    3 SYN cookies sent\n';
    const { snapshots } = readDump((LINUX + ROWS + counters).repeat(2));
    assert.deepEqual(
      snapshots.map(({ counted }) => counted.map(one => one.counters.length)),
      [[1]],
    );
    // Alone, they may have stayed the same.
    assert.equal(readDump(counters.repeat(2)).snapshots.length, 2);
    const increments = '#kernel\nTcpRetransSegs                  3                  0.0\n';
    assert.equal(readDump((LINUX + ROWS + increments).repeat(2)).snapshots.length, 2);
  });
});

describe('a connection that stands twice in a listing', () => {
  it('is one socket', () => {
    const rows = [0, 1, 2, 3, 4].map(i => connection(`4400${i}`));
    assert.deepEqual(sockets(rows.join('').repeat(4)), [5]);
    assert.deepEqual(sockets([...rows, ...rows.slice(2)].join('')), [5]);
    assert.deepEqual(sockets(LINUX + [...rows, ...rows.slice(2)].join('')), [5]);
    assert.deepEqual(repeats(rows.slice(0, 2).join('').repeat(2)), [
      [2, 0],
      [3, 1],
    ]);
  });

  it('is one also among very many', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => connection(String(10_000 + i)));
    assert.deepEqual(sockets(rows.join('')), [20_000]);
    assert.deepEqual(sockets([...rows, ...rows.slice(5000)].join('')), [20_000]);
  });

  it('has the later state, and whatever either row tells', () => {
    const text = connection('44001', 'ESTABLISHED') + connection('44001', 'CLOSE_WAIT', '-');
    const [snapshot] = analyze(readDump(text)).snapshots;
    assert.deepEqual(snapshot?.stateCounts, { 'CLOSE-WAIT': 1 });
    assert.equal(snapshot.closeWait[0]?.process, 'java');
    const back = [
      connection('44001', 'SYN_SENT'),
      connection('44001', 'ESTABLISHED'),
      connection('44001', 'CLOSE_WAIT'),
      connection('44001', 'CLOSE_WAIT'),
    ];
    assert.deepEqual(repeats(back.join('')), [
      [0, 2],
      [1, 2],
      [3, 2],
    ]);
  });

  it('takes the listeners and UDP sockets beside it along', () => {
    assert.deepEqual(sockets(ROWS.repeat(3)), [5]);
  });

  it('is none where equal rows are sockets of their own', () => {
    // SO_REUSEPORT, UDP, UNIX.
    const unix = 'unix  3      [ ]         STREAM     CONNECTED     18438    /run/a\n';
    assert.deepEqual(sockets(LINUX + (LISTENER + UDP).repeat(3)), [6]);
    assert.deepEqual(sockets(unix.repeat(3)), [3]);
    assert.deepEqual(sockets(LISTENER.repeat(2) + connection('44001') + UDP.repeat(2)), [5]);
    // Two network namespaces.
    const inode = (ino: number): string =>
      `tcp ESTAB 0 0 127.0.0.1:9000 127.0.0.1:40000 ino:${ino} sk:1\n`;
    assert.deepEqual(sockets(SS + inode(5) + inode(6)), [2]);
    assert.deepEqual(sockets(connection('44001') + connection('44001', 'CLOSE_WAIT', '7/b')), [2]);
    const link = (name: string): string =>
      `tcp ESTAB 0 0 [fe80::1]%${name}:22 [fe80::2]%${name}:4000\n`;
    assert.deepEqual(sockets(SS + link('eth0') + link('eth1')), [2]);
  });

  it('is none where addresses are cut, hidden or names', () => {
    for (const address of [
      '2a02:8108:8ac0:1f',
      '2001:db8::12:5678',
      'ec2-52-1-2-3.compu',
      'x.x.x.x',
    ]) {
      const [one] = [row('10.0.0.5:443', `${address}:55027`, 'ESTABLISHED')];
      assert.deepEqual(sockets(one.repeat(2)), [2], address);
    }
    assert.deepEqual(sockets(row('::1:443', '2001:db8::1:55027', 'ESTABLISHED').repeat(2)), [1]);
  });
});
