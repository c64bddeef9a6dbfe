import { strict as assert } from 'node:assert';
import fc from 'fast-check';

import { explainAt } from '../../../src/core/explain/explain';
import { plain } from '../../../src/core/wording/text';
import { escapeMarkdown } from '../../../src/core/wording/markdown';
import { markdown, type MarkdownOptions } from '../../../src/extension/host/markdown';
import { readDump } from '../../../src/core/reading/reader';
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
      fc.property(fc.string({ unit: 'binary' }), any => {
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
        text.includes('<summary>Causes and fixes</summary>'),
        text.includes('<strong>Causes and fixes</strong>'),
        text.includes('![Segments \\[so\\] far]'),
      ];
    });
    assert.deepEqual(lengths, [
      [false, false, false, false],
      [true, true, false, true],
      [true, false, true, true],
    ]);
  });
});
