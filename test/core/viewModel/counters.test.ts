import assert from 'node:assert/strict';

import { Localizer } from '../../../src/core/wording/text';
import { counterViews } from '../../../src/core/viewModel/counters';
import { panelModel } from '../../../src/core/viewModel/panelModel';
import type { PanelModel, Rich } from '../../../src/core/viewModel/schema';
import { checkHostMessage } from '../../../src/shared/panel/messages';
import { analysed, loop, netstat, row, statistics } from '../analysis/scene';

const localizer = new Localizer();

function modelOf(text: string, snapshot: number | null = null): PanelModel {
  const model = panelModel({
    title: 'a.netstat',
    analysis: analysed(text),
    snapshot,
    nameOf: () => null,
    localizer,
  });
  assert.ok(model);
  const sent = JSON.parse(JSON.stringify({ type: 'model', revision: 1, model })) as unknown;
  assert.deepEqual(checkHostMessage(sent), { message: sent });
  return model;
}

const said = (text: Rich): string => text.map(part => part.text).join('');

const notes = ({ counters }: PanelModel): string => (counters?.notes ?? []).map(said).join(' ');

/** The names that a filter finds in the last snapshot. */
function found(text: string, filter: string): string[] {
  const analysis = analysed(text);
  const last = analysis.snapshots.length - 1;
  return counterViews(analysis, last, filter, 100, localizer).counters.map(({ name }) => name);
}

const GROWN = loop(
  statistics({ TcpRetransSegs: 3, TcpActiveOpens: 500 }),
  statistics({ TcpRetransSegs: 18, TcpActiveOpens: 500, TcpExtTCPBacklogDrop: 3 }),
);

describe('the counters that the panel shows', () => {
  it('are those worth a look with their change and rate, what they count, and their lines', () => {
    const { counters, sockets, tool, judged } = modelOf(GROWN);
    assert.ok(counters);
    assert.deepEqual([sockets, tool, judged], [0, 'Linux netstat -s', true]);
    assert.deepEqual([counters.total, counters.worthALook], [4, 2]);
    const [drop, retransmitted] = counters.first;
    assert.deepEqual([drop?.name, drop?.change, drop?.perSecond], ['TcpExtTCPBacklogDrop', 3, 0.1]);
    assert.equal(retransmitted?.change, 15);
    assert.equal(retransmitted.printed, null);
    assert.match(retransmitted.meaning ?? '', /^A segment was sent again/);
    assert.equal(GROWN.split('\n')[retransmitted.line - 1], '    RetransSegs: 18');
    assert.match(notes(modelOf(GROWN)), /^Changes are since snapshot 1, 30 s before\.$/);
  });

  it('of one moment prove nothing, and show no empty list of findings', () => {
    const first = modelOf(GROWN, 0);
    assert.equal(first.judged, false);
    assert.deepEqual([first.counters?.compared, first.counters?.timed], [false, false]);
    assert.match(notes(first), /sums since boot/);
    assert.deepEqual(first.trend, null);
    const still = loop(statistics({ TcpActiveOpens: 5 }), statistics({ TcpActiveOpens: 6 }));
    assert.equal(modelOf(still).judged, true);
    assert.match(notes(modelOf(still)), /No counter that is known as a sign of trouble has grown/);
  });

  it('say once that one got smaller', () => {
    const text = loop(statistics({ TcpActiveOpens: 6 }), statistics({ TcpActiveOpens: 5 }));
    const model = modelOf(text);
    assert.equal(notes(model).match(/A counter got smaller/g)?.length, 1);
    assert.equal(model.counters?.compared, false);
    assert.equal(model.judged, false);
  });

  it('begin with what goes up and down where nothing else is there', () => {
    const model = modelOf('sockets: used 90\nTCP: inuse 5 orphan 0 tw 2 alloc 9 mem 1\n');
    assert.equal(model.counters?.worthALook, 0);
    assert.deepEqual(
      model.counters.first.map(({ name, printed, value }) => [name, printed, value]).slice(0, 2),
      [
        ['SockstatSocketsUsed', null, 90],
        ['SockstatTcpInuse', null, 5],
      ],
    );
    assert.equal(notes(model), '');
  });

  it('keep digits that a number cannot hold', () => {
    const model = modelOf('TcpExt:\n    TCPBacklogDrop: 9007199254740993\n');
    assert.equal(model.counters?.first[0]?.exact, '9007199254740993');
  });

  it('by state are states, with what they cannot show', () => {
    const { stateCounts, counters, sockets } = modelOf('    710 CLOSE_WAIT\n      9 LISTEN\n');
    assert.deepEqual([counters, sockets], [null, 0]);
    assert.deepEqual(
      stateCounts?.states.map(({ state, count, health, line }) => [state, count, health, line]),
      [
        ['CLOSE-WAIT', 710, 'suspicious', 1],
        ['LISTEN', 9, 'normal', 2],
      ],
    );
    assert.match(said(stateCounts.note), /not which processes hold them/);
  });

  it('are none of a dump of sockets', () => {
    const model = modelOf(netstat(row('LISTEN', '192.0.2.1:80', '0.0.0.0:*')));
    assert.deepEqual([model.counters, model.stateCounts, model.judged], [null, null, true]);
    assert.equal(model.snapshots[0]?.counters, 0);
  });

  it('are evidence of a finding, with their lines', () => {
    const text = loop(
      statistics({ TcpExtListenOverflows: 0 }),
      statistics({ TcpExtListenOverflows: 28, TcpExtListenDrops: 28 }),
    );
    const [finding] = modelOf(text).findings;
    assert.equal(finding?.code, 'CT-1');
    assert.deepEqual(
      finding.examples.map(one => [one.line, said(one.text)]),
      [[14, 'TcpExtListenOverflows: from 0 to 28 in 30 s.']],
    );
    assert.equal(finding.lines, 1);
    assert.ok(finding.proof.every(one => !said(one).includes('ListenOverflows')));
  });
});

describe('the filter of counters', () => {
  it('finds parts of names and of what is printed, and what is compared by size', () => {
    assert.equal(found(GROWN, '').length, 4);
    assert.deepEqual(found(GROWN, 'RETRANS'), ['TcpRetransSegs']);
    assert.deepEqual(found(GROWN, 'change>0 -backlog'), ['TcpRetransSegs']);
    assert.deepEqual(found(GROWN, 'value>=500'), ['TcpActiveOpens']);
    assert.deepEqual(found(GROWN, 'rate<0.2 change!=0'), ['TcpExtTCPBacklogDrop']);
    const sockstat = 'sockets: used 90\nTCP: inuse 5 orphan 0 tw 2\n';
    assert.deepEqual(found(sockstat, 'tcp: -orphan -tw'), ['SockstatTcpInuse']);
    assert.deepEqual(found(sockstat, '"TCP: in"'), ['SockstatTcpInuse']);
    assert.deepEqual(found(sockstat, 'change>0'), []);
    assert.deepEqual(found(sockstat, '"open'), []);
  });

  it('says how many there are, though not all are given', () => {
    const { total, counters } = counterViews(analysed(GROWN), 1, '', 2, localizer);
    assert.deepEqual([total, counters.length], [4, 2]);
  });
});
