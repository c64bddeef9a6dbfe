import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { Dump } from '../../src/core/reading/dump';
import { locate } from '../../src/core/reading/locate';
import { readDump } from '../../src/core/reading/reader';
import { projectFolder } from '../harness/paths';
import { assertAllCounted, sampleText } from './rows';
import { linesOf } from './spans';

/* Dumps that terminals, logs and tickets have cut: nothing is lost, and nothing is made up. */

const NAMES = readdirSync(path.join(projectFolder, 'samples')).filter(name =>
  name.endsWith('.netstat'),
);

/** The lines of a sample, those that differ in numbers only at most thrice. */
function linesOfSample(name: string): string[] {
  const seen = new Map<string, number>();
  return linesOf(sampleText(name)).filter(line => {
    const look = line.replace(/\d+/g, '0').replace(/ +/g, ' ');
    const count = (seen.get(look) ?? 0) + 1;
    seen.set(look, count);
    return count <= 3;
  });
}

/** Every line of one class, and what is read of a line stands in it. */
function assertAccounted(dump: Dump, text: string): void {
  const { unrecognized, total } = dump.lines;
  assertAllCounted(dump);
  const lines = linesOf(text);
  assert.equal(total, lines.length);
  assert.equal(dump.unrecognized.length, unrecognized);
  lines.forEach((line, number) => {
    for (const { start, end } of locate(dump, number, line).fields) {
      assert.ok(0 <= start && start < end && end <= line.length, `${start}–${end} of: ${line}`);
    }
  });
  for (let row = 0; row < dump.table.length; row++) {
    const { local, remote, owners } = dump.table.socket(row);
    const printed = lines[dump.table.line[row]!] ?? '';
    for (const { port } of [local, ...(remote === null ? [] : [remote])]) {
      assert.ok(port === null || (port >= 0 && port <= 65_535), printed);
    }
    for (const { pid } of owners) {
      assert.ok(pid === null || pid >= 0, printed);
    }
  }
}

describe('a dump that was cut', () => {
  for (const name of NAMES) {
    it(`is accounted for, each line cut after each word: ${name}`, () => {
      const lines = linesOfSample(name);
      const most = Math.min(14, Math.max(...lines.map(line => line.split(/\s+/).length)));
      for (let words = 1; words < most; words++) {
        const cut = new RegExp(`^(?:\\s*\\S+){0,${words}}`);
        const text = lines
          .map((line, i) => (i < 3 ? line : (cut.exec(line)?.[0] ?? '')))
          .join('\n');
        assertAccounted(readDump(text), text);
      }
    });

    it(`is accounted for, a word missing or another in each line: ${name}`, () => {
      const lines = linesOfSample(name);
      for (const put of ['', '-', '*', '0', '99999999', 'x:y', '[', '1.2.3.4:99999', ',', '"']) {
        for (let word = 0; word < 8; word++) {
          const swap = new RegExp(`^((?:\\s*\\S+){${word}}\\s*)\\S+`);
          const text = lines
            .map((line, i) => (i < 3 ? line : line.replace(swap, `$1${put}`)))
            .join('\n');
          assertAccounted(readDump(text), text);
        }
      }
    });
  }

  it('is accounted for, anything missing or of another type in JSON', () => {
    for (const objects of [JC_NETSTAT, JC_SS, JC_LSOF]) {
      for (const [i, object] of objects.entries()) {
        for (const key of Object.keys(object)) {
          for (const value of [undefined, null, '', '*', '0', 5, 99_999, true, [], {}, [{}]]) {
            const changed = objects.map((one, n) => (n === i ? { ...one, [key]: value } : one));
            for (const text of [
              JSON.stringify(changed),
              JSON.stringify(changed, null, 2),
              changed.map(one => JSON.stringify(one)).join('\n'),
            ]) {
              assertAccounted(readDump(text), text);
            }
          }
        }
      }
    }
  });
});

const JC_NETSTAT: readonly object[] = [
  {
    proto: 'tcp',
    recv_q: 1,
    send_q: 2,
    local_address: '192.0.2.10',
    foreign_address: '198.51.100.7',
    state: 'CLOSE_WAIT',
    program_name: 'node app',
    pid: 4242,
    user: 'alice',
    inode: 40_001,
    local_port: '8080',
    foreign_port: 'https',
  },
  { proto: 'unix', flags: 'ACC', type: 'STREAM', state: 'LISTENING', inode: 7, path: '/run/a' },
  {
    address: 'fffff80003abf000',
    type: 'stream',
    recv_q: 0,
    send_q: 0,
    unix_inode: '0',
    conn: '0',
    addr: '/var/run/devd.pipe',
    kind: 'socket',
  },
];

const JC_SS: readonly object[] = [
  {
    netid: 'tcp',
    state: 'ESTAB',
    recv_q: 0,
    send_q: 36,
    local_address: '192.0.2.10',
    local_port: '22',
    peer_address: '198.51.100.7',
    peer_port: '51000',
    local_port_num: 22,
    opts: {
      process_id: { 812: { user: 'sshd', file_descriptor: '3' } },
      timer: { timer_name: 'on', expire_time: '0.4', retrans: '0' },
      inode_number: '55',
    },
  },
  {
    netid: 'nl',
    state: 'UNCONN',
    recv_q: 0,
    send_q: 0,
    channel: 'rtnl:kernel',
    peer_address: '*',
  },
  {
    netid: 'u_str',
    state: 'ESTAB',
    recv_q: 0,
    send_q: 0,
    path: '/run/b',
    pid: 5,
    local_port: '1',
    peer_address: '*',
    peer_port: '0',
  },
  { netid: 'p_raw', state: 'UNCONN', recv_q: 0, send_q: 0, link_layer: 'arp', interface: 'eth0' },
];

const JC_LSOF: readonly object[] = [
  {
    command: 'sshd',
    pid: 812,
    user: 'root',
    fd: '3u',
    type: 'IPv4',
    device: '12345',
    size_off: '0t0',
    node: 'TCP',
    name: '192.0.2.10:22->198.51.100.7:51000 (ESTABLISHED)',
  },
];
