import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis/analyze';
import { subjectTexts } from '../../../src/core/analysis/grouped';
import { Localizer, plain } from '../../../src/core/wording/text';
import { State } from '../../../src/core/vocabulary/state';
import { readDump } from '../../../src/core/reading/reader';
import { renderTerminal } from '../../../src/core/report/terminal';
import { report } from '../../../src/core/report/report';
import { many, netstat, row } from './scene';

/** `programs` programs; the first has the most CLOSE_WAIT, the last only one. */
function leaks(programs: number): string {
  const owned = (pid: number): string[] =>
    many(programs - pid, i =>
      row('CLOSE_WAIT', `10.0.0.1:${2000 + pid}`, `192.0.2.1:${1024 + i}`, {
        owner: `${1000 + pid}/p${pid}`,
      }),
    );
  return netstat(...Array.from({ length: programs }, (_, pid) => owned(pid)).flat());
}

describe('findings that are alike', () => {
  it('are one finding with a subject for each program, the largest first', () => {
    const { findings } = analyze(readDump(leaks(260)));
    assert.ok(findings.length <= 4, String(findings.length));
    const [first] = findings;
    assert.match(
      plain(first!.title),
      /^p0 \(1000\) .*260 in CLOSE_WAIT.*; similar: \d+ other processes$/,
    );
    assert.equal(first!.owner, null);
    assert.deepEqual(first!.subjects[0]?.owner, { pid: 1000, process: 'p0' });
    assert.equal(first!.subjects[0].rows.length, 260);
    const subjects = findings.flatMap(finding => finding.subjects);
    assert.equal(subjects.length, 260);
    assert.equal(new Set(subjects.map(({ owner }) => owner?.pid)).size, 260);
    assert.ok(first!.title.sources.length > 0);
  });

  it('are about every row that they would have been about', () => {
    const { findings, index } = analyze(readDump(leaks(260)));
    const told = findings.flatMap(finding => [...finding.rows]);
    assert.deepEqual(
      told.sort((a, b) => a - b),
      [...index(0).rowsIn(State.CloseWait)],
    );
    for (const { rows, subjects } of findings) {
      const own = subjects.flatMap(subject => [...subject.rows]).sort((a, b) => a - b);
      assert.deepEqual([...rows], own);
    }
  });

  it('stay alone as long as they are fewer than four', () => {
    const equal = (programs: number) =>
      netstat(
        ...many(programs * 60, i =>
          row('CLOSE_WAIT', `10.0.0.1:${2000 + (i % programs)}`, `192.0.2.1:${1024 + i}`, {
            owner: `${1000 + (i % programs)}/p${i % programs}`,
          }),
        ),
      );
    const alone = analyze(readDump(equal(3))).findings;
    assert.deepEqual(
      alone.map(({ owner, subjects }) => [owner?.pid, subjects.length]),
      [
        [1000, 1],
        [1001, 1],
        [1002, 1],
      ],
    );
    const [one, ...others] = analyze(readDump(equal(4))).findings;
    assert.deepEqual(others, []);
    assert.equal(one!.subjects.length, 4);
    assert.equal(one!.rows.length, 240);
    // What is true of the first only is not said of all.
    assert.ok(one!.evidence.every(({ row: of }) => of !== null));
  });

  it('stay apart where their reading differs', () => {
    const dump = readDump(
      netstat(
        // What waits on three of one process is a warning.
        ...many(9, i =>
          row('ESTABLISHED', `10.0.0.1:${2000 + i}`, `192.0.2.1:${1024 + i}`, {
            owner: `${1000 + (i % 3)}/p${i % 3}`,
            recvQ: 2_000_000,
          }),
        ),
        ...many(3, i =>
          row('ESTABLISHED', `10.0.0.1:${3000 + i}`, `192.0.2.1:${2024 + i}`, {
            owner: `${2000 + i}/q${i}`,
            recvQ: 7,
          }),
        ),
      ),
    );
    assert.ok(analyze(dump).findings.every(({ subjects }) => subjects.length === 1));
  });

  it('say each name once: remote ends of one process, and counts only where they differ', () => {
    const silent = (i: number, pid: number): string =>
      row('SYN_SENT', `10.0.0.1:${2000 + i}`, `192.0.2.${i}:443`, {
        sendQ: 1,
        owner: `${pid}/app`,
        timer: 'on (1.00/4/0)',
      });
    const told = (rows: readonly string[]): string[] => {
      const [found] = analyze(readDump(netstat(...rows))).findings;
      return subjectTexts(found!.subjects, new Localizer()).map(plain);
    };
    const ends = many(4, i => `192.0.2.${i}:443`);
    assert.deepEqual(told(many(4, i => silent(i, 31))), ends);
    assert.deepEqual(told([...many(3, i => silent(i, 31)), silent(3, 32)]), [
      'app (31): 3',
      'app (32): 1',
    ]);
    assert.deepEqual(
      told([...many(4, i => silent(i, 31)), silent(2, 31).replace(':2002', ':3000')]),
      ['192.0.2.2:443: 2', ...ends.filter(end => end !== '192.0.2.2:443').map(end => `${end}: 1`)],
    );
  });

  it('keep the name of the program as it is printed', () => {
    const [first] = analyze(readDump(leaks(260))).findings;
    assert.ok(plain(first!.title).startsWith('p0 '));
  });

  it('do not end the report, however many there are', () => {
    const rows = many(30_000, i =>
      row('LISTEN', `10.0.${i >> 8}.${i & 255}:${1024 + i}`, '0.0.0.0:*', {
        recvQ: 3,
        sendQ: 128,
        owner: `${2000 + i}/p${i}`,
      }),
    );
    const text = renderTerminal(report('many', analyze(readDump(netstat(...rows)))), {
      colour: false,
      width: 100,
    });
    assert.match(text, /similar:\s+29,\d{3}\s+other\s+processes/);
  });
});
