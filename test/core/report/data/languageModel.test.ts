import assert from 'node:assert/strict';

import { analyze } from '../../../../src/core/analysis/analyze';
import { SEVERITIES, type Severity } from '../../../../src/core/analysis/finding';
import { readDump } from '../../../../src/core/reading/reader';
import { findingsForModel, summaryForModel } from '../../../../src/core/report/data/languageModel';
import { loop, statistics } from '../../analysis/scene';

interface Findings {
  readonly found: number;
  readonly notShown: number;
  readonly ignoredRules: string[];
  readonly findings: { severity: Severity }[];
}

/** As many leaks as there are hosts, some of them worse. */
function leaks(hosts: number): string {
  return Array.from({ length: hosts }, (_, i) => {
    const row = `tcp 1 0 192.0.2.${i + 1}:9443 203.0.113.7:${i + 1024} CLOSE_WAIT ${i + 1}/program-${i}\n`;
    return `==> web-${i}.netstat <==
Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name
${row.repeat(i % 2 === 0 ? 1 : 60)}`;
  }).join('\n');
}

/** A leak of each of some programs of one host. */
function equalLeaks(programs: number): string {
  const rows = Array.from({ length: programs }, (_, i) =>
    Array.from(
      { length: 60 },
      (__, n) =>
        `tcp 1 0 192.0.2.1:9443 192.0.2.7:${1024 + 60 * i + n} CLOSE_WAIT ${i + 1}/program-${i}\n`,
    ).join(''),
  );
  return `Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n${rows.join('')}`;
}

describe('what a language model is given', () => {
  const analysis = analyze(readDump(leaks(70)));

  it('is the gravest findings, with a count of the others', () => {
    assert.ok(analysis.findings.length > 60, `${analysis.findings.length}`);
    const { found, notShown, findings } = findingsForModel('', analysis, 'info') as Findings;
    assert.equal(found, analysis.findings.length);
    assert.equal(findings.length, 50);
    assert.equal(notShown, found - 50);
    const ranks = findings.map(({ severity }) => SEVERITIES.indexOf(severity));
    assert.ok(Math.min(...ranks) >= SEVERITIES.indexOf(analysis.findings[50]!.severity));

    const summary = summaryForModel('', analysis) as { findings: []; findingsNotShown: number };
    assert.equal(summary.findings.length, 50);
    assert.equal(summary.findingsNotShown, notShown);

    const few = findingsForModel('', analyze(readDump(leaks(1))), 'info') as Findings;
    assert.equal(few.findings.length, few.found);
    assert.equal(few.notShown, 0);
  });

  it('is no more than ten subjects of a finding, with their number', () => {
    const { findings } = findingsForModel('', analyze(readDump(equalLeaks(70))), 'info') as {
      findings: { subjects: { lines: number[] }[]; subjectCount: number }[];
    };
    assert.deepEqual(
      findings.map(({ subjects, subjectCount }) => [subjects.length, subjectCount]),
      [[10, 70]],
    );
    assert.equal(findings[0]?.subjects[0]?.lines.length, 10);
  });

  it('names the rules that were ignored', () => {
    const ignored = ['close-wait-leak'] as const;
    for (const answer of [
      findingsForModel('', analysis, 'info', ignored),
      summaryForModel('', analysis, ignored),
    ]) {
      assert.deepEqual((answer as Findings).ignoredRules, ignored);
    }
    assert.deepEqual((summaryForModel('', analysis) as Findings).ignoredRules, []);
  });
});

describe('what a language model is given of counters', () => {
  interface Summary {
    readonly sockets: number;
    readonly tools: readonly string[];
    readonly counters?: number;
    readonly countersCompared?: boolean;
    readonly secondsBetween?: number | null;
    readonly countersWorthALook?: readonly object[];
    readonly countsByState?: readonly object[];
  }
  const summary = (text: string): Summary =>
    summaryForModel('', analyze(readDump(text))) as Summary;

  it('is their number, and those worth a look with what they grew by', () => {
    const text = loop(
      statistics({ TcpRetransSegs: 3, TcpActiveOpens: 500 }),
      statistics({ TcpRetransSegs: 18, TcpActiveOpens: 500 }),
    );
    const { sockets, tools, counters, countersCompared, secondsBetween, ...rest } = summary(text);
    assert.deepEqual([sockets, tools, counters], [0, ['Linux netstat -s'], 3]);
    assert.deepEqual([countersCompared, secondsBetween], [true, 30]);
    assert.deepEqual(rest.countersWorthALook, [
      {
        line: 13,
        name: 'TcpRetransSegs',
        value: 18,
        raw: 'RetransSegs',
        change: 15,
        perSecond: 0.5,
      },
    ]);
    assert.deepEqual(rest.countsByState, []);
  });

  it('is the states that were counted', () => {
    const { counters, countsByState } = summary('    710 CLOSE_WAIT\n      9 LISTEN\n');
    assert.equal(counters, 0);
    assert.equal(countsByState?.length, 2);
  });

  it('is nothing where there are none', () => {
    assert.ok(!('counters' in summary(leaks(1))));
  });
});
