import assert from 'node:assert/strict';

import { CAPTURE_TOOLS } from '../../../src/core/capture/commands';
import { netToolsTextOf } from '../../../src/core/capture/procNetTools';
import { readAnswer, remoteScript } from '../../../src/core/capture/remoteScript';
import { readDump } from '../../../src/core/reading/reader';

describe('the script for other machines', () => {
  for (const tool of ['auto', ...CAPTURE_TOOLS] as const) {
    it(`is one word for every login shell (${tool})`, () => {
      for (const again of [true, false]) {
        const script = remoteScript({ token: 'T-1', tool, counters: true, again });
        assert.doesNotMatch(script, /['\\!\r\n]/);
        // The longest word that tcsh takes.
        assert.ok(script.length < 4000, String(script.length));
      }
    });
  }

  it('evaluates nothing of what it reads', () => {
    const script = remoteScript({ token: 'T-1', tool: 'auto', counters: true, again: true });
    assert.doesNotMatch(script, /\beval\b|\bexec\b/);
    assert.match(script, /while read -r x; do s; done$/);
  });

  it('is answered part by part, after whatever a login shell prints', () => {
    const answer = readAnswer(
      'Welcome\r\nT begin Linux 0 web-1 x\nT none 0\nT run 1\na\nb\n\nT end 3\nerr\nT counters\n\n==> c <==\n1\n\nT done\n',
      'T',
    );
    assert.equal(answer?.platform, 'linux');
    assert.equal(answer.privileged, true);
    assert.equal(answer.host, 'web-1 x');
    assert.equal(answer.runs.get(0), null);
    assert.deepEqual(answer.runs.get(1), { status: 3, output: 'a\nb\n', errors: 'err' });
    assert.equal(answer.counters, '\n==> c <==\n1\n');
  });

  it('may be answered by anything', () => {
    assert.equal(readAnswer('', 'T'), undefined);
    assert.equal(readAnswer('T run 1\nx', 'T'), undefined);
    const answer = readAnswer('T begin\nT end\nT run x\nT none\nT zzz', 'T');
    assert.equal(answer?.platform, '');
    assert.equal(answer.privileged, false);
  });

  it('tells of /proc what netstat would print', () => {
    const head =
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
    const row = (port: string, inode: number): string =>
      `   0: 0100007F:${port} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0\n`;
    const printed = [
      `==> /proc/net/tcp <==\n${head}${row('1F90', 71)}${row('1F91', 72)}${row('1F92', 73)}`,
      '==> names <==\n12 parent\n7 a b\n',
      '==> descriptors <==\n',
      '/proc/12/fd:\nlrwx------ 1 root root 64 Jan  5 10:00 3 -> socket:[71]\n',
      'lrwx------ 1 root root 64 Jan  5 10:00 4 -> socket:[72]\n',
      '/proc/7/fd:\nlrwx------    1 root     root            64 Jan  5 10:00 3 -> socket:[72]\n',
      '/proc/x/fd:\n -> socket:[]\n',
    ].join('');
    const { table, lines, snapshots } = readDump(netToolsTextOf(printed, false));
    assert.equal(lines.unrecognized, 0);
    assert.equal(snapshots[0]?.unprivileged, true);
    const owners = [0, 1, 2].map(i =>
      table.socket(i).owners.map(({ pid, process }) => `${pid} ${process}`),
    );
    assert.deepEqual(owners, [['12 parent'], ['7 a b'], []]);
    assert.equal(readDump(netToolsTextOf(printed, true)).snapshots[0]?.unprivileged, false);
    assert.equal(readDump(netToolsTextOf('', true)).table.length, 0);
  });
});
