import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { allFormats, firstLineOf, type Formats } from '../../../scripts/pages/formats';
import { netstatGrammar } from '../../../scripts/grammar/netstat';
import { analyze } from '../../../src/core/analysis/analyze';
import { dialects } from '../../../src/core/dialects';
import type { FormatGrammar } from '../../../src/core/grammar/formatGrammar';
import { endpoint, GAP, START } from '../../../src/core/grammar/parts';
import { include, line, scoped } from '../../../src/core/grammar/pattern';
import { scopes } from '../../../src/core/grammar/scopes';
import { Field } from '../../../src/core/model/field';
import { LineClass } from '../../../src/core/model/lineClass';
import type { Dialect } from '../../../src/core/parsing/dialect';
import { readColonEndpoint } from '../../../src/core/parsing/endpoint';
import { Line } from '../../../src/core/parsing/line';
import { readStateWord } from '../../../src/core/parsing/stateWord';
import { dumpCommandsOf, promptOf } from '../../../src/core/reading/around/prompt';
import { readDump } from '../../../src/core/reading/reader';
import { report } from '../../../src/core/report/report';
import { protocolWordAt } from '../../../src/core/vocabulary/protocol';
import { say } from '../../../src/core/wording/statement';
import { projectFolder } from '../../harness/paths';
import { linesOf } from '../../grammar/tokenizer';
import { said, tokenOf } from '../explain/rows';
import { sampleText } from '../rows';

/** A firewall's table of states, as it could be: `all tcp 192.0.2.1:443 198.51.100.7:50000 SINGLE`. */
const toy: Dialect = {
  id: 'toy',
  title: 'Toy firewall',
  systems: ['freebsd'],
  commands: ['toyctl -ss', 'toystat'],
  titles: ['TOY STATES'],
  headers: ['IF PROTO SOURCE'],
  best: { command: 'toyctl -ss', needs: 'root' },
  tells: { pids: 'never', queues: 'never', timers: 'never' },
  flows: true,
  stateWords: { SINGLE: say('Only one end has sent anything.', 'general-practice') },

  header: read => (read.is(0, 'TOY') || read.is(0, 'IF') ? {} : undefined),

  row(read, _layout, row) {
    row.protocol = protocolWordAt(read.text, read.wordStart(1), read.wordEnd(1));
    if (
      !read.is(0, 'all') ||
      !readColonEndpoint(read, 2, row, false) ||
      !readColonEndpoint(read, 3, row, true)
    ) {
      return false;
    }
    if (readStateWord(read, 4, row) === 0) {
      row.span(Field.State, read.wordStart(4), read.wordEnd(4));
    }
    return true;
  },
};

const toyGrammar: FormatGrammar = {
  rows: {
    toy: line(
      'Toy firewall: all tcp 192.0.2.1:443 198.51.100.7:50000 SINGLE',
      [START, scoped(scopes.interface, 'all'), GAP, 'tcp', GAP, endpoint, GAP, endpoint],
      [include('state')],
    ),
  },
  notices: ['toyctl: no rules'],
  firstLines: ['all +tcp +\\S+:\\d+ '],
};

function lineOf(text: string): Line {
  const read = new Line();
  read.set(text, 0, text.length);
  return read;
}

describe('what a format declares', () => {
  let formats: Formats;
  let first: RegExp;

  before(async () => {
    const all = await allFormats();
    formats = { dialects: [...all.dialects, toy], grammars: [...all.grammars, toyGrammar] };
    first = new RegExp(firstLineOf(formats));
  });

  it('makes its commands known in command lines', () => {
    const commands = dumpCommandsOf(formats.dialects);
    for (const text of ['user@gw:~$ sudo toyctl -ss', '# toyctl -ss', 'toystat -n', 'toystat']) {
      assert.equal(promptOf(lineOf(text), commands)?.dump, true, text);
      assert.notEqual(promptOf(lineOf(text))?.dump, true, text);
    }
    for (const text of ['user@gw:~$ toyctl -e', 'toystat shows states']) {
      assert.notEqual(promptOf(lineOf(text), commands)?.dump, true, text);
    }
  });

  it('tells dumps by their first line', () => {
    const own = new RegExp(firstLineOf({ dialects, grammars: [] }));
    for (const text of [
      'TOY STATES',
      'TOY STATES (all)',
      'IF   PROTO  SOURCE',
      'all tcp 192.0.2.1:443 198.51.100.7:50000 SINGLE',
      'root@gw:~# toyctl -ss',
      '$ toystat -n',
      'toystat -n',
    ]) {
      assert.match(text, first);
      assert.doesNotMatch(text, own);
    }
    assert.doesNotMatch('toystat is a program', first);
    assert.doesNotMatch('TOY STATES are many', first);
  });

  it('becomes rules of the grammar', () => {
    const { repository } = netstatGrammar(formats) as {
      repository: Record<string, { begin?: string; match?: string; patterns?: object[] }>;
    };
    assert.equal(repository['toy']?.begin, toyGrammar.rows?.['toy']?.begin);
    assert.deepEqual(
      repository['other']?.patterns?.filter(rule => JSON.stringify(rule).includes('#toy')),
      [{ include: '#toy' }],
    );
    const matches: [rule: string, text: string][] = [
      ['title', 'TOY STATES'],
      ['header', 'IF PROTO SOURCE'],
      ['notice', 'toyctl: no rules'],
      ['command', '$ toyctl -ss'],
      ['command', 'toystat -n'],
    ];
    for (const [rule, text] of matches) {
      const expression = repository[rule]?.match ?? '';
      assert.match(text, new RegExp(expression.replaceAll('(?:^|\\G)', '^')), rule);
    }
    assert.match(JSON.stringify(repository['state']), /\|SINGLE\)/);
  });

  it('has a name of its own for each rule', () => {
    const twice = { ...toyGrammar, rows: { linux: toyGrammar.rows!['toy']! } };
    assert.throws(
      () => netstatGrammar({ ...formats, grammars: [...formats.grammars, twice] }),
      /two rules have the name linux/,
    );
  });
});

describe('what each format declares', () => {
  for (const { id, commands } of dialects) {
    it(`${id}: its commands are known behind a prompt`, () => {
      for (const command of commands) {
        const typed = command.endsWith('/') ? `${command}tcp` : command;
        assert.equal(promptOf(lineOf(`user@host:~$ sudo ${typed}`))?.dump, true, command);
      }
    });
  }

  const samples = readdirSync(path.join(projectFolder, 'samples')).map(sampleText);
  // A section goes on the table of a relative above it; alone it shows what it is.
  const sections = samples.map(text => text.slice(text.lastIndexOf('\nActive ') + 1));
  const dumps = [...samples, ...sections].map(text => ({
    lines: linesOf(text),
    dump: readDump(text),
  }));
  for (const { id } of dialects) {
    // JSON has a language of its own.
    if (id === 'jc-json' || id === 'lsof-json') {
      continue;
    }
    it(`${id}: a sample shows it, and its first header is a first line`, async () => {
      const first = new RegExp(firstLineOf(await allFormats()));
      const own = dumps.filter(({ dump }) =>
        dump.snapshots.some(({ dialects: shown }) => shown.some(format => format.id === id)),
      );
      assert.notEqual(own.length, 0);
      const headers = own
        .map(({ lines, dump }) => lines[dump.classes.indexOf(LineClass.Header)])
        // The process of lsof -F, a number behind a letter, may be anything.
        .filter(header => header !== undefined && id !== 'lsof-fields');
      assert.ok(
        headers.length === 0 || headers.some(header => first.test(header ?? '')),
        headers[0],
      );
    });
  }
});

describe('rows that are no sockets of this host', () => {
  const text = [
    'TOY STATES',
    ...Array.from(
      { length: 60 },
      (_, i) => `all tcp 192.0.2.1:443 198.51.100.7:${50000 + i} CLOSE_WAIT`,
    ),
    'all tcp 192.0.2.1:443 198.51.100.8:50000 SINGLE',
    '',
  ].join('\n');
  const list = dialects as Dialect[];

  function reading<R>(dialect: Dialect, read: () => R): R {
    list.push(dialect);
    try {
      return read();
    } finally {
      list.pop();
    }
  }

  it('have no program that a finding or report could name', () => {
    const analysis = reading(toy, () => analyze(readDump(text)));
    assert.equal(analysis.last?.sockets, 61);
    assert.deepEqual(analysis.last.closeWait, []);
    assert.deepEqual(analysis.last.stateCounts, {});
    assert.deepEqual(analysis.findings, []);
    const shown = JSON.stringify(report('toy', analysis));
    assert.doesNotMatch(shown, /not shown|does not show programs|CLOSE_WAIT by process/);
  });

  it('would have one as sockets', () => {
    const { flows, ...sockets } = toy;
    assert.ok(flows);
    const shown = JSON.stringify(
      report(
        'toy',
        reading(sockets, () => analyze(readDump(text))),
      ),
    );
    assert.match(shown, /not shown/);
    assert.match(shown, /CLOSE_WAIT by process/);
  });

  it('have states of their own, which hovers explain', () => {
    const line = text.split('\n').findIndex(shown => shown.endsWith('SINGLE'));
    const explanation = reading(toy, () => tokenOf(text, 'SINGLE', line));
    assert.match(said(explanation), /Only one end has sent/);
  });
});
