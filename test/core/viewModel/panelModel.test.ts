import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { analyze, type Analysis } from '../../../src/core/analysis/analyze';
import { Localizer } from '../../../src/core/wording/text';
import { readFilter } from '../../../src/core/query/filter';
import { findRows } from '../../../src/core/query/find';
import { runToEnd } from '../../../src/core/model/task';
import { panelModel } from '../../../src/core/viewModel/panelModel';
import { rowView } from '../../../src/core/viewModel/rows';
import { readDump } from '../../../src/core/reading/reader';
import { checkHostMessage } from '../../../src/shared/panel/messages';
import { projectFolder } from '../../harness/paths';

const samples = path.join(projectFolder, 'samples');

function modelOf(analysis: Analysis, snapshot: number | null = null) {
  return panelModel({
    title: 'a.netstat',
    analysis,
    snapshot,
    nameOf: () => null,
    localizer: new Localizer(),
  });
}

/** How many sockets of a snapshot a filter finds. */
function count(analysis: Analysis, snapshot: number, text: string): number {
  const { dump, snapshots } = analysis;
  const range = snapshots[snapshot]?.snapshot;
  const { conditions, problem } = readFilter(text);
  assert.equal(problem, null, text);
  assert.ok(range && conditions);
  const rows = runToEnd(findRows(dump.table, range.firstRow, range.endRow, conditions, null));
  // Several rows of lsof can be one socket, which counts once.
  const { repeated } = analysis.index(snapshot).files;
  return rows.filter(row => !repeated.has(row)).length;
}

describe('what the panel shows', () => {
  for (const name of readdirSync(samples).sort()) {
    it(`of ${name} is what its filters find, and can be sent`, () => {
      const analysis = analyze(readDump(readFileSync(path.join(samples, name), 'utf8')));
      const model = modelOf(analysis);
      if (model === undefined) {
        assert.equal(analysis.snapshots.length, 0);
        return;
      }
      const { snapshot, states, protocols, closeWait, remotes, listeners } = model;
      for (const view of [...states, ...protocols, ...closeWait.groups.first, ...remotes.first]) {
        assert.equal(count(analysis, snapshot, view.filter), view.count, view.filter);
      }
      for (const { filter, lines } of model.findings) {
        assert.ok(filter === null || count(analysis, snapshot, filter) === lines, filter ?? '');
      }
      for (const { filter } of listeners.first) {
        assert.ok(count(analysis, snapshot, filter) > 0, filter);
      }
      const tcp = states.reduce((sum, state) => sum + state.count, 0);
      const others = protocols.reduce((sum, protocol) => sum + protocol.count, 0);
      assert.ok(tcp + others <= model.sockets);

      const sent = JSON.parse(JSON.stringify({ type: 'model', revision: 1, model })) as unknown;
      assert.deepEqual(checkHostMessage(sent), { message: sent });
      const { table } = analysis.dump;
      const rows = Array.from({ length: Math.min(table.length, 200) }, (_, row) =>
        rowView(table, row, () => null),
      );
      const page = { request: 1, revision: 1, total: table.length, offset: 0, problem: null };
      assert.ok('message' in checkHostMessage({ type: 'rows', ...page, rows }));
    });
  }

  const dump = (rows: string): string =>
    `Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n${rows}\n`;

  it('tells groups apart whatever their names', () => {
    const names = ['none', '*', 'a "b"', 'x,y', 'back\\slash'];
    const rows = names.map(
      (name, i) => `tcp 0 0 10.0.0.1:80 10.0.0.2:${3000 + i} CLOSE_WAIT ${i + 1}/${name}`,
    );
    const analysis = analyze(readDump(dump(rows.join('\n'))));
    const model = modelOf(analysis);
    const groups = model?.closeWait.groups.first ?? [];
    assert.deepEqual(groups.map(group => group.process).sort(), [...names].sort());
    assert.equal(new Set(groups.map(group => group.key)).size, names.length);
  });

  const leaks = (count: number, of: (i: number) => string): string =>
    Array.from(
      { length: count },
      (_, i) => `tcp 0 0 10.0.0.1:80 10.0.0.2:${3000 + i} CLOSE_WAIT ${of(i)}`,
    ).join('\n');

  const said = (text: readonly { readonly text: string }[]): string =>
    text.map(part => part.text).join('');

  it('shows of a finding what the other reports say', () => {
    const rows = leaks(60, () => '7/api').replaceAll('tcp 0', 'tcp 90');
    const analysis = analyze(readDump(dump(rows)));
    const model = modelOf(analysis);
    const [finding] = model?.findings ?? [];
    assert.ok(model && finding);
    assert.equal(finding.code, 'CW-1');
    assert.ok(finding.also.length > 0);
    assert.ok(finding.also.every(({ code }) => code !== 'CW-1'));
    const [sides] = finding.tables;
    assert.deepEqual(sides?.columns.map(({ align }) => align).slice(0, 2), ['left', 'right']);
    assert.equal(sides.rows[0]?.[1], '60');
    assert.ok(finding.checks.some(({ command }) => command?.includes('pid=7')));
    assert.equal(finding.examples.length, 3);
    assert.ok(finding.examples.every(({ line }) => line !== null));
    assert.equal(finding.lines, 60);
    assert.deepEqual(model.cautions.map(said), [
      'A single snapshot cannot show how long this has lasted.',
    ]);
    assert.ok(!finding.alternatives.map(said).some(text => text.startsWith('One snapshot')));
  });

  it('filters by what finds exactly the sockets of a finding', () => {
    const filterOf = (rows: string): string | null | undefined => {
      const analysis = analyze(readDump(dump(rows)));
      const finding = modelOf(analysis)?.findings.find(one => one.code === 'CW-1');
      if (typeof finding?.filter === 'string') {
        assert.equal(count(analysis, 0, finding.filter), finding.lines);
      }
      return finding?.filter;
    };
    const own = leaks(60, () => '7/api');
    assert.equal(filterOf(own), 'state:close-wait');
    const other = 'tcp 0 0 10.0.0.1:81 10.0.0.3:3000 CLOSE_WAIT 8/other';
    assert.equal(filterOf(`${own}\n${other}`), 'state:close-wait pid:7');
  });

  it('lists the subjects of a finding on several', () => {
    const rows = leaks(70, i => `${i % 7}/api${i % 7}`).replaceAll(' 0/api0', ' 7/api7');
    const findings = modelOf(analyze(readDump(dump(rows))))?.findings ?? [];
    const grouped = findings.find(({ tables }) =>
      tables.some(({ columns }) => columns[0]?.title === 'Process'),
    );
    const [subjects] = grouped?.tables ?? [];
    assert.deepEqual(subjects?.columns.map(({ title }) => title).slice(0, 2), ['Process', 'PID']);
    assert.equal(subjects.rows.length, 6);
    assert.match((subjects.rows[0] ?? []).join(' '), /^api\d \d .*10$/);
    assert.equal(subjects.rows[5]?.[0], '2 more');
    assert.equal(subjects.rows[5].at(-1), '20');
  });

  it('says how long a program has not closed, where the dump shows it', () => {
    const one = dump(leaks(5, () => '7/api'));
    const times = ['10:00:00', '10:01:00', '10:03:00'];
    const atLeast = (text: string): string | null | undefined =>
      modelOf(analyze(readDump(text)))?.closeWait.groups.first[0]?.atLeast;
    assert.equal(atLeast(times.map(time => `2026-01-01 ${time}\n${one}`).join('')), '3 min');
    assert.equal(atLeast(`2026-01-01 10:00:00\n${one}`), null);
    assert.equal(atLeast(one), null);
  });

  it('draws the growth of a finding on the line that it is about', () => {
    const at = (minute: number, own: number, others: number): string =>
      `2026-01-01 10:0${minute}:00\n${dump(
        `${leaks(own, () => '7/api')}\n${leaks(others, i => `${100 + i}/p${i}`).replaceAll('10.0.0.2', '10.0.0.9')}`,
      )}`;
    const growth = (others: number) =>
      modelOf(analyze(readDump([10, 20, 30, 40].map((own, i) => at(i, own, others)).join(''))))
        ?.trend?.growth;
    const drawn = growth(2);
    assert.equal(drawn?.state, 'CLOSE-WAIT');
    assert.equal(drawn.perMinute, 10);
    assert.equal(drawn.seconds, 180);
    assert.equal(growth(60), null);
  });

  it('shows an older snapshot, and the newest where that one is gone', () => {
    const one = dump('tcp 0 0 10.0.0.1:80 10.0.0.2:3000 CLOSE_WAIT 7/api');
    const two = dump('tcp 0 0 10.0.0.1:80 10.0.0.2:3000 ESTABLISHED 7/api');
    const analysis = analyze(readDump(`2026-01-01 10:00:00\n${one}2026-01-01 10:01:00\n${two}`));
    assert.equal(analysis.snapshots.length, 2);
    assert.equal(modelOf(analysis, 0)?.closeWait.count, 1);
    assert.equal(modelOf(analysis, 1)?.closeWait.count, 0);
    assert.equal(modelOf(analysis, 9)?.snapshot, 1);
    assert.equal(modelOf(analysis)?.snapshot, 1);
  });

  it('says beside "No problems found" what the listing leaves out, as reports do', () => {
    const head = 'State Recv-Q Send-Q Local Address:Port Peer Address:Port\n';
    const row = (port: number): string => `ESTAB 0 0 10.0.0.1:443 10.0.0.2:${port}\n`;
    const cautions = (text: string, snapshot: number | null = null): string[] =>
      modelOf(analyze(readDump(text)), snapshot)!.cautions.map(parts =>
        parts.map(part => part.text).join(''),
      );
    const filtered = `$ ss -tan | grep 443\n${row(5000)}`;
    const whole = `$ ss -tan\n${head}${row(5000)}${row(5001)}`;
    assert.match(
      cautions(filtered).join(),
      /^Rows may be missing, because the output was filtered/,
    );
    assert.match(
      cautions(`$ ss -tln\n${head}LISTEN 0 128 0.0.0.0:443 0.0.0.0:*\n`).join(),
      /listening/,
    );
    assert.deepEqual(cautions(whole), []);
    // Of the snapshot that is shown.
    const both = `Mon Jan  5 10:00:00 UTC 2026\n${whole}Mon Jan  5 10:01:00 UTC 2026\n${filtered}`;
    assert.deepEqual(cautions(both, 0), []);
    assert.equal(cautions(both).length, 1);
  });
});
