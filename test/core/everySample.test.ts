import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { analyze, type Analysis } from '../../src/core/analysis/analyze';
import { differenceOf } from '../../src/core/analysis/time/difference';
import { netToolsText } from '../../src/core/capture/procNetTools';
import { drawPicture } from '../../src/core/explain/picture/picture';
import { PALETTES } from '../../src/core/explain/picture/palette';
import { explainAt } from '../../src/core/explain/explain';
import { plainText } from '../../src/core/explain/explanationText';
import { Localizer } from '../../src/core/wording/text';
import { runToEnd } from '../../src/core/model/task';
import { COLUMNS } from '../../src/core/query/columns';
import { readFilter } from '../../src/core/query/filter';
import { findRows } from '../../src/core/query/find';
import { locate } from '../../src/core/reading/locate';
import { readDump } from '../../src/core/reading/reader';
import { csvReport } from '../../src/core/report/data/csv';
import { diffJson, diffReport } from '../../src/core/report/diff';
import { findingsForModel, summaryForModel } from '../../src/core/report/data/languageModel';
import { jsonReport } from '../../src/core/report/data/json';
import { renderMarkdown } from '../../src/core/report/markdown';
import { ndjsonReport } from '../../src/core/report/data/ndjson';
import { Redactor } from '../../src/core/redaction/redact';
import { report } from '../../src/core/report/report';
import { renderTerminal } from '../../src/core/report/terminal';
import { combinedJson, combinedReport } from '../../src/core/report/combined';
import { projectFolder } from '../harness/paths';
import { sampleText } from './rows';
import { linesOf } from './spans';

/*
 * What holds for every dump, asked of every format: each thing that can be pointed at is explained
 * in whole sentences, each report has every socket, each filter finds what its opposite does not.
 */

/** The samples that hold sockets: all but the summary of `ss -s`. */
const NAMES = readdirSync(path.join(projectFolder, 'samples')).filter(
  name => name.endsWith('.netstat') && name !== 'linux-ss-s.netstat',
);

/** What a text shows where something was forgotten. */
const FORGOTTEN = /\bundefined\b|\bNaN\b|\[object|\bnull\b|[\uE000\uE001]|\{[a-z]\w*\}/;

function assertWhole(text: string, where: string): void {
  assert.doesNotMatch(text, FORGOTTEN, where);
  assert.notEqual(text.trim(), '', where);
}

/** Everything that is said of everything in a dump; how many things there are. */
function explainAll(text: string, name: string, localizer: Localizer): number {
  const dump = readDump(text);
  const lines = linesOf(text);
  const textOf = (line: number): string => lines[line] ?? '';
  let count = 0;
  for (const [number, line] of lines.entries()) {
    const places = new Set(locate(dump, number, line).fields.map(({ start }) => start));
    for (const word of line.matchAll(/\S+/g)) {
      places.add(word.index);
    }
    for (const place of places) {
      const found = explainAt(dump, number, place, textOf, localizer);
      if (found !== null) {
        count++;
        const { explanation, start, end } = found;
        const where = `${name}:${number + 1}:${place} ${line.slice(start, end)}`;
        assert.ok(start <= place && place < end && end <= line.length, where);
        for (const detail of ['short', 'normal', 'full'] as const) {
          assertWhole(plainText(explanation, detail, localizer), where);
        }
        for (const picture of explanation.pictures) {
          const { svg, alt } = drawPicture(picture, PALETTES.dark, localizer);
          assertWhole(alt, where);
          assert.doesNotMatch(svg, /NaN|undefined/, where);
        }
        if (explanation.facts !== null) {
          assert.ok(explanation.lead.length >= 2 && explanation.sources.length > 0, where);
        }
      }
    }
  }
  return count;
}

/**
 * Rows of `netstat -antopee` in every state, with all that queues and timers may show together, each
 * of which stands with each owner.
 */
function everyRow(remote: string): string {
  const states =
    'LISTEN SYN_SENT SYN_RECV ESTABLISHED FIN_WAIT1 FIN_WAIT2 CLOSE_WAIT CLOSING LAST_ACK TIME_WAIT CLOSE';
  const queues = ['0 0', '1 0', '25 0', '4096 1', '0 1', '0 4344'];
  const timers = [
    'off (0.00/0/0)',
    'on (0.12/0/0)',
    'on (12.50/5/0)',
    'on (90.00/12/0)',
    'keepalive (7100.00/0/0)',
    'keepalive (60.00/0/4)',
    'timewait (31.00/0/0)',
    'probe (0.15/0/0)',
    'probe (55.00/0/9)',
    'unkn-7 (1.00/0/0)',
  ];
  const owners = ['1000 4711 812/orders-api', '0 0 -', '1000 4712 -'];
  const rows = [
    'Proto Recv-Q Send-Q Local Address Foreign Address State User Inode PID/Program name Timer',
  ];
  let port = 1024;
  for (const state of states.split(' ')) {
    for (const queue of queues) {
      for (const timer of timers) {
        const end =
          state === 'LISTEN'
            ? `${remote.includes('::') ? '::' : '0.0.0.0'}:*`
            : `${remote}:${port++}`;
        const local = remote.includes('::') ? '::1:8080' : '192.0.2.1:8080';
        const owner = owners[(rows.length - 1) % owners.length]!;
        rows.push(`tcp ${queue} ${local} ${end} ${state} ${owner} ${timer}`);
      }
    }
  }
  return `${rows.join('\n')}\n`;
}

/** The same sockets a moment later: some gone, some in another state. */
function later(text: string): string {
  return linesOf(text)
    .filter((_, i) => i < 4 || i % 5 !== 4)
    .map((line, i) =>
      i % 2 === 0
        ? line.replace(/\bESTAB(?:LISHED)?\b/, 'CLOSE_WAIT').replace('Established', 'CloseWait')
        : line,
    )
    .join('\n');
}

function analysed(text: string): Analysis {
  return analyze(readDump(text));
}

describe('every dump', () => {
  const plainTeller = new Localizer();
  const naming = new Localizer(undefined, address => (address === '*' ? null : 'db-1'));

  for (const name of NAMES) {
    it(`is explained in whole sentences: ${name}`, () => {
      const text = sampleText(name);
      const count = explainAll(text, name, plainTeller);
      assert.ok(count > readDump(text).table.length, `${count}`);
      assert.equal(explainAll(text, name, naming), count);
    });

    it(`is reported whole: ${name}`, () => {
      const analysis = analysed(sampleText(name));
      const { table } = analysis.dump;
      for (const redacted of [analysis, analyze(new Redactor().dump(analysis.dump))]) {
        const reported = [{ source: name, analysis: redacted }];
        const blocks = report(name, redacted);
        assertWhole(renderMarkdown(blocks), name);
        assertWhole(renderTerminal(blocks, { colour: true, width: 60 }), name);
        const csv = [...csvReport(reported)];
        const ndjson = [...ndjsonReport([{ source: name, dump: redacted.dump }])];
        const json = JSON.parse([...jsonReport(reported)].join('')) as {
          dumps: { snapshots: { sockets: object[] }[] }[];
        };
        const sockets = json.dumps.flatMap(one => one.snapshots.flatMap(({ sockets: all }) => all));
        assert.deepEqual(
          [csv.length - 1, ndjson.length, sockets.length],
          [table.length, table.length, table.length],
        );
        for (const line of ndjson) {
          assert.equal(typeof JSON.parse(line), 'object');
        }
        for (const forModel of [
          summaryForModel(name, redacted),
          findingsForModel(name, redacted, 'info'),
        ]) {
          assert.doesNotMatch(JSON.stringify(forModel), /undefined|NaN/, name);
        }
      }
      const all = Array.from({ length: table.length }, (_, row) => table.socket(row));
      const tcp = all.filter(({ protocol, remote }) => protocol === 'tcp' && remote !== null);
      const printed = readDump(netToolsText(tcp, new Map(), false));
      assert.equal(printed.table.length, tcp.length);
      assert.deepEqual(printed.unrecognized, []);
    });

    it(`is compared with what follows: ${name}`, () => {
      const [before, after] = [analysed(sampleText(name)), analysed(later(sampleText(name)))];
      const side = (analysis: Analysis) => ({ analysis, snapshot: analysis.snapshots.length - 1 });
      for (const [a, b] of [
        [before, after],
        [after, before],
        [before, before],
      ] as const) {
        const difference = differenceOf(side(a), side(b));
        const { added, gone, changed, stuck, same } = difference;
        const kept = changed.length + stuck.length + same;
        assert.ok(added.length + kept <= (b.last?.sockets ?? 0), name);
        assert.ok(gone.length + kept <= (a.last?.sockets ?? 0), name);
        if (a === b) {
          assert.deepEqual([added.length, gone.length, changed.length], [0, 0, 0]);
        }
        const names = { before: 'a', after: 'b' };
        assertWhole(renderMarkdown(diffReport(difference, names, plainTeller)), name);
        assert.doesNotMatch(diffJson(difference, names), /undefined|NaN/);
      }
    });

    it(`is found and sorted whole: ${name}`, () => {
      const { table } = readDump(sampleText(name));
      const find = (filter: string): number[] => {
        const { conditions, problem } = readFilter(filter);
        assert.ok(problem === null, filter);
        return Array.from(runToEnd(findRows(table, 0, table.length, conditions, null)));
      };
      const everything = Array.from({ length: table.length }, (_, row) => row);
      for (const filter of FILTERS) {
        const found = find(filter);
        assert.deepEqual(
          [...found, ...find(`-${filter}`)].sort((a, b) => a - b),
          everything,
          filter,
        );
      }
      for (const column of COLUMNS) {
        for (const descending of [false, true]) {
          const sorted = runToEnd(findRows(table, 0, table.length, [], { column, descending }));
          assert.deepEqual(
            Array.from(sorted).sort((a, b) => a - b),
            everything,
            column,
          );
        }
      }
    });
  }

  it('is explained with names for its addresses', () => {
    const text = sampleText('linux-netstat-close-wait.netstat');
    const lines = linesOf(text);
    const at = lines.findIndex(line => line.includes('198.51.100.20:443'));
    const place = lines[at]?.indexOf('198.51.100.20') ?? 0;
    const found = explainAt(readDump(text), at, place, line => lines[line] ?? '', naming);
    assert.ok(found !== null);
    assert.match(plainText(found.explanation, 'full', naming), /198\.51\.100\.20\S* \(db-1\)/);
  });

  it('is explained whatever queues, timers and owners show', () => {
    for (const remote of ['198.51.100.7', '2001:db8::7']) {
      const text = everyRow(remote);
      assert.ok(explainAll(text, remote, plainTeller) > 5 * readDump(text).table.length);
    }
  }).timeout(120_000);

  it('is reported together with others, with and without names of hosts', () => {
    const texts = NAMES.map(sampleText);
    for (const title of [(i: number) => `==> web-${i}.netstat <==`, () => '==> netstat.txt <==']) {
      const analysis = analysed(texts.map((text, i) => `${title(i)}\n${text}\n`).join(''));
      assertWhole(renderMarkdown(combinedReport(analysis, plainTeller)), 'together');
      assert.doesNotMatch(JSON.stringify(combinedJson(analysis)), /undefined|NaN/);
    }
  });
});

/** Filters of every field, with every operator that it takes. */
const FILTERS = [
  'state:close-wait',
  'state:unknown',
  'state:*',
  'pid:4321',
  'pid>1000',
  'pid:none',
  'process:java',
  'process:*',
  'process:none',
  'remote:10.0.0.0/8',
  'remote:2001:db8::/32',
  'remote:*',
  'local:127.0.0.1',
  'local:::1',
  'address:192.0.2.0/24',
  'port:443',
  'port:https',
  'port>=1024',
  'lport<1024',
  'rport:1-65535',
  'recvq>0',
  'recvq<=1',
  'sendq:0',
  'protocol:tcp',
  'protocol:udp',
  'timer:keepalive',
  'timer:none',
  'timer:on',
  'retrans>0',
  'user:root',
  'user:none',
  'inode>0',
  'inode:none',
  'line>3',
  '192.0.2',
  'tcp',
  '"close wait"',
];
