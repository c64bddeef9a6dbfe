import { strict as assert } from 'node:assert';
import { analyze } from '../../../src/core/analysis/analyze';
import { readDump } from '../../../src/core/reading/reader';
import { report } from '../../../src/core/report/report';
import { ticket } from '../../../src/core/report/ticket';
import { Localizer } from '../../../src/core/wording/text';
import { USUAL } from '../../../src/core/report/limits';
import type { Block } from '../../../src/core/report/blocks';

const HEADER =
  'Active Internet connections (w/o servers)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n';
const ENDS = 'tcp        1      0 10.0.0.5:44000          10.0.0.20:5432          ';

/** Each socket of a text as `state word owner`, and how many lines continue rows and are unread. */
function read(text: string): (string | number)[] {
  const { table, lines } = readDump(text);
  return [
    ...Array.from({ length: table.length }, (_, i) => {
      const { state, rawState, owners } = table.socket(i);
      return [state, rawState, ...owners.map(({ process }) => process)].join(' ');
    }),
    lines.continuation,
    lines.unrecognized,
  ];
}

function said(blocks: readonly Block[]): string {
  return JSON.stringify(blocks);
}

describe('a state that a terminal has wrapped', () => {
  it('is joined with its rest, and with what stands behind that', () => {
    assert.deepEqual(read(`${ENDS}CLO\nSE_WAIT  950/java\n`), ['CLOSE-WAIT CLOSE_WAIT java', 1, 0]);
    // Also where what is left is a state of its own, or is the only one that it begins.
    for (const at of [1, 2, 5, 6, 9]) {
      const text = `${HEADER}${ENDS}${'CLOSE_WAIT'.slice(0, at)}\n${'CLOSE_WAIT'.slice(at)}  950/java\n`;
      assert.deepEqual(read(text), ['CLOSE-WAIT CLOSE_WAIT java', 1, 0]);
    }
    assert.deepEqual(
      read(`${HEADER}${ENDS}LI\nSTEN      0   184201     1180/nginx: master   off (0.00/0/0)\n`),
      ['LISTEN LISTEN nginx: master', 1, 0],
    );
    assert.deepEqual(read('  TCP    192.0.2.1:22  192.0.2.2:4000  CLOSE_W\nAIT   6620\n'), [
      'CLOSE-WAIT CLOSE_WAIT ',
      1,
      0,
    ]);
  });

  it('is left alone where the next line is no rest of it', () => {
    assert.deepEqual(read(`${ENDS}CLO\n950/java\n`), [' CLO java', 1, 0]);
    assert.deepEqual(read(`${ENDS}CLOSE\n  _WAIT  950/java\n`), ['CLOSED CLOSE', 0, 0]);
    assert.deepEqual(read(`${ENDS}CLO\n\nSE_WAIT  950/java\n`).slice(0, 2), [' CLO', 0]);
    assert.deepEqual(
      read(`${ENDS}CLOSE       950/java\n_WAIT  951/java\n`)[0],
      'CLOSED CLOSE java',
    );
  });
});

describe('a row that a terminal has wrapped behind its state', () => {
  it('has the user, inode, owner and timer on the next line', () => {
    for (const rest of [
      '1001       184211     950/java    off (0.00/0/0)',
      ' 184211    950/java',
      '950/java',
    ]) {
      assert.deepEqual(read(`${HEADER}${ENDS}CLOSE_WAIT\n${rest}\n`), [
        'CLOSE-WAIT CLOSE_WAIT java',
        1,
        0,
      ]);
    }
    assert.deepEqual(
      read(`${HEADER}${ENDS}TIME_WAIT\n0    0      -       timewait (39.98/0/0)\n`),
      ['TIME-WAIT TIME_WAIT', 1, 0],
    );
    // Where words are not cut, the state as well.
    assert.deepEqual(
      read(
        `${HEADER}${ENDS.trimEnd()}\nCLOSE_WAIT  1001   184211     950/java    off (0.00/0/0)\n`,
      ),
      ['CLOSE-WAIT CLOSE_WAIT java', 1, 0],
    );
    // A list of somebody's own.
    assert.deepEqual(read(`${HEADER}${ENDS}CLOSE_WAIT\n1 2 - done\n`), [
      'CLOSE-WAIT CLOSE_WAIT',
      0,
      0,
    ]);
  });

  it('is counted as unrecognized where its rest cannot be read', () => {
    const ss = 'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n';
    for (const [text, count] of [
      [`${ss}LISTEN 0 511 0.0.0.0:443 0.0.0.0:* users:(("\nnginx",pid=1181,fd=6))\n`, 1],
      [`${HEADER}${ENDS}CLOSE_WAIT  950/java\nmaster 1 off (0.00/0/0)\n`, 1],
      [`${HEADER}${ENDS}CLOSE_WAIT\na word (of its own) and more\n`, 0],
      [`${HEADER}${ENDS}CLOSE_WAIT\nsee (RFC 9293)\n`, 0],
    ] as const) {
      assert.equal(readDump(text).lines.unrecognized, count, text);
    }
  });
});

describe('a state that was cut', () => {
  it('is the only one that it begins', () => {
    for (const [word, state] of [
      ['CLOSE_WAI', 'CLOSE-WAIT'],
      ['CLOSE_', 'CLOSE-WAIT'],
      ['ESTABLISHE', 'ESTABLISHED'],
      ['TIME_W', 'TIME-WAIT'],
      ['LIS', 'LISTEN'],
      ['CLOSI', 'CLOSING'],
    ] as const) {
      assert.deepEqual(read(`${ENDS}${word}\n`), [`${state} ${word}`, 0, 0]);
      assert.deepEqual(read(`${ENDS}${word}   `), [`${state} ${word}`, 0, 0]);
    }
  });

  it('is that also before the mark of a pager, an editor or a table', () => {
    for (const mark of ['>', '$', '…', '...', '..']) {
      assert.equal(read(`${ENDS}CLOSE_W${mark}\n`)[0], `CLOSE-WAIT CLOSE_W${mark}`);
      assert.equal(read(`${ENDS}FIN_WAIT${mark}\n`)[0], ` FIN_WAIT${mark}`);
      assert.equal(read(`${ENDS}CL${mark}\n`)[0], ` CL${mark}`);
    }
    // A column that is cut has others behind it.
    assert.equal(read(`${HEADER}${ENDS}CLOSE_W…  950/java\n`)[0], 'CLOSE-WAIT CLOSE_W… java');
  });

  it('is unknown where it begins several, is short, or something follows it', () => {
    for (const rest of [
      'CLO',
      'FIN_WAIT',
      'C',
      'ES',
      'SYN_',
      'CLOSE_WAIX',
      'CLOSE_WAI  950/java',
    ]) {
      assert.equal(String(read(`${ENDS}${rest}\n`)[0]).split(' ')[0], '', rest);
    }
  });

  it('leaves no bare "No problems found"', () => {
    const analysis = analyze(
      readDump(HEADER + `${ENDS}CLO\n`.replace('44000', '44001') + `${ENDS}FIN_W\n`),
    );
    const text = said(report('a.txt', analysis));
    assert.match(text, /Sockets with a state that could not be read: 2 \(CLO, FIN_W\)/);
    assert.match(text, /No problems found in what could be read\./);
    assert.match(
      said(ticket('a.txt', analysis, new Localizer(), USUAL)),
      /No problems found in what could be read/,
    );
    const healthy = `${HEADER}${ENDS.replace('1', '0')}ESTABLISHED\n`;
    const whole = analyze(readDump(healthy));
    assert.match(said(report('a.txt', whole)), /No problems found\./);
    assert.doesNotMatch(said(report('a.txt', whole)), /could (?:not )?be read/);
    const unread = analyze(readDump(`${healthy}tcp        0      0 10.0.0.5:44001\n`));
    assert.match(said(report('a.txt', unread)), /No problems found in what could be read\./);
  });

  it('is said to be missing where the row was cut before it, and others have one', () => {
    const open = (port: number): string =>
      `${ENDS.replace('tcp        1', 'tcp        0').replace('44000', String(port))}ESTABLISHED\n`;
    const text = `${HEADER}${open(44_001)}${open(44_002)}tcp        0      0 10.0.0.5:44003          10.0.0.20:54`;
    const analysis = analyze(readDump(text));
    const words = said(report('a.txt', analysis));
    assert.match(words, /Sockets without their state: 1/);
    assert.match(words, /No problems found in what could be read\./);
    assert.match(words, /1\u00a0without a known state/);
    assert.doesNotMatch(words, /UNKNOWN/);
    assert.equal(analysis.last?.stateCounts.UNKNOWN, 1);
    // netstat itself has a word UNKNOWN.
    for (const other of [
      `${HEADER}${open(44_001)}${ENDS}UNKNOWN\n`,
      `${HEADER}${open(44_001)}udp        0      0 10.0.0.5:53             0.0.0.0:*\n`,
    ]) {
      const healthy = said(report('a.txt', analyze(readDump(other))));
      assert.match(healthy, /No problems found\./, other);
      assert.doesNotMatch(healthy, /without their state/, other);
    }
  });
});
