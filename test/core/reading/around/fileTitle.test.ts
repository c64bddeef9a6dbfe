import assert from 'node:assert/strict';
import {
  fileOfTitle,
  fileTitle,
  timeInFileName,
} from '../../../../src/core/reading/around/fileTitle';
import { readDump } from '../../../../src/core/reading/reader';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';
const ROW = 'tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED 7/sshd\n';
const OTHER = ROW.replace('4000', '4001');

describe('several files in one text', () => {
  it('are told apart by the titles of head and tail', () => {
    assert.equal(fileOfTitle(fileTitle('logs/web-3.netstat')), 'logs/web-3.netstat');
    assert.equal(fileOfTitle(fileTitle('a\nb')), 'a b');
    for (const line of ['', '==>  <==', '==> a', 'a <==', '==> /proc/net/tcp <==', '=== a ===']) {
      assert.equal(fileOfTitle(line), null, line);
    }
  });

  it('are snapshots of their own, with the time in their names', () => {
    const { snapshots, lines } = readDump(
      [
        `${fileTitle('web-1.netstat')}\n${HEAD}${ROW}`,
        `${fileTitle('empty.txt')}\n`,
        `${fileTitle('web-2-20260105-1030.netstat')}\n${OTHER}${HEAD}${ROW}`,
        `${fileTitle('web-3.netstat')}\nuser@web-3:~$ netstat -ant\n${HEAD}${ROW}`,
        `${fileTitle('web-4.netstat')}\n${HEAD}${ROW}`,
      ].join(''),
    );
    assert.deepEqual(
      snapshots.map(({ source, host, time, firstRow, endRow }) => [
        source,
        host,
        time,
        endRow - firstRow,
      ]),
      [
        ['web-1.netstat', null, null, 1],
        ['web-2-20260105-1030.netstat', null, '2026-01-05T10:30:00', 1],
        ['web-2-20260105-1030.netstat', null, null, 1],
        ['web-3.netstat', 'web-3', null, 1],
        ['web-4.netstat', null, null, 1],
      ],
    );
    assert.equal(lines.unrecognized, 0);
  });

  it('say the time in many ways', () => {
    for (const [name, time] of [
      ['netstat-20260105-1000.txt', '2026-01-05T10:00:00'],
      ['/var/log/2025/2026-01-05T10:00:30Z.log', '2026-01-05T10:00:30Z'],
      ['ss_2026-01-05_10.00.30', '2026-01-05T10:00:30'],
      ['20260105100030', '2026-01-05T10:00:30'],
      ['netstat.txt', null],
      ['netstat-20261305-1000.txt', null],
      ['20260105', null],
    ] as const) {
      assert.equal(timeInFileName(name), time, name);
    }
  });
});
