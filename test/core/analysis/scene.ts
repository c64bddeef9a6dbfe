import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { analyze, type Analysis, type AnalysisOptions } from '../../../src/core/analysis/analyze';
import { codesOf, type Finding, linesOf, type RuleCode } from '../../../src/core/analysis/finding';
import { plain } from '../../../src/core/wording/text';
import { readDump } from '../../../src/core/reading/reader';

/** A dump of `scenes/truth`: mostly innocent hosts that were once accused. */
export function scene(name: string): string {
  return readFileSync(new URL(`./scenes/truth/${name}`, import.meta.url), 'utf8');
}

/** What a row of a scene has besides its ends and state. */
export interface RowParts {
  readonly recvQ?: number;
  readonly sendQ?: number;
  /** `4321/java`; `-` where it is left out. */
  readonly owner?: string;
  /** `on (1.00/2/0)`; off where it is left out. */
  readonly timer?: string;
  readonly protocol?: string;
}

/** A row of `netstat -antop`. */
export function row(state: string, local: string, remote: string, parts: RowParts = {}): string {
  const { recvQ = 0, sendQ = 0, owner = '-', timer = 'off (0.00/0/0)', protocol = 'tcp' } = parts;
  return `${protocol} ${recvQ} ${sendQ} ${local} ${remote} ${state} ${owner} ${timer}`;
}

/** Rows made for each number from 0 on. */
export function many<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** `netstat -antop` of Linux. */
export function netstat(...rows: readonly string[]): string {
  return [
    'Active Internet connections (servers and established)',
    'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name Timer',
    ...rows,
    '',
  ].join('\n');
}

/** `netstat -ano` of Windows; rows are `state local remote pid`. */
export function windows(...rows: readonly string[]): string {
  return [
    '',
    'Active Connections',
    '',
    '  Proto  Local Address          Foreign Address        State           PID',
    ...rows.map(text => {
      const [state, local, remote, pid] = text.split(' ');
      return `  TCP    ${local}    ${remote}    ${state}    ${pid}`;
    }),
    '',
  ].join('\r\n');
}

/** `ss -tanop`; rows are `state recvQ sendQ local remote` and what follows. */
export function ss(...rows: readonly string[]): string {
  return ['State Recv-Q Send-Q Local Address:Port Peer Address:Port Process', ...rows, ''].join(
    '\n',
  );
}

/** `netstat -s` of Linux with some counters by nstat's names, and one that says nothing. */
export function statistics(values: Readonly<Record<string, number>>): string {
  const own = (section: string): string[] =>
    Object.entries(values)
      .filter(([name]) => (/^(?:TcpExt|Tcp|Udp|Ip)/.exec(name) ?? [''])[0] === section)
      .map(([name, value]) => `    ${name.slice(section.length)}: ${value}`);
  return ['Ip', 'Tcp', 'Udp', 'TcpExt']
    .flatMap(section => [`${section}:`, ...own(section)])
    .concat('    TCPPureAcks: 5', '')
    .join('\n');
}

/** Outputs of one file, 30 seconds apart. */
export function loop(...outputs: readonly string[]): string {
  return outputs
    .map((output, i) => {
      const seconds = 30 * i;
      const time = [10, Math.floor(seconds / 60), seconds % 60]
        .map(part => String(part).padStart(2, '0'))
        .join(':');
      return `Mon Jan  5 ${time} UTC 2026\n${output}`;
    })
    .join('\n');
}

let last: { readonly text: string; readonly options: AnalysisOptions | undefined } | undefined;
let lastAnalysis: Analysis;

/** The analysis of a text; what is asked of the same text at once after it gets the same one. */
export function analysed(text: string, options?: AnalysisOptions): Analysis {
  if (last?.text !== text || last.options !== options) {
    lastAnalysis = analyze(readDump(text), options);
    last = { text, options };
  }
  return lastAnalysis;
}

/** The finding that a rule made or is part of; undefined where it said nothing. */
export function find(text: string, code: RuleCode, options?: AnalysisOptions): Finding | undefined {
  return analysed(text, options).findings.find(finding => codesOf(finding).includes(code));
}

/** What is expected of a finding. */
export interface Expected {
  readonly code?: RuleCode;
  readonly severity?: Finding['severity'];
  readonly confidence?: Finding['confidence'];
  /** What the title of this rule contains. */
  readonly title?: string | RegExp;
  readonly pid?: number | null;
  readonly process?: string | null;
  readonly rows?: number;
}

/** Checks that a rule speaks, and how; gives its finding. */
export function expectFinding(
  text: string,
  code: RuleCode,
  expected: Expected = {},
  options?: AnalysisOptions,
): Finding {
  const found = find(text, code, options);
  assert.ok(found, `${code} says nothing; found: ${titles(text).join(' | ')}`);
  if (expected.code !== undefined) {
    assert.equal(found.code, expected.code);
  }
  if (expected.severity !== undefined) {
    assert.equal(found.severity, expected.severity, plain(found.title));
  }
  if (expected.confidence !== undefined) {
    assert.equal(found.confidence, expected.confidence, plain(found.title));
  }
  if (expected.title !== undefined) {
    const title = titleOf(found, code);
    if (typeof expected.title === 'string') {
      assert.equal(title, expected.title);
    } else {
      assert.match(title, expected.title);
    }
  }
  if (expected.pid !== undefined) {
    assert.equal(found.owner?.pid ?? null, expected.pid);
  }
  if (expected.process !== undefined) {
    assert.equal(found.owner?.process ?? null, expected.process);
  }
  if (expected.rows !== undefined) {
    assert.equal(found.rows.length, expected.rows);
  }
  checkForm(found, analysed(text, options));
  return found;
}

/** Checks that a rule says nothing. */
export function expectSilence(text: string, code: RuleCode, options?: AnalysisOptions): void {
  const found = find(text, code, options);
  assert.equal(found === undefined ? undefined : titleOf(found, code), undefined);
}

/** Checks that nothing above information is said. */
export function expectHealthy(text: string): void {
  const bad = analysed(text).findings.filter(finding => finding.severity !== 'info');
  assert.deepEqual(
    bad.map(finding => `${finding.code} ${plain(finding.title)}`),
    [],
  );
}

/** Checks that nothing of all that is said of a dump matches. */
export function assertNeverSaid(text: string, words: RegExp, options?: AnalysisOptions): void {
  for (const finding of analysed(text, options).findings) {
    for (const said of everythingSaid(finding)) {
      assert.doesNotMatch(said, words, finding.code);
    }
  }
}

/** Whatever a finding says, commands as well, as plain texts. */
export function everythingSaid(finding: Finding): string[] {
  return [
    finding.title,
    ...finding.merged.map(merged => merged.title),
    ...finding.why,
    ...finding.evidence.map(evidence => evidence.text),
    ...finding.confirm.map(confirm => confirm.text),
    ...finding.remedy,
    ...finding.alternatives,
    ...finding.caveats,
  ]
    .map(plain)
    .concat(finding.confirm.flatMap(({ command }) => command ?? []));
}

/** A dump of the folder of scenes that once were judged wrongly. */
export function truth(file: string): string {
  return readFileSync(path.join(__dirname, 'scenes/truth', file), 'utf8');
}

/** Every title of a dump's findings with its codes. */
export function titles(text: string): string[] {
  return analysed(text).findings.map(
    finding => `${codesOf(finding).join('+')} ${finding.severity}: ${plain(finding.title)}`,
  );
}

function titleOf(finding: Finding, code: RuleCode): string {
  const merged = finding.merged.find(part => part.code === code);
  return plain(merged?.title ?? finding.title);
}

/** What every finding must have, whatever the rule. */
function checkForm(finding: Finding, { dump }: Analysis): void {
  const all = [
    finding.title,
    ...finding.why,
    ...finding.evidence.map(evidence => evidence.text),
    ...finding.confirm.map(confirm => confirm.text),
    ...finding.remedy,
    ...finding.alternatives,
    ...finding.caveats,
  ];
  for (const said of all) {
    assert.doesNotMatch(plain(said), /[{}\uE000\uE001]|undefined|NaN|null/);
  }
  assert.ok(finding.title.sources.length > 0);
  const lines = [...linesOf(finding, dump.table)];
  assert.deepEqual(
    lines,
    [...lines].sort((a, b) => a - b),
  );
  assert.equal(new Set(finding.rows).size, finding.rows.length);
}
