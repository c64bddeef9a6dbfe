import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis/analyze';
import { plain } from '../../../src/core/wording/text';
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

describe('more findings of a cause than anybody reads', () => {
  it('are told one by one where they weigh most, and the rest together', () => {
    const dump = readDump(leaks(260));
    const { findings } = analyze(dump);
    assert.equal(findings.length, 201);
    const [first] = findings;
    assert.deepEqual(first?.owner, { pid: 1000, process: 'p0' });
    const rest = findings.find(finding => plain(finding.title).includes('60 more'));
    assert.equal(
      plain(rest!.title),
      '60 more that weigh less: A program does not close connections that its peers have closed',
    );
    assert.equal(rest!.owner, null);
    assert.ok(rest!.title.sources.length > 0);
    assert.ok(findings.every(one => one === rest || one.rows.length >= 60));
  });

  it('are about every row that they would have been about', () => {
    const dump = readDump(leaks(260));
    const { findings, index } = analyze(dump);
    const told = new Set(findings.flatMap(finding => [...finding.rows]));
    assert.deepEqual(
      [...told].sort((a, b) => a - b),
      [...index(0).rowsIn(State.CloseWait)],
    );
    const rest = findings.find(finding => finding.owner === null);
    assert.deepEqual(
      [...rest!.rows],
      [...rest!.rows].sort((a, b) => a - b),
    );
  });

  it('are told one by one as long as they are few', () => {
    const { findings } = analyze(readDump(leaks(150)));
    assert.equal(findings.length, 150);
    assert.ok(findings.every(finding => finding.owner !== null));
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
    assert.match(text, /29,800 more that weigh less: Connections wait for accept\(\)/);
  });
});
