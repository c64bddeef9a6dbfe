import assert from 'node:assert/strict';

import { analyze, type Analysis } from '../../src/core/analysis/analyze';
import { RULE_IDS } from '../../src/core/analysis/ruleTable';
import { type ThresholdId, thresholds, type Thresholds } from '../../src/core/analysis/thresholds';
import { plain } from '../../src/core/wording/text';
import { readDump } from '../../src/core/reading/reader';
import { renderMarkdown } from '../../src/core/report/markdown';
import { report } from '../../src/core/report/report';

/*
 * What each rule says where the tool shows less, or the system is another one: with every threshold
 * at its least, nearly all of them find something in a dump that has everything.
 */

const LEAST: Partial<Thresholds> = Object.fromEntries(
  (Object.entries(thresholds) as [ThresholdId, { min: number }][]).map(([id, { min }]) => [
    id,
    min,
  ]),
);

/** States in the words of net-tools. */
const STATES =
  'LISTEN SYN_SENT SYN_RECV ESTABLISHED FIN_WAIT1 FIN_WAIT2 CLOSE_WAIT CLOSING LAST_ACK TIME_WAIT'.split(
    ' ',
  );

/** A row of whichever format. */
type Row = (row: {
  readonly state: string;
  readonly recvQ: number;
  readonly sendQ: number;
  readonly local: string;
  readonly remote: string;
  readonly owner: number;
  readonly timer: string;
}) => string;

const LINUX = 'Proto Recv-Q Send-Q Local Address Foreign Address State';
const bsdEnd = (end: string): string => end.replace(/:([^:]*)$/, '.$1');

/** How the same sockets look elsewhere. */
const FORMATS: Readonly<Record<string, readonly [header: string, row: Row]>> = {
  'Linux with all': [
    `${LINUX} User Inode PID/Program name Timer`,
    ({ state, recvQ, sendQ, local, remote, owner, timer }) =>
      `tcp ${recvQ} ${sendQ} ${local} ${remote} ${state} 1000 ${owner === 0 ? '0 -' : `4711 ${owner}/app`} ${timer}`,
  ],
  'Linux without owners': [
    LINUX,
    ({ state, recvQ, sendQ, local, remote }) => `tcp ${recvQ} ${sendQ} ${local} ${remote} ${state}`,
  ],
  Windows: [
    'Active Connections\n\n  Proto  Local Address          Foreign Address        State           PID',
    ({ state, local, remote, owner }) =>
      `  TCP    ${local}    ${remote.replace('*', '0')}    ${WINDOWS[state] ?? state}    ${owner}`,
  ],
  macOS: [
    'Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)',
    ({ state, recvQ, sendQ, local, remote }) =>
      `tcp4  ${recvQ}  ${sendQ}  ${bsdEnd(local)}  ${bsdEnd(remote.replace('0.0.0.0', '*'))}  ${BSD[state] ?? state}`,
  ],
  ss: [
    'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
    ({ state, recvQ, sendQ, local, remote, owner }) =>
      `${SS[state] ?? state.replaceAll('_', '-')} ${recvQ} ${sendQ} ${local} ${remote}${owner === 0 ? '' : ` users:(("app",pid=${owner},fd=3))`}`,
  ],
};
const WINDOWS: Readonly<Record<string, string>> = {
  LISTEN: 'LISTENING',
  SYN_RECV: 'SYN_RECEIVED',
  FIN_WAIT1: 'FIN_WAIT_1',
  FIN_WAIT2: 'FIN_WAIT_2',
};
const BSD: Readonly<Record<string, string>> = {
  SYN_RECV: 'SYN_RCVD',
  FIN_WAIT1: 'FIN_WAIT_1',
  FIN_WAIT2: 'FIN_WAIT_2',
};
const SS: Readonly<Record<string, string>> = {
  ESTABLISHED: 'ESTAB',
  FIN_WAIT1: 'FIN-WAIT-1',
  FIN_WAIT2: 'FIN-WAIT-2',
};

/** Sockets in every state, `size` of each kind, of owners and to remotes that change. */
function sockets([header, row]: readonly [string, Row], size: number, owned: boolean): string {
  const rows: string[] = [];
  const put = (i: number, state: string, recvQ: number, sendQ: number, timer: string): void => {
    const listens = state === 'LISTEN';
    // Some to one remote, some to many, some to servers, some among programs of this machine.
    const [local = '', remote = ''] =
      [
        ['192.0.2.1:8080', `198.51.100.7:${20_000 + rows.length}`],
        [`192.0.2.1:${30_000 + rows.length}`, '198.51.100.9:5432'],
        ['192.0.2.1:8080', `203.0.113.${i % 250}:${40_000 + rows.length}`],
        [`127.0.0.1:${30_000 + rows.length}`, '127.0.0.1:6379'],
      ][i % 4] ?? [];
    rows.push(
      row({
        state,
        recvQ,
        sendQ,
        local: listens ? `0.0.0.0:${[8080, 6379, 23, 5432][i % 4] ?? 0}` : local,
        remote: listens ? '0.0.0.0:*' : remote,
        owner: owned ? 800 + (i % 3) : 0,
        timer,
      }),
    );
  };
  for (const state of STATES) {
    for (let i = 0; i < size; i++) {
      put(i, state, 0, 0, 'off (0.00/0/0)');
      put(i, state, 129, 0, 'keepalive (60.00/0/4)');
      put(i, state, 1, 900, 'on (30.00/6/0)');
      put(i, state, 0, 4344, 'probe (55.00/0/9)');
      put(i, state, 0, 1, 'timewait (31.00/0/0)');
    }
  }
  return `${header}\n${rows.join('\n')}\n`;
}

function assertSaid(analysis: Analysis, where: string): void {
  const { dump, findings } = analysis;
  const said = renderMarkdown(report(where, analysis));
  assert.doesNotMatch(said, /\bundefined\b|\bNaN\b|\[object|\{[a-z]\w*\}/, where);
  for (const finding of findings) {
    const { code, rule, title, why, rows, snapshot, confirm, severity } = finding;
    const which = `${where}: ${code} ${plain(title)}`;
    assert.equal(RULE_IDS[code], rule);
    assert.ok(severity === 'info' || why.length > 0, which);
    // Somebody is told what to do, or how to find out.
    assert.ok(severity === 'info' || confirm.length + finding.remedy.length > 0, which);
    const { firstRow = 0, endRow = 0 } = dump.snapshots[snapshot] ?? {};
    assert.ok(rows.length > 0, which);
    for (const row of rows) {
      assert.ok(firstRow <= row && row < endRow, which);
    }
    for (const { text, command } of confirm) {
      assert.notEqual(plain(text), '', which);
      assert.doesNotMatch(command ?? 'none', /undefined|NaN|^\s*$/, which);
    }
  }
}

describe('findings on every system', () => {
  for (const [name, format] of Object.entries(FORMATS)) {
    for (const size of [1, 3, 40]) {
      for (const owned of [true, false]) {
        it(`are whole: ${name}, ${size} of each${owned ? '' : ', no owners'}`, () => {
          const text = sockets(format, size, owned);
          const one = readDump(text);
          assert.deepEqual(one.unrecognized, []);
          assertSaid(analyze(one, { thresholds: LEAST }), name);
          assertSaid(analyze(one), name);
          const growing = [1, 2, 3, 4].map(
            (n, i) => `2026-01-05 10:0${i}:00\n${sockets(format, size * n, owned)}`,
          );
          const four = readDump(growing.join('\n'));
          assert.equal(four.snapshots.length, 4);
          assertSaid(analyze(four, { thresholds: LEAST }), name);
        });
      }
    }
  }

  it('are of nearly all rules', () => {
    const found = new Set<string>();
    for (const format of Object.values(FORMATS)) {
      for (const size of [3, 40]) {
        const { findings } = analyze(readDump(sockets(format, size, true)), { thresholds: LEAST });
        for (const { code, merged } of findings) {
          [code, ...merged.map(one => one.code)].forEach(one => found.add(one));
        }
      }
    }
    assert.ok(found.size >= 18, [...found].join(' '));
  });
}).timeout(60_000);
