import { strict as assert } from 'node:assert';
import { analyze } from '../../../src/core/analysis/analyze';
import { readDump } from '../../../src/core/reading/reader';
import { report } from '../../../src/core/report/report';
import { ticket } from '../../../src/core/report/ticket';
import { Localizer } from '../../../src/core/wording/text';
import { USUAL } from '../../../src/core/report/limits';

const HEADER = 'Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n';
const ROW = '1      0      192.0.2.4:43379   192.0.2.9:443  users:(("java",pid=901,fd=20))\n';

/** The states of the rows below a text. */
function states(above: string): (string | null)[] {
  const { table } = readDump(above + HEADER + ROW);
  return Array.from({ length: table.length }, (_, i) => table.socket(i).state);
}

function texts(text: string): string {
  const analysis = analyze(readDump(text));
  return JSON.stringify([
    report('a.txt', analysis),
    ticket('a.txt', analysis, new Localizer(), USUAL),
  ]);
}

describe('the one state that ss was asked for, which has no column then', () => {
  const date = 'Mon Nov 30 10:00:00 2026\n';
  for (const above of [
    'Every 2.0s: ss -tanp state close-wait        web-1: Mon Nov 30 10:00:00 2026\n\n',
    'Every 2.0s: ss -tanp state close-wait web-1: Mon Nov 30 10:00:00 2026\n\n',
    'Every 0.5s: sudo ss -tanp state close-wait        Mon Nov 30 10:00:00 2026\n\n',
    `Every 2.0s: ss -tanp state close-wait\nweb-1: ${date}in 0.011s (0)\n\n`,
    'Every 2.0s: date; ss -tanp state close-wait | head -20      web-1: Mon Nov 30 10:00:00 2026\n\n',
    `$ for i in 1 2 3; do date; ss -tanp state close-wait; sleep 60; done\n${date}`,
    `for i in $(seq 3); do ss -tanp state close-wait; sleep 60; done\n`,
    `while true; do date; ss -tanp state close-wait; sleep 5; done\n${date}`,
    `# while sleep 5; do clear; sudo ss -tanp state close-wait; done\n`,
    `root@web-1:~# until false; do ss -tanp state close-wait; done\n`,
    '$ timeout 5 ss -tanp state close-wait\n',
    '$ timeout 5s sudo ss -tanp state close-wait | head\n',
    '$ watch -n 0.5 ss -tanp state close-wait\n',
    `$ date; ss -tanp state close-wait\n${date}`,
    `$ echo --- && ss -tanp state close-wait\n---\n`,
    `$ { date; ss -tanp state close-wait; } | tee out.txt\n${date}`,
    `$ ss -tanp state close-wait; ss -tanp state close-wait dst 192.0.2.9\n`,
  ]) {
    it(`is read: ${above.split('\n')[0]}`, () => {
      assert.deepEqual(states(above), ['CLOSE-WAIT']);
    });
  }

  for (const above of [
    '',
    '$ for s in close-wait time-wait; do ss -tan state $s; done\n',
    '$ ss -tan state close-wait; ss -tan state time-wait\n',
    'Every 2.0s: ss -tan state clo... web-1: Mon Nov 30 10:00:00 2026\n\n',
    'wait for it; do not ss -tan state close-wait\n',
  ]) {
    it(`is not guessed: ${above.split('\n')[0]}`, () => {
      assert.deepEqual(states(above), [null]);
    });
  }

  it('goes for each snapshot of a watch, on the machine where it runs', () => {
    const at = (second: number) =>
      `Every 2.0s: docker exec api ss -tanp state close-wait   web-1: Mon Nov 30 10:00:0${second} 2026\n\n`;
    const { snapshots, table } = readDump(at(0) + HEADER + ROW + at(2) + HEADER + ROW);
    assert.deepEqual(
      snapshots.map(({ host, time, listing }) => [host, time, listing.command]),
      [0, 2].map(second => [
        'web-1/api',
        `2026-11-30T10:00:0${second}`,
        'ss -tanp state close-wait',
      ]),
    );
    assert.equal(table.socket(1).state, 'CLOSE-WAIT');
  });
});

describe('sockets listed without their state', () => {
  const sockstat =
    'USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS         FOREIGN ADDRESS\n' +
    'root     sshd       812   4  tcp4   *:22                  *:*\n' +
    'www      nginx      900   6  tcp4   192.0.2.4:443         192.0.2.9:51234\n';

  it('are not said to have no problem', () => {
    for (const [text, command] of [
      [HEADER + ROW, 'ss -tanp'],
      [sockstat, 'netstat -an'],
    ] as const) {
      const said = texts(text);
      assert.doesNotMatch(said, /No problems found|only listening/);
      assert.match(said, /listed without their state: 1\./);
      assert.ok(said.includes(command), said);
    }
  });

  it('are told where others have one', () => {
    const known = 'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n';
    const row = 'ESTAB 0 0 192.0.2.4:43380 192.0.2.9:443\n';
    assert.match(texts(known + row), /No problems found\./);
    const said = texts(`$ ss -tan\n${known}${row}$ ss -tan state $s\n${HEADER}${ROW}`);
    assert.doesNotMatch(said, /No problems found\./);
  });
});
