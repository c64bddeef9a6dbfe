import { strict as assert } from 'node:assert';
import { countersOf } from '../../../src/core/model/counter';
import { readDump } from '../../../src/core/reading/reader';
import { assertAllRead, classesOf } from '../rows';
import { netstat, row } from '../analysis/scene';

/** The settings in each snapshot, `name value`. */
function settings(text: string): string[][] {
  return readDump(text).snapshots.map(one =>
    countersOf(one.counted)
      .filter(({ name }) => name.startsWith('Sysctl'))
      .map(({ name, value }) => `${name.slice('Sysctl'.length)} ${value}`),
  );
}

const BUCKETS = '/proc/sys/net/ipv4/tcp_max_tw_buckets';

describe('limits of TCP', () => {
  it('are read as sysctl prints them, and grep out of their files', () => {
    for (const text of [
      'net.ipv4.tcp_max_tw_buckets = 262144\nnet.ipv4.tcp_mem = 9\t10\t11\n',
      'net.ipv4.tcp_max_tw_buckets  =  262144\nnet.ipv4.tcp_mem = 9 10 11\n',
      `${BUCKETS}:262144\n/proc/sys/net/ipv4/tcp_mem:9\t10\t11\n`,
      `$ grep . ${BUCKETS} /proc/sys/net/ipv4/tcp_mem\n${BUCKETS}:262144\n/proc/sys/net/ipv4/tcp_mem:9\t10\t11\n`,
    ]) {
      assert.deepEqual(
        settings(text),
        [['TcpMaxTwBuckets 262144', 'TcpMemLow 9', 'TcpMemPressure 10', 'TcpMemHigh 11']],
        text,
      );
      assertAllRead(readDump(text));
    }
  });

  it('are numbers alone right below the command that asks for one', () => {
    for (const command of [
      `cat ${BUCKETS}`,
      `sudo cat ${BUCKETS}`,
      'sysctl -n net.ipv4.tcp_max_tw_buckets',
    ]) {
      for (const prompt of ['$ ', 'admin@web1:~$ ', '']) {
        assert.deepEqual(
          settings(`${prompt}${command}\n4096\n12\n`),
          [['TcpMaxTwBuckets 4096']],
          prompt + command,
        );
      }
    }
    assert.deepEqual(settings('$ cat /proc/sys/net/ipv4/tcp_mem\n9\t10\t11\n'), [
      ['TcpMemLow 9', 'TcpMemPressure 10', 'TcpMemHigh 11'],
    ]);
  });

  it('are ports that are reserved, as ranges', () => {
    const ranges = [
      'IpLocalReservedPorts1First 8080',
      'IpLocalReservedPorts1Last 8080',
      'IpLocalReservedPorts2First 9000',
      'IpLocalReservedPorts2Last 9100',
    ];
    const name = 'net.ipv4.ip_local_reserved_ports';
    const file = '/proc/sys/net/ipv4/ip_local_reserved_ports';
    for (const [text, expected] of [
      [`${name} = 8080,9000-9100\n`, [ranges]],
      [`${file}:8080,9000-9100\n`, [ranges]],
      [`$ sysctl -n ${name}\n8080,9000-9100\n`, [ranges]],
      [`$ cat ${file}\n8080\n`, [ranges.slice(0, 2)]],
      [`${name} = \n`, []],
    ] as const) {
      assert.deepEqual(settings(text), expected, text);
      assertAllRead(readDump(text));
    }
    for (const text of ['8080,9000-9100\n', `${name} = 8080,x\n`, `${name} = 8080 9000\n`]) {
      assert.deepEqual(settings(text), []);
    }
  });

  it('are of the snapshot of the sockets beside them', () => {
    const sockets = netstat(row('TIME_WAIT', '10.0.0.1:443', '10.0.0.2:5000'));
    for (const text of [
      `$ netstat -antop\n${sockets}$ cat ${BUCKETS}\n4096\n`,
      `$ cat ${BUCKETS}\n4096\n$ netstat -antop\n${sockets}`,
      `${sockets}\nnet.ipv4.tcp_max_tw_buckets = 4096\n`,
    ]) {
      assert.deepEqual(settings(text), [['TcpMaxTwBuckets 4096']], text);
    }
  });

  it('are no other number, and no setting that nothing is known of', () => {
    for (const text of [
      '4096\n',
      `$ cat ${BUCKETS}\ncat: ${BUCKETS}: No such file or directory\n12\n`,
      '$ cat /proc/sys/net/ipv4/tcp_fin_timeout\n60\n',
      'net.ipv4.tcp_max_tw_buckets = 1 2\n',
      'net.ipv4.tcp_max_tw_buckets = many\n',
      `${BUCKETS}\n`,
      `$ netstat -an | wc -l\n4096\n`,
    ]) {
      assert.deepEqual(settings(text).flat(), [], text);
    }
    assert.equal(classesOf(readDump('$ cat /proc/sys/net/ipv4/tcp_fin_timeout\n60\n')), 'TT');
  });
});
