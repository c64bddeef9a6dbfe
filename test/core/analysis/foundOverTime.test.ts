import assert from 'node:assert/strict';
import { analyze, type Analysis } from '../../../src/core/analysis/analyze';
import { codesOf } from '../../../src/core/analysis/finding';
import { readDump } from '../../../src/core/reading/reader';
import { many, netstat, row } from './scene';

const SNAPSHOTS = 30;
const EACH = 50;

/** A snapshot of programs that do not read, in each another fifty; `always` is in the first and last. */
function watched(snapshots: number, always = 1): Analysis {
  const unread = (pid: number): string =>
    row('ESTABLISHED', '10.0.0.1:443', `192.0.2.1:${1024 + pid}`, {
      recvQ: 9_999_999,
      owner: `${pid}/p`,
    });
  const text = many(snapshots, i => [
    new Date(1_767_600_000_000 + i * 5000).toISOString().replace('.000', ''),
    netstat(
      ...many(EACH, n => unread(1000 + i * EACH + n)),
      ...(i === 0 || i === snapshots - 1 ? many(always, n => unread(100 + n)) : []),
    ),
  ]);
  return analyze(readDump(text.flat().join('\n')));
}

function pids({ findings }: Analysis): (number | null | undefined)[] {
  return findings
    .flatMap(({ subjects }) => subjects.map(({ owner }) => owner?.pid))
    .sort((a, b) => (a ?? 0) - (b ?? 0));
}

describe('findings over many snapshots', () => {
  it('do not become more with each of them, and name every program once', () => {
    const analysis = watched(SNAPSHOTS);
    assert.ok(analysis.findings.length <= 300, `${analysis.findings.length}`);
    const all = pids(analysis);
    assert.deepEqual(all, [100, ...many(SNAPSHOTS * EACH, i => 1000 + i)]);
  });

  it('are about every row, each finding about those of its subjects', () => {
    const { findings, dump } = watched(SNAPSHOTS);
    for (const { rows, subjects } of findings) {
      assert.deepEqual(
        [...rows],
        subjects.flatMap(subject => [...subject.rows]).sort((a, b) => a - b),
      );
    }
    const told = findings.reduce((sum, { rows }) => sum + rows.length, 0);
    // Of what is in two snapshots the later one counts.
    assert.equal(told, dump.table.length - 1);
  });

  it('know since when something is there that was left out in between', () => {
    const { findings } = watched(SNAPSHOTS, 10);
    const again = findings.find(({ subjects }) => subjects.some(({ owner }) => owner?.pid === 100));
    assert.equal(again?.snapshot, SNAPSHOTS - 1);
    assert.equal(again.since, 0);
    const fresh = findings.find(({ subjects }) =>
      subjects.some(({ owner }) => owner?.pid === 1000 + SNAPSHOTS * EACH - 1),
    );
    assert.equal(fresh?.since, SNAPSHOTS - 1);
  });

  it('stay alone where they are few', () => {
    const { findings } = watched(3);
    const past = findings.filter(({ snapshot }) => snapshot < 2);
    assert.ok(past.length > 0);
    assert.deepEqual(pids({ findings } as Analysis).length, 3 * EACH + 1);
  });

  it('have each code once', () => {
    for (const finding of watched(SNAPSHOTS).findings) {
      const codes = codesOf(finding);
      assert.deepEqual(codes, [...new Set(codes)]);
    }
  });

  it('make an index again that was made long ago, with what it had', () => {
    const { index, snapshots } = watched(100);
    assert.equal(index(0).size, snapshots[0]!.sockets);
    assert.equal(index(0).number, 0);
    assert.equal(index(99).size, EACH + 1);
  });
});
