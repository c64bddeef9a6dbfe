import assert from 'node:assert/strict';

import { analyze, type Analysis } from '../../src/core/analysis/analyze';
import { RULE_IDS, type RuleCode, type RuleId } from '../../src/core/analysis/ruleTable';
import { type ThresholdId, thresholds, type Thresholds } from '../../src/core/analysis/thresholds';
import { plain } from '../../src/core/wording/text';
import type { Dump } from '../../src/core/reading/dump';
import { readDump } from '../../src/core/reading/reader';
import { renderMarkdown } from '../../src/core/report/markdown';
import { report } from '../../src/core/report/report';
import { everythingSaid } from './analysis/scene';

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
    const { firstRow: own = 0, endRow = 0 } = dump.snapshots[snapshot] ?? {};
    // One that stands for others may have rows of all snapshots since the first of them.
    const isOne = finding.subjects.length === 1;
    const firstRow = isOne ? own : (dump.snapshots[finding.since]?.firstRow ?? 0);
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

/** Words that are of one system only. */
const WORDS: Readonly<Record<'linux' | 'windows' | 'macos' | 'freebsd', RegExp>> = {
  linux:
    /\bLinux\b|\bss -|\bnstat\b|net\.(?:ipv4|core)\b|\btcp_\w+|(?<!kern\.ipc\.)somaxconn|SO_REUSEPORT: the kernel divides|TCP_USER_TIMEOUT|TCP_DEFER_ACCEPT|TCP_KEEPIDLE|IP_BIND_ADDRESS_NO_PORT|recvmmsg|ulimit|\/proc\/|skmem|lastrcv|rwnd_limited/,
  windows:
    /\bWindows\b|Get-\w+|netsh|\bTcpip\b|Tcp\w*Delay|registry|HKLM|SO_EXCLUSIVEADDRUSE|tasklist|\b10048\b/,
  macos: /\bmacOS\b|\blsof -|portrange/,
  freebsd: /\bFreeBSD\b|\bsockstat\b|SO_REUSEPORT_LB|portrange/,
};

/** Words that a system shares with another. */
const SHARED: Partial<Readonly<Record<keyof typeof WORDS, readonly (keyof typeof WORDS)[]>>> = {
  // Programs install lsof on Linux, too; FreeBSD and macOS share their settings' names.
  linux: ['macos'],
  macos: ['freebsd'],
  freebsd: ['macos'],
};

const WITH_SYSTEM = [
  ['Linux with all', 'linux'],
  ['ss', 'linux'],
  ['Windows', 'windows'],
  ['macOS', 'macos'],
  ['macOS', 'freebsd'],
] as const;

/** What {@link sockets} has none of: bound and closed ones, datagrams, two programs on one port. */
function others(name: string): string {
  const rows: string[] = [];
  for (let i = 0; i < 3; i++) {
    if (name === 'Windows') {
      rows.push(
        `  TCP    0.0.0.0:${52_000 + i}    0.0.0.0:0    BOUND    77`,
        `  TCP    0.0.0.0:8443    0.0.0.0:0    LISTENING    ${90 + i}`,
        `  TCP    0.0.0.0:4444    0.0.0.0:0    LISTENING    95`,
      );
    } else if (name === 'macOS') {
      rows.push(
        `tcp4  0  0  192.0.2.1.${52_000 + i}  198.51.100.8.443  CLOSED`,
        `udp4  50000  0  *.${8125 + i}  *.*`,
        `tcp4  0  0  *.4444  *.*  LISTEN`,
      );
    } else if (name === 'ss') {
      rows.push(
        `LISTEN 0 128 0.0.0.0:8443 0.0.0.0:* users:(("app",pid=${90 + i},fd=3))`,
        `LISTEN 0 128 0.0.0.0:4444 0.0.0.0:* users:(("app",pid=95,fd=3))`,
      );
    } else {
      rows.push(
        `udp 212992 0 0.0.0.0:${8125 + i} 0.0.0.0:* 1000 4711 77/app off (0.00/0/0)`,
        `tcp 0 0 0.0.0.0:8443 0.0.0.0:* LISTEN 1000 4711 ${90 + i}/app off (0.00/0/0)`,
        `tcp 0 0 0.0.0.0:4444 0.0.0.0:* LISTEN 1000 4711 95/app off (0.00/0/0)`,
      );
    }
  }
  return `${rows.join('\n')}\n`;
}

describe('findings name no other system', () => {
  const found = new Set<string>();

  for (const [name, system] of WITH_SYSTEM) {
    for (const owned of [true, false]) {
      const dumpsOf = (size: number): Dump[] => {
        const text = sockets(FORMATS[name]!, size, owned) + others(name);
        const series = [0, 1, 2].map(i => `2026-01-05 10:0${i}:00\n${text}`).join('\n');
        return [text, series].map(one => readDump(one));
      };
      const [few, many] = [dumpsOf(12), dumpsOf(40)];
      for (const [code, id] of Object.entries(RULE_IDS) as [RuleCode, RuleId][]) {
        it(`${code} on ${system}, ${name}${owned ? '' : ', no owners'}`, () => {
          const ignoredRules = Object.values(RULE_IDS).filter(other => other !== id);
          // That connects are not answered is told by many, all else as well by few.
          for (const dump of code === 'SS-1' ? many : few) {
            const { findings } = analyze(dump, { system, ignoredRules, thresholds: LEAST });
            for (const finding of findings) {
              found.add(code);
              for (const said of everythingSaid(finding)) {
                for (const other of Object.keys(WORDS) as (keyof typeof WORDS)[]) {
                  if (other !== system && SHARED[system]?.includes(other) !== true) {
                    assert.doesNotMatch(said, WORDS[other], `words of ${other}`);
                  }
                }
              }
            }
          }
        });
      }
    }
  }

  it('were found by nearly all rules', () => {
    assert.ok(found.size >= 26, [...found].join(' '));
  });
}).timeout(60_000);
