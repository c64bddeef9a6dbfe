import assert from 'node:assert/strict';
import { plain } from '../../../src/core/wording/text';
import { analysed, expectFinding } from '../analysis/scene';

/** `lsof -i` of Linux; rows are `pid command fd inode state port`. */
function lsof(...rows: readonly string[]): string {
  return [
    'COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME',
    ...rows.map(text => {
      const [pid, command, fd, inode, state, port] = text.split(' ');
      return `${command} ${pid} www ${fd}u IPv4 ${inode} 0t0 TCP 192.0.2.1:80->198.51.100.7:${port} (${state})`;
    }),
    '',
  ].join('\n');
}

describe('sockets of several open files', () => {
  it('count once, for the process that holds the most', () => {
    const text = lsof(
      '10 httpd 4 900 CLOSE_WAIT 4000',
      '10 httpd 5 901 CLOSE_WAIT 4001',
      '11 httpd 4 900 CLOSE_WAIT 4000',
      '11 httpd 9 900 CLOSE_WAIT 4000',
      '11 httpd 6 902 ESTABLISHED 4002',
    );
    const { last } = analysed(text);
    assert.equal(last?.sockets, 3);
    assert.deepEqual(last.stateCounts, { ESTABLISHED: 1, 'CLOSE-WAIT': 2 });
    assert.deepEqual(last.protocolCounts, { tcp: 3 });
    assert.equal(last.closeWait.length, 1);
    const [group] = last.closeWait;
    assert.deepEqual([group?.pid, group?.count, group?.ofOwner], [10, 2, 2]);
    assert.deepEqual(
      group?.sharedWith.map(({ pid }) => pid),
      [11],
    );
    expectFinding(text, 'CW-1', { pid: 10, rows: 2, title: /has 2 in CLOSE_WAIT/ });
  });

  it('are told apart by inode, never by their ends', () => {
    const { last } = analysed(
      lsof('10 httpd 4 900 CLOSE_WAIT 4000', '11 httpd 4 901 CLOSE_WAIT 4000'),
    );
    assert.equal(last?.stateCounts['CLOSE-WAIT'], 2);
    assert.equal(last.closeWait.length, 2);
  });

  it('are known by the handle where there is no inode', () => {
    const row = (pid: number, handle: string): string =>
      `httpd ${pid} www 4u IPv4 ${handle} 0t0 TCP 192.0.2.1:80->198.51.100.7:4000 (CLOSE_WAIT)`;
    const text = (handle: string): string =>
      `COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME\n${row(10, '0x5f1a2b3c4d5e6f70')}\n${row(11, handle)}\n`;
    assert.equal(analysed(text('0x5f1a2b3c4d5e6f70')).last?.sockets, 1);
    assert.equal(analysed(text('0x5f1a2b3c4d5e6f71')).last?.sockets, 2);
  });

  it('are one connection in sentences', () => {
    const rows = Array.from({ length: 3 }, (_, i) => `${10 + i} httpd 4 900 FIN_WAIT2 4000`);
    for (const { title } of analysed(lsof(...rows)).findings) {
      assert.doesNotMatch(plain(title), /\b1 connections|\b3\b/);
    }
  });
});
