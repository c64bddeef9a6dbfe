/* What people read fits the width of their terminal, of every command. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { run } from '../../src/cli/run';
import { widthOf } from '../../src/cli/terminal';
import { renderTerminal } from '../../src/core/report/terminal';
import { many, netstat, row } from '../core/analysis/scene';
import { FakeMachine } from './machine';

/** Beginnings of commands, which stay in one line so that they can be copied. */
const COMMAND =
  /^(?:sudo|netstat-lens|ss|netstat|lsof|ps|sysctl|docker|gdb|nstat|tcpdrop|--[a-z]{2,20}) /;

async function printed(width: number, ...args: string[]): Promise<string> {
  let all = '';
  const write = (text: string): boolean => {
    all += text;
    return true;
  };
  const listing = netstat(
    ...many(40, i => row('CLOSE_WAIT', `192.0.2.1:${9000 + i}`, '192.0.2.7:443', { owner: '-' })),
  );
  const machine = new FakeMachine({ netstat: listing }, 'web-7.corp.example');
  const drained = (): Promise<void> => Promise.resolve();
  await run(args, { write, drained, error: write, colour: false, width }, machine);
  return all;
}

/** Lines that are wider than they need be. */
function tooWide(text: string, width: number): string[] {
  return text.split('\n').filter(line => {
    const bare = line.trim();
    return line.length > width && bare.includes(' ') && !COMMAND.test(bare);
  });
}

describe('the width of a terminal', () => {
  let folder: string;
  let dump: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nl-'));
    dump = path.join(folder, 'a.txt');
    const name = 'a-service-with-a-rather-long-name';
    writeFileSync(
      dump,
      netstat(
        row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', { owner: `4321/${name}`, recvQ: 3 }),
        ...many(60, i =>
          row(
            'CLOSE_WAIT',
            '192.0.2.1:9443',
            `[2001:db8:0:1:2:3:4:${(i % 7) + 1000}]:${40_000 + i}`,
            {
              owner: `4321/${name}`,
              recvQ: 100 + i,
            },
          ),
        ),
        row('TIME_WAIT', '192.0.2.1:8080', '192.0.2.7:51046', { timer: 'timewait (42.00/0/0)' }),
      ),
    );
    writeFileSync(path.join(folder, 'b.txt'), netstat(row('LISTEN', '0.0.0.0:80', '0.0.0.0:*')));
    writeFileSync(path.join(folder, 'none.txt'), 'hi\n');
    mkdirSync(path.join(folder, 'empty'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const calls: readonly (readonly string[])[] = [
    ['--help'],
    ['--thresholds'],
    ['explain', 'CLOSE_WAIT'],
    ['explain', 'TcpExtListenOverflows'],
    ['explain', 'EADDRINUSE'],
    ['explain', 'no such word at all'],
    ['port', '9443', 'DUMP'],
    ['port', '8080', 'DUMP'],
    ['port', '1', 'DUMP'],
    ['DUMP'],
    ['--all', '--explain', 'DUMP'],
    ['--together', 'DUMP', 'OTHER'],
    ['diff', 'DUMP', 'OTHER'],
    ['DUMP', 'OTHER', 'NONE', 'EMPTY'],
    ['--format', 'xml', 'DUMP'],
    ['watch', '--count', '2', '--interval', '0.2'],
  ];
  for (const width of [60, 80, 120]) {
    for (const call of calls) {
      it(`of ${width} columns holds ${call.join(' ')}`, async () => {
        const names: Record<string, string> = {
          DUMP: dump,
          OTHER: path.join(folder, 'b.txt'),
          NONE: path.join(folder, 'none.txt'),
          EMPTY: path.join(folder, 'empty'),
        };
        const text = await printed(width, ...call.map(word => names[word] ?? word));
        assert.ok(text.length > 40, text);
        assert.deepEqual(tooWide(text, width), []);
        assert.doesNotMatch(text, /\u00a0/, 'blanks can be copied');
      });
    }
  }

  it('is used: prose is as wide as it may be', async () => {
    for (const width of [80, 120]) {
      const text = await printed(width, 'explain', 'CLOSE_WAIT');
      const widest = Math.max(...text.split('\n').map(line => line.length));
      assert.ok(widest > width - 12, String(widest));
    }
  });

  it('does not break commands', async () => {
    const text = await printed(50, 'port', '1', dump);
    assert.match(text, /^ {2}sudo nsenter -t PID -n ss -tanp 'sport = :1'$/m);
    const none = await printed(50, path.join(folder, 'none.txt'));
    assert.match(none, /netstat -tunapeeo --wide/);
  });

  it('is 80 where neither a terminal nor COLUMNS says otherwise', () => {
    const tty = { isTTY: true, columns: 132 };
    assert.equal(widthOf(tty, {}), 132);
    assert.equal(widthOf(tty, { COLUMNS: '60' }), 132);
    assert.equal(widthOf({}, {}), 80);
    assert.equal(widthOf({}, { COLUMNS: '60' }), 60);
    for (const COLUMNS of ['', '0', '-5', 'wide', '1e9', '9999999', '80.5']) {
      assert.equal(widthOf({}, { COLUMNS }), 80, COLUMNS);
    }
    assert.equal(widthOf({ isTTY: true, columns: 0 }, {}), 80);
    assert.equal(widthOf({ isTTY: true }, { COLUMNS: '60' }), 60);
  });

  describe('of a table', () => {
    const columns = [
      { title: 'Process', align: 'left' },
      { title: 'Unread bytes', align: 'right' },
      { title: 'Remote addresses', align: 'left' },
    ] as const;
    const rows = [
      ['api', '1,000', '192.0.2.7 port 443 (1), 192.0.2.8 port 443 (2), and 3 more'],
      ['db', '5', '192.0.2.9 (1)'],
    ];
    const shown = (width: number): string =>
      renderTerminal([{ kind: 'table', columns, rows }], { colour: false, width });

    it('leaves it as it is where it fits', () => {
      assert.equal(
        shown(100),
        [
          '  Process  Unread bytes  Remote addresses',
          '  api             1,000  192.0.2.7 port 443 (1), 192.0.2.8 port 443 (2), and 3 more',
          '  db                  5  192.0.2.9 (1)',
          '',
        ].join('\n'),
      );
    });
    it('wraps its cells where they fit so', () => {
      assert.equal(
        shown(50),
        [
          '  Process  Unread bytes  Remote addresses',
          '  api             1,000  192.0.2.7 port 443 (1),',
          '                         192.0.2.8 port 443 (2),',
          '                         and 3 more',
          '  db                  5  192.0.2.9 (1)',
          '',
        ].join('\n'),
      );
    });
    it('makes lists of its rows where their words do not fit, and loses nothing', () => {
      const long = 'x'.repeat(40);
      const text = renderTerminal(
        [
          {
            kind: 'table',
            columns,
            rows: [
              [long, '5', 'a b'],
              ['db', '', 'c'],
            ],
          },
        ],
        { colour: false, width: 60 },
      );
      assert.equal(
        text,
        [
          `  Process           ${long}`,
          '  Unread bytes      5',
          '  Remote addresses  a b',
          '',
          '  Process           db',
          '  Remote addresses  c',
          '',
        ].join('\n'),
      );
    });
  });
});
