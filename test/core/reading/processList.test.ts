import { strict as assert } from 'node:assert';
import { readDump } from '../../../src/core/reading/reader';

const WINDOWS =
  '  Proto  Local Address          Foreign Address        State           PID\n' +
  '  TCP    192.0.2.1:22           198.51.100.4:50000     ESTABLISHED     1234\n' +
  '  TCP    192.0.2.1:23           198.51.100.4:50000     ESTABLISHED     4\n';

/** `pid name` of each row, with the lines that nothing could read. */
function owners(text: string): readonly [owners: string[], unrecognized: readonly number[]] {
  const { table, unrecognized } = readDump(text);
  const found = Array.from({ length: table.length }, (_, row) => {
    const [owner] = table.socket(row).owners;
    return `${owner?.pid ?? '-'} ${owner?.process ?? '-'}`;
  });
  return [found, unrecognized];
}

describe('process lists beside sockets', () => {
  it('are told of without them', () => {
    assert.deepEqual(owners(WINDOWS), [['1234 -', '4 -'], []]);
  });

  for (const [name, header] of [
    ['English', 'Image Name                     PID Session Name        Session#    Mem Usage'],
    ['German', 'Abbildname                     PID Sitzungsname       Sitz.-Nr. Speichernutzung'],
  ] as const) {
    it(`give names, from tasklist in ${name}, above or below`, () => {
      const list =
        `C:\\> tasklist\n\n${header}\n` +
        '========================= ======== ================ =========== ============\n' +
        'System                           4 Services                   0        144 K\n' +
        'my server.exe                 1234 Console                    1     14,144 K\n';
      for (const text of [WINDOWS + list, `${list}\nC:\\> netstat -ano\n${WINDOWS}`]) {
        assert.deepEqual(owners(text), [['1234 my server.exe', '4 System'], []]);
      }
    });
  }

  it('give names, from tasklist /svc, with the lines that it wraps', () => {
    const list =
      'Image Name                     PID Services\n' +
      '========================= ======== ============================================\n' +
      'svchost.exe                   1234 BrokerInfrastructure, DcomLaunch, PlugPlay,\n' +
      '                                   Power, SystemEventsBroker\n';
    assert.deepEqual(owners(WINDOWS + list), [['1234 svchost.exe', '4 -'], []]);
  });

  it('give names, from tasklist as CSV', () => {
    const list =
      '"Image Name","PID","Session Name","Session#","Mem Usage"\n' +
      '"svchost.exe","1234","Services","0","14,144 K"\n';
    assert.deepEqual(owners(WINDOWS + list), [['1234 svchost.exe', '4 -'], []]);
  });

  const LINUX =
    'TCP 192.0.2.1:22 198.51.100.4:50000 ESTABLISHED 1234\nTCP 192.0.2.1:23 198.51.100.4:50000 ESTABLISHED 77\n';

  it('give names, from ps, with or without its header', () => {
    const aux =
      'www       1234  0.0  0.1  12345  6789 ?        Ss   10:00   0:01 /usr/bin/java -Dhost=192.0.2.1:80 -Dpeer=192.0.2.2:80\n' +
      'root        77  1.5  0.1  12345  6789 pts/0    S+   Jan05   1:01 nginx: worker process\n';
    const full =
      'www       1234     1  0 10:00 ?        00:00:01 /usr/bin/java -Dhost=192.0.2.1:80 -Dpeer=192.0.2.2:80\n' +
      'root        77     1  0 Jan05 pts/0    00:01:01 nginx: worker process\n';
    const expected = [['1234 java', '77 nginx'], []];
    for (const text of [
      `USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n${aux}`,
      aux,
      `UID        PID  PPID  C STIME TTY          TIME CMD\n${full}`,
      full,
      '   PID TTY          TIME CMD\n  1234 pts/0    00:00:01 java\n    77 pts/0    00:00:00 nginx\n',
    ]) {
      assert.deepEqual(owners(LINUX + text), expected, text);
      assert.deepEqual(owners(text + LINUX), expected, text);
    }
  });

  const PROC =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n' +
    '   0: 010200C0:0016 046433C6:C350 01 00000000:00000000 00:00000000 00000000     0        0 18438 1 0000000000000000 20 4 30 10 -1\n';

  it('give PIDs to inodes, from the descriptors in /proc', () => {
    const link = "lrwx------ 1 root root 64 Jan  1 12:00 12 -> 'socket:[18438]'\n";
    for (const list of [
      `$ ls -l /proc/1234/fd\ntotal 0\n${link}`,
      `/proc/1234/fd:\n${link}`,
      '  181 0 lrwx------ 1 root root 64 Jan 1 12:00 /proc/1234/fd/12 -> socket:[18438]\n',
    ]) {
      assert.deepEqual(owners(`$ cat /proc/net/tcp\n${PROC}${list}`), [['1234 -'], []], list);
    }
    // Whose descriptors they are is not told.
    assert.deepEqual(owners(PROC + link)[0], ['- -']);
  });

  it('say nothing of another machine', () => {
    const text =
      `==> web1.txt <==\n${WINDOWS}==> web2.txt <==\n${WINDOWS}` +
      '"svchost.exe","1234","Services","0","14,144 K"\n';
    assert.deepEqual(owners(text)[0], ['1234 -', '4 -', '1234 -', '4 -']);
  });
});
