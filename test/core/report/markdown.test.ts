import assert from 'node:assert/strict';
import fc from 'fast-check';

import { analyze } from '../../../src/core/analysis/analyze';
import { readDump } from '../../../src/core/reading/reader';
import { type Block, literal } from '../../../src/core/report/blocks';
import { sourcesOfFinding } from '../../../src/core/report/findingParts';
import { ALL } from '../../../src/core/report/limits';
import { renderMarkdown } from '../../../src/core/report/markdown';
import { ticket } from '../../../src/core/report/ticket';
import { escapeReadably } from '../../../src/core/wording/markdown';
import { sources } from '../../../src/core/wording/sources';
import { Localizer } from '../../../src/core/wording/text';
import { visible } from '../../../src/core/wording/visible';
import { markdownTokens, markupOf, shownBy } from '../../harness/markdown';
import { sampleText } from '../rows';
import { CHARACTER, RUNS } from '../runs';

/** Where a ticket has characters of a dump: what it is there, and what else is shown beside it. */
const PLACES: Readonly<
  Record<
    string,
    {
      readonly block: (text: string) => Block;
      markup: readonly string[];
      around?: [string, string];
    }
  >
> = {
  paragraph: {
    block: text => ({ kind: 'paragraph', parts: [literal(text)] }),
    markup: ['paragraph_open'],
  },
  heading: {
    block: text => ({ kind: 'heading', level: 2, parts: [literal(text)] }),
    markup: ['heading_open'],
  },
  finding: {
    block: text => ({
      kind: 'finding',
      severity: 'error',
      badge: 'ERROR',
      parts: [literal(text)],
      note: 'CW-1',
    }),
    markup: ['heading_open'],
    around: ['\u274c ERROR: ', ''],
  },
  brief: {
    block: text => ({
      kind: 'brief',
      severity: 'error',
      badge: 'ERROR',
      parts: [literal(text)],
      note: 'CW-1',
    }),
    markup: ['bullet_list_open', 'list_item_open', 'paragraph_open'],
    around: ['\u274c ERROR: ', ' (CW-1)'],
  },
  task: {
    block: text => ({ kind: 'task', parts: [literal(text)], command: null }),
    markup: ['bullet_list_open', 'list_item_open', 'paragraph_open'],
    around: ['[ ] ', ''],
  },
  item: {
    block: text => ({ kind: 'list', items: [[literal(text)]] }),
    markup: ['bullet_list_open', 'list_item_open', 'paragraph_open'],
  },
  field: {
    block: text => ({
      kind: 'field',
      label: 'Proof',
      items: [{ kind: 'paragraph', parts: [literal(text)] }],
    }),
    markup: ['paragraph_open', 'strong_open'],
    around: ['Proof: ', ''],
  },
  cell: {
    block: text => ({
      kind: 'table',
      columns: [{ title: '', align: 'left' }],
      rows: [[text]],
    }),
    markup: ['table_open', 'tbody_open', 'td_open', 'th_open', 'thead_open', 'tr_open'],
  },
  'text beside code': {
    block: text => ({
      kind: 'paragraph',
      parts: [literal('x', 'code'), literal(text), literal('y', 'code')],
    }),
    markup: ['code_inline', 'paragraph_open'],
    around: ['x', 'y'],
  },
  'text beside bold text': {
    block: text => ({
      kind: 'paragraph',
      parts: [
        literal('x ', 'plain'),
        literal('b', 'strong'),
        literal(` ${text} `),
        literal('b', 'strong'),
      ],
    }),
    markup: ['paragraph_open', 'strong_open'],
    around: ['x b ', ' b'],
  },
  code: {
    block: text => ({ kind: 'paragraph', parts: [literal('x '), literal(text, 'code')] }),
    markup: ['code_inline', 'paragraph_open'],
    around: ['x ', ''],
  },
};

const PIECES = [
  ...Array.from('\\`*_{}[]()<>#+-.!|~$&@:/=;1a é\u00a0'),
  ' ',
  'a',
  'b',
  '1',
  '_',
  '*',
  '**',
  '__',
  '\\',
  '](x)',
  '[a]: /u',
  '![',
  '[^1]',
  '<b>',
  '</details>',
  '<!-- ',
  '<?x',
  '&lt;',
  '&#35;',
  '&#x40;',
  'http://a.example/',
  'https:',
  'www.a.example',
  'mailto:',
  'a@b.example',
  '@name',
  '#12',
  'GH-1',
  '---',
  '- - -',
  '===',
  '    ',
  '```',
  '~~~',
  '1. ',
  '2) ',
  '- ',
  '+ ',
  '> ',
  '# ',
  ' #',
  '- [x] ',
  '\n',
  '\u202e',
  '\u6f22',
];

/** Each is something else where nothing is escaped. */
const HOSTILE = [
  '*a* b',
  'a*b*',
  '**a**',
  '_a_ b',
  '__a__ b',
  '_b',
  'a _b c_',
  '~a~',
  '~~a~~',
  '$a$',
  '[a]: /u',
  '[x] a',
  '***',
  '* * *',
  '___',
  '---',
  '- - -',
  '+ +',
  '-',
  '#',
  '## a ##',
  '```a',
  '~~~a',
  '1)',
  'a\\',
];

const piece = fc.constantFrom(...PIECES);
const anyText = fc
  .oneof(
    fc.array(piece, { maxLength: 12 }).map(parts => parts.join('')),
    // What opens and closes in one text.
    fc
      .array(piece, { minLength: 1, maxLength: 2 })
      .chain(few => fc.array(fc.constantFrom('a', ' ', '.', ...few), { maxLength: 9 }))
      .map(parts => parts.join('')),
    fc.string({ maxLength: 30 }),
    fc.string({ unit: CHARACTER, maxLength: 20 }),
  )
  // What would be nothing is no part of a report.
  .filter(text => visible(text).trim() !== '');

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('Markdown of tickets', () => {
  for (const [place, { block, markup, around = ['', ''] }] of Object.entries(PLACES)) {
    it(`shows any characters of a dump as they are, and as nothing else: ${place}`, () => {
      fc.assert(
        fc.property(anyText, text => {
          const rendered = renderMarkdown([
            { kind: 'paragraph', parts: [literal('Before.')] },
            block(text),
            { kind: 'paragraph', parts: [literal('After.')] },
          ]);
          const shown = shownBy(rendered);
          assert.equal(
            squeezed(shown.slice(1, -1).join(' ')),
            squeezed(`${around[0]}${visible(text)}${around[1]}`),
            rendered,
          );
          assert.deepEqual(
            markupOf(rendered),
            [...new Set([...markup, 'paragraph_open'])].sort(),
            rendered,
          );
          assert.deepEqual([shown[0], shown.at(-1)], ['Before.', 'After.']);
        }),
        { ...RUNS, examples: HOSTILE.map(text => [text]) },
      );
    });
  }

  it('gives a forge no one to mention and nothing to refer to, wherever an escape would not help', () => {
    fc.assert(
      fc.property(anyText, text => {
        const rendered = renderMarkdown([{ kind: 'paragraph', parts: [literal(text)] }]);
        // Forges look for them in what was rendered.
        for (const { type, content } of markdownTokens(rendered)) {
          if (type.startsWith('text')) {
            assert.doesNotMatch(content, /(?<!\w)@\w|@[\w-]+\.|#\d|\bgh-\d/i, rendered);
          }
        }
      }),
      RUNS,
    );
  });

  const READABLE = [
    '192.0.2.7:443 (api-gateway, PID 4321), 40 % of 1,000 - or more.',
    'FIN_WAIT_2 and nf_conntrack_max: net.ipv4.tcp_fin_timeout = 60!',
    'sshd (812) on [::1]:22, [fe80::1%eth0]:22 -> [2001:db8::7]:50000',
    'getty@tty1, C:\\Windows\\System32, R&D, a < b > c, {x}, a|b, 50 + 2 = 52',
    '10.5 s, x#y',
    '-2 of 7',
    '+5',
  ];
  for (const text of READABLE) {
    it(`leaves what means nothing at its place: ${text}`, () => {
      assert.equal(escapeReadably(text, 'start'), text);
    });
  }

  const ESCAPED: readonly [text: string, escaped: string][] = [
    ['# x #', '\\# x \\#'],
    ['> x', '\\> x'],
    ['- x', '\\- x'],
    ['---', '\\---'],
    ['12. x', '12\\. x'],
    ['3) x', '3\\) x'],
    ['    x', 'x'],
    ['[::1]:8080', '\\[::1]:8080'],
    ['0.0.0.0:*', '0.0.0.0:\\*'],
    ['_x_ a_b', '\\_x\\_ a_b'],
    ['![x](https://x.example/)', '![x\\](https\\://x.example/)'],
    ['see www.x.example', 'see www\\.x.example'],
    ['<img src=x> &lt;', '\\<img src=x> \\&lt;'],
    ['by @name, a@b.example, #12', 'by @<!-- -->name, a@<!-- -->b.example, #<!-- -->12'],
    ['C:\\_x\\', 'C:\\\\\\_x\\\\'],
  ];
  for (const [text, escaped] of ESCAPED) {
    it(`escapes what would mean something: ${text}`, () => {
      assert.equal(escapeReadably(text, 'start'), escaped);
    });
  }

  it('escapes in the middle of a line nothing that only begins one', () => {
    assert.equal(escapeReadably('> x'), '> x');
    assert.equal(escapeReadably('1. x'), '1. x');
    assert.equal(escapeReadably('a|b', 'cell'), 'a\\|b');
  });

  it('shows a command with a pipe as it is typed', () => {
    const parts = [literal('Run '), literal('ss -t | grep x', 'code'), literal('.')];
    assert.equal(renderMarkdown([{ kind: 'paragraph', parts }]), 'Run `ss -t | grep x`.\n');
  });

  it('links where its statements come from, in one paragraph', () => {
    const analysis = analyze(readDump(sampleText('linux-netstat-close-wait.netstat')));
    const rendered = renderMarkdown(ticket('a.txt', analysis, new Localizer(), ALL));
    const [finding] = analysis.findings;
    const known = sourcesOfFinding(finding!).map(id => sources[id]);
    assert.ok(known.some(({ url }) => url === undefined) && known.length > 4);
    const written = known.map(({ title, url }) =>
      url === undefined ? title : `[${escapeReadably(title)}](${url})`,
    );
    assert.ok(rendered.includes(`\n\n**Source:** ${written.join(' \u00b7 ')}\n\n`), rendered);
    assert.match(
      rendered,
      /\[RFC 9293 §3\.6\]\(https:\/\/www\.rfc-editor\.org\/rfc\/rfc9293#section-3\.6\)/,
    );
    assert.doesNotMatch(rendered.replace(/\]\([^()]*\)/g, ''), /https\\?:/);
  });

  it('links every source by its title', () => {
    for (const source of Object.values(sources)) {
      const documents: Block = {
        kind: 'field',
        label: 'Source',
        items: [{ kind: 'documents', documents: [source] }],
      };
      const rendered = renderMarkdown([documents]);
      const urls = markdownTokens(rendered).flatMap(token => token.attrGet('href') ?? []);
      assert.deepEqual(urls, source.url === undefined ? [] : [source.url]);
      assert.deepEqual(shownBy(rendered), [`Source: ${source.title}`]);
    }
  });

  it('says what is folded as HTML, in which no escape is read', () => {
    const rendered = renderMarkdown([{ kind: 'details', summary: 'peut-être < *', blocks: [] }]);
    assert.match(rendered, /<summary>peut-être &lt; \*<\/summary>/);
  });
});
