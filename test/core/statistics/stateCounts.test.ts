import { strict as assert } from 'node:assert';
import { analyze } from '../../../src/core/analysis/analyze';
import { countersOf } from '../../../src/core/model/counter';
import { isDump } from '../../../src/core/reading/detect';
import type { Dump } from '../../../src/core/reading/dump';
import { locateCounters } from '../../../src/core/reading/locateCounters';
import { readDump } from '../../../src/core/reading/reader';
import { assertAllCounted, assertAllRead, classesOf } from '../rows';
import { netstat, row } from '../analysis/scene';

/** The counts of each snapshot, `STATE number line`. */
function counted({ snapshots }: Dump): string[][] {
  return snapshots.map(one =>
    countersOf(one.counted).map(({ name, value, line }) => `${name} ${value} ${line}`),
  );
}

const AWK = "$ netstat -an | awk '{s[$6]++} END {for (k in s) print k, s[k]}'\n";

describe('counts of states, the state first', () => {
  it('reads a block in any order and with any sign between', () => {
    for (const sign of [' ', '\t', ': ', ':', ' = ', '=', '     ']) {
      const text = ['TIME_WAIT', 'ESTABLISHED', 'CLOSE_WAIT', 'LISTEN', 'SYN_RECV']
        .map((state, i) => `${state}${sign}${3000 - i}\n`)
        .join('');
      const dump = readDump(text);
      assertAllRead(dump);
      assert.deepEqual(
        counted(dump),
        [
          [
            'TIME-WAIT 3000 0',
            'ESTABLISHED 2999 1',
            'CLOSE-WAIT 2998 2',
            'LISTEN 2997 3',
            'SYN-RECEIVED 2996 4',
          ],
        ],
        sign,
      );
      assert.equal(classesOf(dump), 'KKKKK');
      assert.ok(isDump(text));
    }
    assert.deepEqual(counted(readDump('ESTAB 120\nCLOSE-WAIT 40')), [
      ['ESTABLISHED 120 0', 'CLOSE-WAIT 40 1'],
    ]);
    assert.deepEqual(counted(readDump('Listen 20\nEstablished 7\nTimeWait 0\n')), [
      ['LISTEN 20 0', 'ESTABLISHED 7 1', 'TIME-WAIT 0 2'],
    ]);
  });

  it('takes what else was in the column for part of it', () => {
    const dump = readDump('established) 1\nESTABLISHED 9\n 12\nState 1\nCLOSE_WAIT 4\nSTREAM 80\n');
    assert.deepEqual(counted(dump), [['ESTABLISHED 9 1', 'CLOSE-WAIT 4 4']]);
    assert.equal(classesOf(dump), 'KKKKKK');
  });

  it('believes a single line below the command that prints it', () => {
    const dump = readDump(`${AWK}servers) 1\nForeign 1\nCLOSE_WAIT 944\n`);
    assert.deepEqual(counted(dump), [['CLOSE-WAIT 944 3']]);
    assert.equal(classesOf(dump), 'TKKK');
    assert.deepEqual(counted(readDump('CLOSE_WAIT 944\n')), []);
    assert.deepEqual(counted(readDump('$ netstat -an | grep CLOSE_WAIT\nCLOSE_WAIT 944\n')), []);
  });

  it('judges what it has read, and shows where it stands', () => {
    const text = 'ESTABLISHED 310\nCLOSE_WAIT 944\n';
    const { dump, findings } = analyze(readDump(text));
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['CT-25'],
    );
    const lines = text.split('\n');
    const found = locateCounters(dump, 1, line => lines[line] ?? '');
    assert.deepEqual(found?.counters[0]?.span, { start: 0, end: 14 });
  });

  it('is read beside sockets, behind a prefix, and far down in a log', () => {
    const sockets = netstat(row('ESTABLISHED', '10.0.0.1:443', '10.0.0.2:5000'));
    const beside = readDump(`${sockets}\nTIME_WAIT 3000\nCLOSE_WAIT 40\n`);
    assertAllRead(beside);
    assert.deepEqual(counted(beside), [['TIME-WAIT 3000 4', 'CLOSE-WAIT 40 5']]);
    assert.deepEqual(counted(readDump('> TIME_WAIT 3000\n> CLOSE_WAIT 40\n')), [
      ['TIME-WAIT 3000 0', 'CLOSE-WAIT 40 1'],
    ]);
    const log = 'nothing of interest here\n'.repeat(1100);
    const below = readDump(`${log}ESTABLISHED 7\nCLOSE_WAIT 40\n`);
    assertAllCounted(below);
    assert.deepEqual(counted(below), [['ESTABLISHED 7 1100', 'CLOSE-WAIT 40 1101']]);
  });

  it('takes the same states again for a later moment', () => {
    const dump = readDump('ESTABLISHED 7\nCLOSE_WAIT 40\nESTABLISHED 8\nCLOSE_WAIT 44\n');
    assert.deepEqual(counted(dump), [
      ['ESTABLISHED 7 0', 'CLOSE-WAIT 40 1'],
      ['ESTABLISHED 8 2', 'CLOSE-WAIT 44 3'],
    ]);
  });

  it('is no word of settings or prose before a number, nor the state of a wrapped row', () => {
    for (const text of [
      'Listen 80\nListen 443\n',
      'Listen 80\nListen 443\nEstablish 3\n',
      'Established 1995\nClosed 2010\n',
      'CLOSED: 12\nIDLE: 4\nOPEN: 3\n',
      'TIME_WAIT 60\n',
      'TIME_WAIT 60\n\nCLOSE_WAIT 7200\n',
      'TIME_WAIT 60\nsee RFC 9293\nCLOSE_WAIT 7200\n',
      'TIME_WAIT 3000 sockets\nCLOSE_WAIT 40 sockets\n',
      'established 12\ntime_wait 9\n',
      'TIME_WAIT -1\nCLOSE_WAIT 1.5\n',
      '1\n2\n3\n',
      // netstat -s and ss -s have words of their own.
      'Tcp:\n    120 active connection openings\n    4 connections established\n',
      'TCP:   9 (estab 4, closed 2, orphaned 0, timewait 2)\n',
    ]) {
      const dump = readDump(text);
      assertAllCounted(dump);
      assert.ok(
        !counted(dump).some(one => one.some(name => /WAIT|LISTEN|CLOSED/.test(name))),
        text,
      );
    }
    const wrapped = readDump(
      netstat(
        'tcp 0 0 10.0.0.1:443 10.0.0.2:5000\nESTABLISHED 1001\ntcp 0 0 10.0.0.1:443 10.0.0.2:5001\nCLOSE_WAIT 1001',
      ),
    );
    assert.deepEqual(counted(wrapped), [[]]);
    assert.equal(wrapped.table.length, 2);
  });
});
