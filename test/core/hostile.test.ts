/*
 * What a dump holds is chosen by whoever names a program or a host. It must not act on anything
 * that shows it: not as Markdown, HTML or a command link in hovers and tickets, not as a sequence
 * in a terminal, not as a formula in a spreadsheet.
 */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';

import { type Analysis, analyze } from '../../src/core/analysis/analyze';
import { explainAt } from '../../src/core/explain/explain';
import { plainText } from '../../src/core/explain/explanationText';
import { Localizer } from '../../src/core/wording/text';
import { sources } from '../../src/core/wording/sources';
import { namesFrom } from '../../src/core/wording/addressNames';
import { readDump } from '../../src/core/reading/reader';
import { csvReport } from '../../src/core/report/data/csv';
import { findingsForModel, summaryForModel } from '../../src/core/report/data/languageModel';
import { jsonReport } from '../../src/core/report/data/json';
import { ndjsonReport } from '../../src/core/report/data/ndjson';
import { ALL } from '../../src/core/report/limits';
import { renderMarkdown } from '../../src/core/report/markdown';
import { panelModel } from '../../src/core/viewModel/panelModel';
import { Redactor } from '../../src/core/redaction/redact';
import { report } from '../../src/core/report/report';
import { renderTerminal } from '../../src/core/report/terminal';
import { ticket } from '../../src/core/report/ticket';
import { unreadReport } from '../../src/core/report/unrecognizedLines';
import { markdown } from '../../src/extension/host/markdown';
import { checkHostMessage } from '../../src/shared/panel/messages';
import { markdownTokens } from '../harness/markdown';
import { CHARACTER, RUNS } from './runs';

const CHARACTERS = {
  escape: '\u001B',
  bell: '\u0007',
  override: '\u202E',
  isolate: '\u2066',
  bom: '\uFEFF',
  csi: '\u009B',
};

const NAMES = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '</code></details><a href="command:workbench.action.quit">x</a>',
  '[click](command:workbench.action.quit)',
  '[ref]: command:workbench.action.quit',
  '@octocat #1',
  '![x](https://example.org/t.png)',
  'https://example.org/',
  '`$(gear)`',
  '| a | b |',
  '=cmd|calc!A1',
  '+1',
  '@SUM(1)',
  '-2+3',
  '"quoted, ""twice"""',
  `${CHARACTERS.escape}[2J${CHARACTERS.escape}]0;title${CHARACTERS.bell}`,
  `${CHARACTERS.csi}31m`,
  `gpj${CHARACTERS.override}exe.evil`,
  `${CHARACTERS.isolate}${CHARACTERS.bom}`,
  '\uD800',
  '\uDC00x',
  'soft\u00ADhyphen\u{E0041}',
  `\u05D0${CHARACTERS.override}\u05D1`,
  '__proto__',
  '&lt;b&gt;',
  '\0',
];

const name = fc
  .oneof(
    fc.constantFrom(...NAMES),
    fc.string({ unit: CHARACTER, maxLength: 30 }),
    fc.tuple(fc.constantFrom(...NAMES), fc.string({ maxLength: 5 })).map(parts => parts.join('')),
  )
  .map(text => text.replace(/[\r\n\u2028\u2029]/g, ''));

/** Dumps in several formats with the same names in all places that somebody may fill. */
const dumpText = fc
  .array(fc.record({ program: name, host: name }), { minLength: 1, maxLength: 4 })
  .map(rows =>
    [
      'Proto Recv-Q Send-Q Local Address Foreign Address State User PID/Program name Timer',
      ...rows.map(
        ({ program, host }) =>
          `tcp 28 0 192.0.2.1:9443 ${host}:443 CLOSE_WAIT ${host} 4321/${program} off (0.00/0/0)`,
      ),
      ...rows.map(
        ({ program }) => `tcp 28 0 192.0.2.1:9443 192.0.2.7:51044 CLOSE_WAIT 0 4321/${program}`,
      ),
      'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      ...rows.map(
        ({ program, host }) =>
          `CLOSE-WAIT 1 0 192.0.2.1%${host}:22 192.0.2.9:50000 users:(("${program}",pid=7,fd=3))`,
      ),
      'COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME',
      ...rows.map(
        ({ program, host }) =>
          `${program} 99 ${host} 7u IPv4 0x1 0t0 TCP 192.0.2.1:80->${host}:5000 (CLOSE_WAIT)`,
      ),
      `==> ${rows[0]?.host ?? ''} <==`,
      `${rows[0]?.host ?? ''}$ netstat -tnap`,
    ].join('\n'),
  );

/** Characters that act on a terminal, or hide or turn round what follows. */
function acting(text: string): string[] {
  return text.replaceAll('\n', '').match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];
}

/** Markdown without escaped characters, code and fences: all that is left is ours. */
function active(text: string): string {
  return text
    .replace(/^(`{3,})\n[^]*?\n\1$/gm, '')
    .replace(/\\[!-/:-@[-`{-~]/g, '')
    .replace(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
}

/** Addresses that a ticket may link. */
const KNOWN = new Set(Object.values(sources).map(({ url }) => url));

/** Checks that a ticket holds only what reports are made of, and no mention. */
function assertOurs(rendered: string): void {
  for (const token of markdownTokens(rendered)) {
    const { type, content } = token;
    if (type === 'html_block') {
      assert.match(content, /^(?:<details><summary>[^<>]*<\/summary>|<\/details>)\n$/, rendered);
    } else if (type === 'html_inline') {
      assert.equal(content, '<!-- -->', rendered);
    } else if (type === 'link_open') {
      assert.ok(KNOWN.has(token.attrGet('href') ?? ''), rendered);
    } else if (type.startsWith('text')) {
      assert.doesNotMatch(content, /(?<!\w)@\w|@[\w-]+\.|#\d/, rendered);
    } else {
      assert.match(
        type,
        /^(?:inline|fence|code_inline|(?:heading|paragraph|strong|link|bullet_list|list_item|table|t[hdr]|thead|tbody)_(?:open|close))$/,
        rendered,
      );
    }
  }
}

/** Cells of comma-separated values after RFC 4180. */
function cells(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.split('\r\n')) {
    if (line !== '') {
      const found = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)];
      rows.push(found.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''));
    }
  }
  return rows;
}

/** Analyses by their texts: with equal runs, each test is of the same ones. */
const known = new Map<string, Analysis>();
const MOST_KNOWN = 1000;

function forEachDump(check: (analysis: Analysis, text: string) => void): void {
  fc.assert(
    fc.property(dumpText, text => {
      const analysis = known.get(text) ?? analyze(readDump(text));
      if (known.size < MOST_KNOWN) known.set(text, analysis);
      check(analysis, text);
    }),
    RUNS,
  );
}

describe('hostile names', () => {
  // What a workspace calls addresses is as hostile as what a dump calls programs.
  const nameOf = namesFrom({
    '192.0.2.7': NAMES.join(''),
    '192.0.2.0/24': `\r\n\n# ${[...NAMES].reverse().join(' ')}`,
    ...Object.fromEntries(NAMES.map(host => [host, `named\n${host}`])),
  });
  const localizer = new Localizer(undefined, nameOf);

  it('stay text in hovers', () => {
    forEachDump(({ dump }, text) => {
      const lines = text.split('\n');
      for (const [number, line] of lines.entries()) {
        let shown: { readonly start: number; readonly end: number } | undefined;
        for (let at = 0; at < line.length; at += 7) {
          const found = explainAt(dump, number, at, n => lines[n] ?? '', localizer);
          if (found === null || (found.start === shown?.start && found.end === shown.end)) continue;
          shown = found;
          const rendered = active(
            markdown(found.explanation, {
              detail: 'full',
              localizer,
              target: link => `command:ours.${link.kind}`,
              picture: () => null,
            }),
          );
          for (const [tag] of rendered.matchAll(/<[^<>]*>?/g)) {
            assert.match(tag, /^<\/?(?:code|details|strong|summary)>$/, rendered);
          }
          for (const [, target] of rendered.matchAll(/\]\(([^)]*)\)?/g)) {
            assert.match(target ?? '', /^(?:command:ours\.\w+|https:\/\/[^\s()]+)$/, rendered);
          }
          assert.deepEqual(acting(rendered), [], rendered);
          assert.deepEqual(acting(plainText(found.explanation, 'full', localizer)), []);
        }
      }
    });
  });

  it('stay text in tickets', () => {
    forEachDump((analysis, text) => {
      const lines = text.split('\n');
      const reports = [
        report('a<b>.txt', analysis, localizer),
        ticket('[a](b).txt', analysis, localizer, ALL),
        unreadReport(analysis.dump, n => lines[n] ?? '', new Redactor(), { 'Netstat Lens': '0' }),
      ];
      for (const rendered of reports.map(renderMarkdown)) {
        assert.deepEqual(acting(rendered), []);
        assertOurs(rendered);
      }
    });
  });

  it('do not act on a terminal', () => {
    forEachDump(analysis => {
      const rendered = renderTerminal(report('-', analysis, localizer), {
        colour: false,
        width: 100,
      });
      assert.deepEqual(acting(rendered), []);
    });
  });

  it('are no formulas and make no cells in spreadsheets', () => {
    forEachDump(analysis => {
      const text = [...csvReport([{ source: '=1', analysis }])].join('');
      assert.deepEqual(acting(text.replaceAll('\r\n', '')), []);
      const [head, ...rows] = cells(text);
      const { dump } = analysis;
      const again = dump.snapshots.reduce((sum, { repeats }) => sum + repeats.size, 0);
      assert.equal(rows.length, dump.table.length - again);
      for (const row of rows) {
        assert.equal(row.length, head?.length);
        for (const cell of row) {
          assert.doesNotMatch(cell, /^\s*[=+@]|^\s*-(?!$|\d)/);
        }
      }
    });
  });

  it('come back from JSON, and reach panel and models as they are', () => {
    forEachDump(analysis => {
      const { dump } = analysis;
      const text = [...jsonReport([{ source: '-', analysis }])].join('');
      assert.deepEqual(acting(text), []);
      assert.deepEqual(acting([...ndjsonReport([{ source: '-', dump }])].join('')), []);
      const json = JSON.parse(text) as {
        dumps: { snapshots: { sockets: { owners: unknown }[] }[] }[];
      };
      const sockets = json.dumps.flatMap(one => one.snapshots.flatMap(({ sockets: all }) => all));
      assert.equal(sockets.length, dump.table.length);
      assert.deepEqual(
        sockets.map(({ owners }) => owners),
        sockets.map((_, row) => dump.table.socket(row).owners),
      );
      const model = panelModel({ title: '', analysis, snapshot: null, nameOf, localizer });
      const sent: unknown = JSON.parse(JSON.stringify({ type: 'model', revision: 0, model }));
      assert.ok(model === undefined || 'message' in checkHostMessage(sent));
      JSON.stringify([summaryForModel('', analysis), findingsForModel('', analysis, 'info')]);
    });
  });

  it('do not keep a dump from being redacted', () => {
    forEachDump(({ dump, findings }, text) => {
      const redactor = new Redactor();
      const copy = redactor.dump(dump);
      assert.equal(analyze(copy).findings.length, findings.length);
      for (const [number, line] of text.split('\n').entries()) {
        assert.doesNotMatch(redactor.line(dump, number, line), /(?<![\d.])192\.0\.2\.7(?![\d.])/);
      }
    });
  });
});
