import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

import { explainAt } from '../../../src/core/explain/explain';
import { Localizer, plain, quote } from '../../../src/core/wording/text';
import { escapeMarkdown } from '../../../src/core/wording/markdown';
import { markdown, type MarkdownOptions } from '../../../src/extension/host/markdown';
import { readDump } from '../../../src/core/reading/reader';
import { projectFolder } from '../../harness/paths';
import { sampleText } from '../rows';
import { CHARACTER } from '../runs';
import { linesOf } from '../spans';
import { NETSTAT_HEADER, said, stateOf, localizer } from './rows';

const options: MarkdownOptions = {
  detail: 'normal',
  localizer,
  target: link => (link.kind === 'analyze' ? 'command:analyze' : null),
  picture: () => ({ url: 'data:image/svg+xml;base64,AAAA', alt: 'Segments [so] far' }),
};

/** What Markdown shows of escaped characters: no construct can begin without punctuation. */
function shown(escaped: string): string {
  assert.doesNotMatch(escaped.replace(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
  assert.doesNotMatch(escaped, /[\n\r\t]/);
  return escaped.replace(/\\(.)/gs, '$1').replaceAll('\u00A0', ' ');
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '<a\u00A0href=command:evil>x',
  '[click](command:workbench.action.quit)',
  '![x](https://example.org/track.png)',
  'https://example.org/',
  'www.example.org',
  'someone@example.org',
  '**bold** `code` ~~gone~~ $(gear)',
  '&lt;b&gt;',
  '</details></code></strong>',
  '1. # - > + | x',
  'back\\slash \\*',
];

describe('Markdown of hovers', () => {
  for (const name of HOSTILE) {
    it(`shows ${JSON.stringify(name)} as it is`, () => {
      assert.equal(shown(escapeMarkdown(name)), name.replaceAll('\u00A0', ' '));
    });
  }

  it('shows any characters as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: CHARACTER }), any => {
        // Those are shown by their numbers.
        const text = any.replace(/[\p{Cf}\p{Cs}]/gu, '');
        const visible = shown(escapeMarkdown(text));
        assert.equal(visible.replace(/ /g, ''), text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u00A0 ]/gu, ''));
      }),
    );
  });

  it('shows what turns round or hides the rest by its number', () => {
    assert.equal(shown(escapeMarkdown('gpj\u202Eexe')), 'gpj<U+202E>exe');
  });

  it('escapes what a row is full of', () => {
    const evil = '[x](command:evil)<img/src=x>';
    const text = `${NETSTAT_HEADER}tcp 28 0 192.0.2.1:8080 192.0.2.7:51044 CLOSE_WAIT 0 7 812/${evil} off (0.00/0/0)`;
    const rendered = markdown(stateOf(text), options);
    assert.ok(rendered.includes(escapeMarkdown(evil)));
    assert.ok(!rendered.includes('](command:evil'));
    assert.doesNotMatch(rendered, /(?<!\\)<img/);
    assert.match(said(stateOf(text)), /\[x\]\(command:evil\)<img\/src=x> \(812\)/);
  });

  it('explains hostile tokens without giving them a meaning', () => {
    const text = `${NETSTAT_HEADER}tcp 0 0 <b>evil</b>:8080 0.0.0.0:* <script> 0 7 812/x`;
    const dump = readDump(text);
    const lines = text.split('\n');
    for (let character = 0; character < (lines.at(-1) ?? '').length; character++) {
      const found = explainAt(dump, 2, character, n => lines[n] ?? '', localizer);
      if (found !== null) {
        assert.doesNotMatch(markdown(found.explanation, options), /<script|<b>/);
        assert.notEqual(plain(found.explanation.title), '');
      }
    }
  });

  it('folds details in a normal hover, unfolds them in a full one, leaves them out of a short one', () => {
    const explanation = stateOf(
      `${NETSTAT_HEADER}tcp 1 0 192.0.2.1:8080 192.0.2.7:51044 CLOSE_WAIT 0 7 812/x off (0.00/0/0)`,
    );
    const lengths = (['short', 'normal', 'full'] as const).map(detail => {
      const text = markdown(explanation, { ...options, detail });
      return [
        text.includes('Recv\\-Q 1'),
        text.includes('<summary>How to fix it</summary>'),
        text.includes('<strong>How to fix it</strong>'),
        text.includes('![Segments \\[so\\] far]'),
      ];
    });
    assert.deepEqual(lengths, [
      [false, false, false, false],
      [true, true, false, true],
      [true, false, true, true],
    ]);
  });

  describe('of a state', () => {
    const finding: MarkdownOptions['finding'] = {
      title: quote('api (812) [leaks] connections'),
      show: 'command:show',
      check: { command: "ss -t | grep 'pid=812,'", copy: 'command:copy' },
      search: null,
    };
    // Unread data, a timer, both ends in the dump, and a second process.
    const busy =
      `${NETSTAT_HEADER}tcp 0 9000 192.0.2.1:40000 192.0.2.1:8080 ESTABLISHED 0 7 90/client probe (40.00/0/0)\n` +
      `tcp 9000 0 192.0.2.1:8080 192.0.2.1:40000 ESTABLISHED 0 8 812/api keepalive (60.00/0/0)`;

    /** The blocks of a hover above the line, and below it. */
    function halves(text: string): [above: string[], below: string[]] {
      const [above = '', below = '', more] = text.split('\n\n---\n\n');
      assert.equal(more, undefined);
      return [above.split('\n\n'), below.split(/\n\n(?=<details>|<strong>)/)];
    }

    it('has who acted, who is waited for, two bullets, the finding, its check, and links', () => {
      const explanation = stateOf(
        `${NETSTAT_HEADER}tcp 538 0 192.0.2.1:8080 192.0.2.7:51044 CLOSE_WAIT 0 7 812/api off (0.00/0/0)`,
      );
      const [above] = halves(markdown(explanation, { ...options, finding }));
      const readable = above.map(block => block.replaceAll('\\', ''));
      assert.equal(
        readable[0],
        '<strong>CLOSE_WAIT</strong>: 192.0.2.7:51044 closed this connection; <strong>api (812) has not.</strong>',
      );
      assert.match(readable[1]!, /^Waiting for api \(812\) .* It never times out\.$/);
      assert.match(readable[2]!, /^- Recv-Q 538: [^\n]*$/);
      assert.equal(readable[3], 'Part of: [api (812) [leaks] connections](command:show)');
      assert.equal(readable[4], "Check: <code>ss -t | grep 'pid=812,'</code> [Copy](command:copy)");
      assert.equal(readable[5], '[Analyze](command:analyze)');
      assert.equal(readable.length, 6);
      // The title is of the dump, and begins no link of its own.
      assert.ok(above[3]!.includes(String.raw`\[leaks\]`));
    });

    it('leads from its finding to the search of the workspace', () => {
      const explanation = stateOf(busy);
      const found = { ...finding, search: 'command:find' };
      const [above] = halves(markdown(explanation, { ...options, finding: found }));
      assert.ok(
        above.some(block => block.endsWith('(command:show) · [Find in Workspace](command:find)')),
      );
    });

    it('has a space before its colons where the language has one', () => {
      const french = new Localizer(english => (english === ': ' ? '\u00A0: ' : english));
      const places = [{ text: 'compose.yml:12', url: 'file:///compose.yml' }];
      const text = markdown(stateOf(busy), { ...options, localizer: french, finding, places });
      for (const start of ['ESTABLISHED', 'In this workspace', 'Part of', 'Check']) {
        assert.match(text, new RegExp(`^(?:<\\w+>)?${start}[^:]*\u00A0: `, 'm'));
      }
    });

    it('leads to the files of the workspace, whose names are no markup', () => {
      const places = [{ text: 'a](x)/compose.yml:12', url: 'file:///compose.yml#L12' }];
      const [above] = halves(markdown(stateOf(busy), { ...options, places }));
      const block = above.find(one => one.startsWith('In this workspace: ')) ?? '';
      assert.ok(block.includes(String.raw`[a\]\(x\)`), block);
      assert.ok(block.endsWith('](file:///compose.yml#L12)'), block);
      assert.doesNotMatch(markdown(stateOf(busy), options), /In this workspace/);
    });

    it('shows of a row its queue, then its timer, and folds the rest into what happened', () => {
      const explanation = stateOf(busy);
      const order = explanation.evidence.map(({ id }) => id);
      assert.match(order[0]!, /^Recv-Q \{queue\}/);
      assert.match(order[1]!, /^The other end is waiting/);
      assert.match(order[2]!, /^Keepalive is on/);
      assert.match(order[3]!, /^The other end is \{place\}/);
      const [above, [happened = '']] = halves(markdown(explanation, options));
      assert.equal(above.find(block => block.startsWith('- '))?.split('\n').length, 2);
      assert.match(
        happened,
        /^<details><summary>What happened<\/summary>\n\n!\[[^\n]*\n\n- Keepalive[^]*\n- The other end is/,
      );
    });

    it('folds in the order in which it is wanted', () => {
      const explanation = stateOf(
        `${NETSTAT_HEADER}tcp 0 0 192.0.2.1:8080 192.0.2.7:51044 TIME_WAIT 0 0 - timewait (40.00/0/0)`,
      );
      for (const detail of ['normal', 'full'] as const) {
        const [, below] = halves(markdown(explanation, { ...options, detail }));
        assert.deepEqual(
          below
            .map(block => block.replaceAll('\\', ''))
            .map(block => /^<(?:details><summary|strong)>([^<]*)</.exec(block)?.[1]),
          [
            'What happened',
            'Is this normal?',
            'How to fix it',
            'Common misconceptions',
            'Timeouts by system',
            'Other spellings and codes',
            'Sources',
          ],
        );
        assert.match(below[0]!, /!\[Segments/);
        assert.match(below[1]!, /What it costs/);
      }
    });

    it('names the sources of what is in sight, and all where nothing is folded', () => {
      const explanation = stateOf(busy);
      const count = (detail: 'normal' | 'full'): number => {
        const text = markdown(explanation, { ...options, detail });
        return text.slice(text.indexOf('<summary>Sources')).split(' · ').length;
      };
      assert.equal(count('full'), explanation.sources.length);
      assert.ok(count('normal') < 10, `${count('normal')} sources`);
    });

    it('is nothing but two lines and links where a short one is wanted', () => {
      const text = markdown(stateOf(busy), { ...options, finding, detail: 'short' });
      assert.equal(text.split('\n\n').length, 3);
      assert.doesNotMatch(text, /---|Part of|^- /m);
    });

    it('has seven lines at most before its folds, in every sample', () => {
      for (const name of readdirSync(path.join(projectFolder, 'samples'))) {
        const text = name.endsWith('.netstat') ? sampleText(name) : '';
        const dump = readDump(text);
        const lines = linesOf(text);
        for (let row = 0; row < dump.table.length; row++) {
          const { line, rawState, state } = dump.table.socket(row);
          const at = rawState === null ? -1 : (lines[line] ?? '').indexOf(rawState);
          const found = at < 0 ? null : explainAt(dump, line, at, n => lines[n] ?? '', localizer);
          if (state === null || found?.explanation.facts?.state !== state) {
            continue;
          }
          assert.equal(found.row, row, `${name}, line ${line + 1}`);
          const rendered = markdown(found.explanation, { ...options, finding });
          const above = rendered.split('\n\n---\n\n')[0]!.split(/\n+/);
          assert.ok(above.length <= 7, `${name}, line ${line + 1}:\n${above.join('\n')}`);
        }
      }
    });
  });
});
