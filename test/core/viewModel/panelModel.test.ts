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

  it('says in one sentence why, by what is unread', () => {
    const why = (queues: readonly number[]): string => {
      const rows = queues.map(
        (queue, i) => `tcp ${queue} 0 10.0.0.1:80 10.0.0.2:${3000 + i} CLOSE_WAIT 7/api`,
      );
      const group = modelOf(analyze(readDump(dump(rows.join('\n')))))?.closeWait.groups.first[0];
      return (group?.why ?? []).map(part => part.text).join('');
    };
    assert.match(
      why([0, 0]),
      /10\.0\.0\.2 closed 2 connections; api \(7\) has not\..*still working on its answer/,
    );
    assert.match(why([1, 1]), /does not look/);
    assert.match(why([90, 90]), /All hold unread data/);
    assert.match(why([90, 90, 0]), /With unread data: 2\. Read to the end and not closed: 1\.$/);
    assert.match(
      why([1, 0]),
      /Only the end itself unread: 1\. Read to the end and not closed: 1\.$/,
    );
    assert.match(why([25, 32]), /TLS goodbye/);
    assert.match(why([90]), /closed this connection.*stopped reading/);
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
});
