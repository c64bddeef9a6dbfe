import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { counterCalled } from '../../../src/core/knowledge/counters';
import { countersOf, isStateCount } from '../../../src/core/model/counter';
import { readDump } from '../../../src/core/reading/reader';
import { HISTOGRAMS, SENTENCES } from '../../../src/core/statistics/linux/netToolsSentences';

const TEST = path.join(import.meta.dirname, '../..');
const ROOT = path.join(TEST, '..');

/** The names that a text's counters have in JSON. */
function namesIn(text: string): string[] {
  return readDump(text).snapshots.flatMap(({ counted }) =>
    countersOf(counted.filter(one => !isStateCount(one))).map(({ name }) => name),
  );
}

function assertKnown(names: readonly string[]): void {
  assert.ok(names.length > 0);
  assert.deepEqual(
    [...new Set(names)].filter(name => counterCalled(name) === null),
    [],
  );
}

describe('names of counters that reports print', () => {
  it('are known, of each sentence of net-tools', () => {
    const texts = [...SENTENCES].flatMap(([section, sentences]) =>
      [...sentences.keys()].map(
        words =>
          `${section}:\n    ${words.includes('N') ? words.replace('N', '7') : `7 ${words}`}\n`,
      ),
    );
    assertKnown(texts.flatMap(namesIn));
  });

  it('are known, of each line in a histogram of ICMP', () => {
    // Each version of ICMP prints a part of them.
    for (const key of HISTOGRAMS.keys()) {
      const [direction, ...words] = key.split(' ');
      const title = direction === 'In' ? 'input' : 'output';
      const found = ['Icmp', 'Icmp6'].flatMap(section =>
        namesIn(`${section}:\n    ICMP ${title} histogram:\n        ${words.join(' ')}: 7\n`),
      );
      assert.ok(
        found.some(name => counterCalled(name) !== null),
        key,
      );
    }
  });

  for (const folder of [path.join(ROOT, 'samples'), path.join(TEST, 'core/statistics/captures')]) {
    it(`are known, of all texts in ${path.basename(folder)}`, () => {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
        /\.(?:txt|netstat)$/.test(name),
      );
      assertKnown(files.flatMap(name => namesIn(readFileSync(path.join(folder, name), 'utf8'))));
    });
  }

  it('are known, of what Linux prints beside', () => {
    assertKnown(
      namesIn(
        [
          'Total: 7 (kernel 8)',
          'TCP:   9 (estab 1, closed 2, orphaned 3, synrecv 4, timewait 5/6), ports 7',
          'Transport Total     IP        IPv6',
          '*         8         -         -',
          ...['RAW', 'UDP', 'TCP', 'INET', 'FRAG'].map(name => `${name}  2  1  1`),
          'sockets: used 9',
          'TCP: inuse 1 orphan 2 tw 3 alloc 4 mem 5',
          'UDP: inuse 1 mem 2',
          'UDPLITE: inuse 1',
          'RAW: inuse 1',
          'FRAG: inuse 1 memory 2',
          ...['TCP', 'UDP', 'UDPLITE', 'RAW'].map(name => `${name}6: inuse 1`),
          'FRAG6: inuse 1 memory 2',
          'Inter-|   Receive                                                |  Transmit',
          ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
          `  eth0: ${'7 '.repeat(16)}`,
        ].join('\n'),
      ),
    );
  });

  it('are known, of Windows', () => {
    const block = (title: string, rows: number): string =>
      `${title}\n\n${Array.from({ length: rows }, (_, i) => `  Row ${'abcdefghijklmnopq'[i]} = 7`).join('\n')}\n\n`;
    assertKnown(
      namesIn(
        ['IPv4', 'IPv6']
          .map(
            version =>
              block(`${version} Statistics`, 17) +
              block(`TCP Statistics for ${version}`, 8) +
              block(`UDP Statistics for ${version}`, 4),
          )
          .join(''),
      ),
    );
  });

  it('are known, of what BSD counts and rules ask for', () => {
    assertKnown(
      namesIn(
        [
          'tcp:',
          '\t9 packets received',
          '\t9 data packets (99 bytes)',
          '\t9 data packets (99 bytes) retransmitted',
          '\t9 out-of-order packets (99 bytes)',
          '\t9 embryonic connections dropped',
          '\t9 connections dropped by rexmit timeout',
          '\t9 connections dropped by persist timeout',
          '\t9 connections dropped by keepalive',
          '\t9 window probe packets',
          '\t9 window probes',
          '\t9 listen queue overflows',
          '\t9 bucket overflow',
          '\t9 cache overflow',
        ].join('\n'),
      ),
    );
  });
});
