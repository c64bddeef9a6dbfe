import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IGrammar } from 'vscode-textmate';
import { createRegistry, tokenize } from './tokenizer';

/** What the injection needs of a Markdown grammar: its name, and quotes that take `> `. */
const MARKDOWN = {
  scopeName: 'text.html.markdown',
  patterns: [{ include: '#block' }],
  repository: {
    block: { patterns: [{ include: '#quote' }, { include: '#fence' }, { include: '#text' }] },
    quote: {
      begin: '(^|\\G)[ ]{0,3}(>) ?',
      while: '(^|\\G)\\s*(>) ?',
      name: 'markup.quote.markdown',
      patterns: [{ include: '#block' }],
    },
    fence: {
      begin: '(^|\\G)(\\s*)(`{3,})\\s*(?=([^`]*)?$)',
      end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
      name: 'markup.fenced_code.block.markdown',
    },
    text: { match: '(^|\\G)\\S.*', name: 'meta.paragraph.markdown' },
  },
};

const ROW = 'tcp        5      0 192.0.2.10:443          203.0.113.9:4022        CLOSE_WAIT';

describe('grammar: fenced blocks in Markdown', () => {
  let grammar: IGrammar;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-grammar-'));
    const file = path.join(folder, 'markdown.json');
    writeFileSync(file, JSON.stringify(MARKDOWN));
    const registry = await createRegistry({ 'text.html.markdown': file });
    grammar = (await registry.loadGrammar('text.html.markdown'))!;
  });

  after(() => rmSync(folder, { recursive: true }));

  function scopesOf(lines: readonly string[], line: number, text: string): readonly string[] {
    const found = tokenize(grammar, lines)[line]!;
    return found.tokens.find(token => token.text === text)?.scopes ?? [];
  }

  for (const tag of ['netstat', 'ss', 'SS', 'netstat title="x"', 'netstat {#id}']) {
    it(`colours a block tagged ${tag}`, () => {
      const lines = ['before', `\`\`\`${tag}`, ROW, '```', ROW];
      const scopes = scopesOf(lines, 2, 'CLOSE_WAIT');
      assert.ok(scopes.includes('meta.embedded.block.netstat'), scopes.join(' '));
      assert.ok(scopes.includes('invalid.state.suspicious.netstat'), scopes.join(' '));
      assert.equal(
        scopesOf(lines, 1, tag.split(' ')[0]!).at(-1),
        'fenced_code.block.language.markdown',
      );
      assert.ok(scopesOf(lines, 4, ROW).includes('meta.paragraph.markdown'), 'ends with the block');
    });
  }

  it('colours a block fenced with tildes and one inside a quote', () => {
    assert.ok(
      scopesOf(['~~~ ss', ROW, '~~~'], 1, 'CLOSE_WAIT').includes(
        'invalid.state.suspicious.netstat',
      ),
    );
    const quoted = ['> ```netstat', `> ${ROW}`, '> ```'];
    assert.ok(
      scopesOf(quoted, 1, 'CLOSE_WAIT').includes('invalid.state.suspicious.netstat'),
      scopesOf(quoted, 1, 'CLOSE_WAIT').join(' '),
    );
  });

  it('leaves other blocks alone', () => {
    for (const tag of ['', 'sh', 'ssh', 'netstats', 'css']) {
      const scopes = tokenize(grammar, [`\`\`\`${tag}`, ROW, '```'])[1]!.tokens.flatMap(
        t => t.scopes,
      );
      assert.ok(!scopes.includes('meta.embedded.block.netstat'), tag);
    }
  });
});
