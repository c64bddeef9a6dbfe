import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/core/analysis/analyze';
import { looksLikeRow } from '../../../src/core/reading/around/looksLikeRow';
import { Line } from '../../../src/core/parsing/line';
import { LineClass } from '../../../src/core/model/lineClass';
import { mayBeginRecords } from '../../../src/core/reading/recordBlock';
import { readDump } from '../../../src/core/reading/reader';
import { projectFolder } from '../../harness/paths';
import { briefly, fieldsOf, sampleText } from '../rows';
import { linesOf } from '../spans';

const LINUX =
  'tcp        0      0 192.0.2.1:22            198.51.100.4:50000      ESTABLISHED 812/sshd: a b  keepalive (12.30/0/0)';
const SS = 'ESTAB 0 0 192.0.2.1:22 198.51.100.4:50000 users:(("a b",pid=7,fd=9)) <->';
const LSOF = 'nginx 812 www 7u IPv4 13913 0t0 TCP 192.0.2.1:22->198.51.100.4:50000 (ESTABLISHED)';

/** What pages, editors and people do to a row. */
const DAMAGES: Readonly<Record<string, (row: string) => string>> = {
  'a break': row => `${row}<br/>`,
  'a break with blanks': row => `${row}   <br />`,
  'the end of a paragraph': row => `${row}</p>`,
  'the end of code': row => `${row}</code></pre>`,
  'a row of a table': row => `<tr><td>${row.trim().split(/ {2,}/).join('</td><td>')}</td></tr>`,
  entities: row =>
    row.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
  'an entity at the end': row => `${row} &nbsp;`,
  'back-ticks': row => `\`${row}\``,
  'a back-tick': row => `${row}\``,
  // Stars around stars could be anything.
  bold: row => row.replace(/^\s*([^\s*]+)/, '**$1**'),
  'bold all over': row => `**${row.trim()}**`,
  escapes: row => row.replace(/[*_]/g, String.raw`\$&`),
  'a break of Markdown': row => `${row}\\`,
  'an item of a list': row => `- ${row}`,
  'an item of a numbered list': row => `12. ${row.trim()}`,
  'a line number': row => `  12  ${row.trim()}`,
  quotes: row => `"${row}",`,
  'typographic quotes': row => row.replace(/"([^"]*)"/g, '“$1”'),
  'typographic dashes': row => row.replace(/(?<= )-(?= |$)/g, '–'),
  'no-break blanks': row => row.replace(/ /g, '\u00a0'),
  'single blanks': row => row.trim().replace(/\s+/g, ' '),
  'the frame of a table': row => `| ${row.trim().split(/ {2,}/).join(' | ')} |`,
  'quotes of mail': row => `> > ${row}`,
  'tabs for blanks': row => row.trim().replace(/ {2,}/g, '\t'),
  'a star before it': row => `* ${row.trim()}`,
  'glued timers': row => row.replace(/(off|on|keepalive|timewait) \(/g, '$1('),
};

const METHODS: readonly (readonly [string, string])[] = [
  ['Linux', LINUX],
  ['ss', SS],
  ['lsof', LSOF],
];

describe('damaged rows', () => {
  for (const [name, damage] of Object.entries(DAMAGES)) {
    for (const [format, row] of METHODS) {
      it(`say the same with ${name}: ${format}`, () => {
        assert.deepEqual(briefly(readDump(damage(row))), briefly(readDump(row)));
      });
    }

    it(`are never lost in silence with ${name}`, () => {
      for (const sample of readdirSync(path.join(projectFolder, 'samples'))) {
        assertNothingLost(sampleText(sample), damage, sample);
      }
    });
  }

  it('keep a name that looks like markup, unless they are of a page', () => {
    const rows = (name: string): [string, string][] => [
      [`tcp 1 0 192.0.2.1:40000 198.51.100.7:443 CLOSE_WAIT 100/${name}`, 'netstat'],
      [`tcp 1 0 192.0.2.1:40000 198.51.100.7:443 CLOSE_WAIT 100/${name} off (0.00/0/0)`, 'timer'],
      [
        `${name} 100 root 3u IPv4 12345 0t0 TCP 192.0.2.1:40000->198.51.100.7:443 (CLOSE_WAIT)`,
        'lsof',
      ],
    ];
    for (const [row, format] of rows('<b>x</b>')) {
      const name = (text: string): unknown => readDump(text).table.socket(0).owners[0]?.process;
      assert.equal(name(row), '<b>x</b>', format);
      if (format !== 'timer') {
        assert.equal(name(`<pre>\n${row}\n</pre>\n`), 'x', format);
        assert.equal(name(`${row}<br>\n`), 'x', format);
      }
    }
  });

  it('keep the places of their fields', () => {
    const text = `tcp   **141480**      0 192.0.2.1:22 <client ip>:50000 ESTABLISHED 812/a off(0.00/0/0)`;
    assert.deepEqual(fieldsOf(readDump(text), text, 0), [
      'protocol=tcp',
      'recvQ=141480',
      'sendQ=0',
      'local=192.0.2.1:22',
      'localAddress=192.0.2.1',
      'localPort=22',
      'remote=<client ip>:50000',
      'remoteAddress=<client ip>',
      'remotePort=50000',
      'state=ESTABLISHED',
      'pid=812',
      'process=a',
      'timer=off(0.00/0/0)',
      'timerKind=off',
    ]);
  });

  it('have no program where the row was cut within its number', () => {
    const cut = 'tcp 0 0 192.0.2.1:22 198.51.100.4:50000 CLOSE_WAIT 81';
    assert.deepEqual(briefly(readDump(cut)), [
      'tcp CLOSE-WAIT 192.0.2.1|22 198.51.100.4|50000 0/0',
    ]);
    const ss = 'ESTAB 0 0 192.0.2.1:22 198.51.100.4:50000 users:(("a",pid=81';
    assert.deepEqual(briefly(readDump(ss)), [
      'tcp ESTABLISHED 192.0.2.1|22 198.51.100.4|50000 0/0 /a',
    ]);
  });

  it('have the owner that a terminal wrapped to the line below', () => {
    const text = `${LINUX.slice(0, 80)}\n${LINUX.slice(80)}\n${LINUX}`;
    const dump = readDump(text);
    const [row] = briefly(readDump(LINUX));
    assert.deepEqual(briefly(dump), [row, row]);
    assert.deepEqual(fieldsOf(dump, text, 1).slice(0, 2), ['pid=812', 'process=sshd: a b']);
  });

  it('have the protocol back that was not copied', () => {
    for (const start of ['', 'cp', 'p']) {
      const [row] = briefly(readDump(LINUX.replace('tcp', start)));
      assert.equal(row, briefly(readDump(LINUX))[0]);
    }
  });
});

describe('rows cut in several lines', () => {
  /** What becomes of the rows of all samples that `cut` makes several lines of. */
  function assertOneOfEach(cut: (row: string) => readonly string[]): void {
    for (const sample of readdirSync(path.join(projectFolder, 'samples'))) {
      const text = sampleText(sample);
      const rows = rowsOf(text);
      const parts = linesOf(text).map((line, number) => (rows.has(number) ? cut(line) : [line]));
      const { classes } = readDump(parts.flat().join('\n'));
      let at = 0;
      parts.forEach((lines, number) => {
        const kinds = lines.map(() => classes[at++] as LineClass);
        assert.ok(
          !rows.has(number) ||
            kinds.some(kind => kind === LineClass.Socket || kind === LineClass.Unrecognized),
          `${sample}: ${lines.join('↵')}`,
        );
      });
    }
  }

  for (const width of [60, 72, 80, 120, 132]) {
    it(`are never lost in silence at ${width} columns`, () => {
      assertOneOfEach(row => row.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
    });
  }

  it('are never lost in silence with a cell of a table on each line', () => {
    assertOneOfEach(row => [
      '<tr>',
      ...row
        .trim()
        .split(/\s+/)
        .map(cell => `<td>${cell}</td>`),
      '</tr>',
    ]);
  });
});

describe('a line between two rows', () => {
  const around = (line: string): LineClass =>
    readDump(`${LINUX}\n${line}\n${LINUX}\n`).classes[1] as LineClass;

  for (const line of [
    'tcp        0      0 ---------- ----------',
    '192.0.2.1:22 something',
    '0 0 ? ? ESTABLISHED',
    'CLOSE_WAIT',
  ]) {
    it(`is unrecognized if it has a protocol, an endpoint or a state: ${line}`, () => {
      assert.equal(around(line), LineClass.Unrecognized);
      // Alone it may be anything.
      assert.equal(readDump(`${line}\nand so on\n`).classes[0], LineClass.Text);
    });
  }

  for (const line of [
    'The connection to 192.0.2.1:22 is the one that I mean.',
    '$ curl http://192.0.2.1:80/',
    '$ ping tcp',
    'tcp is fine:',
    '--- 192.0.2.1:22 ---',
    '...',
    'RST sent: 14',
  ]) {
    it(`is text if it is a sentence, a command or a counter: ${line}`, () => {
      assert.equal(around(line), LineClass.Text);
    });
  }
});

/** The lines of a text that are rows, printed one in a line and look like rows by themselves. */
function rowsOf(text: string): Set<number> {
  const { classes } = readDump(text);
  const rows = new Set<number>();
  let start = 0;
  linesOf(text).forEach((line, number) => {
    const records = mayBeginRecords(text, start);
    start += line.length + 1;
    const words = new Line();
    words.set(line, 0, line.length);
    if (!records && classes[number] === (LineClass.Socket as number) && looksLikeRow(words)) {
      rows.add(number);
    }
  });
  return rows;
}

/** Every row of a text, damaged, is read or counted as unrecognized. */
function assertNothingLost(text: string, damage: (row: string) => string, name: string): void {
  const { classes, lines } = readDump(text);
  const all = linesOf(text);
  let start = 0;
  const damaged = all.map((line, number) => {
    const records = mayBeginRecords(text, start);
    start += line.length + 1;
    const words = new Line();
    words.set(line, 0, line.length);
    const row = classes[number] === (LineClass.Socket as number) && looksLikeRow(words);
    return row && !records ? damage(line) : line;
  });
  const dump = readDump(damaged.join('\n'));
  damaged.forEach((line, number) => {
    if (line !== all[number]) {
      const kind = dump.classes[number] as LineClass;
      assert.notEqual(kind, LineClass.Text, `${name}: ${line}`);
      assert.notEqual(kind, LineClass.Header, `${name}: ${line}`);
    }
  });
  assert.ok(lines.socket > 0 || dump.lines.socket === 0);
}

describe('rows of several hosts', () => {
  const row = (port: number, program: string): string =>
    `tcp 0 0 192.0.2.1:${port} 198.51.100.4:443 CLOSE_WAIT 1/${program}`;
  const PREFIXES: Readonly<Record<string, (host: string) => string>> = {
    stern: host => `${host} app `,
    kubectl: host => `[pod/${host}/app] `,
    compose: host => `${host}  | `,
    pdsh: host => `${host}: `,
    parallel: host => `${host}\t`,
    fabric: host => `[root@${host}:22] out: `,
    syslog: host => `Jan  1 12:00:00 ${host} netstat[12]: `,
  };

  for (const [name, prefix] of Object.entries(PREFIXES)) {
    it(`are told apart by the prefix of ${name}`, () => {
      const text = [1, 2, 3, 4].map(i => prefix(`web-${i % 2}`) + row(40_000 + i, `p${i % 2}`));
      const dump = readDump(text.join('\n'));
      assert.deepEqual(
        dump.snapshots.map(({ host, firstRow, endRow }) => [host, firstRow, endRow]),
        [
          ['web-1', 0, 2],
          ['web-0', 2, 4],
        ],
      );
      const lines = Array.from({ length: 4 }, (_, i) => dump.table.line[i]);
      assert.deepEqual(lines, [0, 2, 1, 3]);
      assert.ok(fieldsOf(dump, text.join('\n'), 2).includes('process=p1'));
    });
  }

  it('are told apart by what ansible and pssh print above them', () => {
    for (const title of [
      (host: string) => `${host} | CHANGED | rc=0 >>`,
      (host: string) => `${host} | success | rc=0 >>`,
      (host: string) => `[1] 12:00:00 [SUCCESS] ${host}`,
    ]) {
      const dump = readDump(`${title('a')}\n${row(1, 'x')}\n${title('b')}\n${row(1, 'x')}\n`);
      assert.deepEqual(
        dump.snapshots.map(({ host }) => host),
        ['a', 'b'],
      );
    }
  });

  it('are of one host where prefixes are the numbers of lines', () => {
    for (const sign of [':', ': ', '\t']) {
      const text = [1, 2, 3].map(i => `${i}${sign}${row(40_000 + i, 'p')}`).join('\n');
      assert.deepEqual(
        readDump(text).snapshots.map(({ host }) => host),
        [null],
      );
    }
  });

  it('are of one host where all prefixes name one', () => {
    const text = [1, 2, 3].map(i => `web-1 app ${row(40_000 + i, 'p')}`).join('\n');
    assert.equal(readDump(text).snapshots.length, 1);
  });
});

describe('hidden addresses', () => {
  it('are not taken for one host where they look alike', () => {
    const rows = Array.from(
      { length: 4 },
      (_, i) => `tcp 0 0 192.0.2.1:${50_000 + i} <ip>:443 CLOSE_WAIT 7/a`,
    );
    const { findings } = analyze(readDump(rows.join('\n')));
    const titles = findings.map(({ title }) => title.parts.map(({ text }) => text).join(''));
    assert.deepEqual(titles, [
      'a (7) has 4 in CLOSE_WAIT, closed by remote addresses that are not shown in full',
    ]);
  });
});

describe('two cuts of one listing', () => {
  it('count a row once that is in both', () => {
    const rows = [1, 2, 3].map(i => `tcp 0 0 192.0.2.1:${i} 198.51.100.4:443 CLOSE_WAIT 7/a`);
    const [a = '', b = '', c = ''] = rows;
    const cut = (word: string, ...lines: string[]): string =>
      [`$ netstat -tnp | grep ${word}`, ...lines, ''].join('\n');
    const sizeOf = (text: string): (number | undefined)[] =>
      analyze(readDump(text)).snapshots.map(({ sockets }) => sockets);
    assert.deepEqual(sizeOf(cut('CLOSE', a, b) + cut('7/a', b, c)), [3]);
    // Of one listing, equal rows of no connection are what the tool printed.
    const udp = 'udp 0 0 0.0.0.0:5353 0.0.0.0:* 7/a';
    assert.deepEqual(sizeOf(cut('7/a', a, udp, udp)), [3]);
  });
});
