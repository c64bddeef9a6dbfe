/*
 * Whoever names a program or a user chooses what stands in a dump, and whoever sends a workspace
 * chooses its settings. In a real window, where VS Code draws Markdown, HTML, links and icons of
 * what extensions say, all of that must stay text.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

import type { Locator } from 'playwright-core';

import { RULE_IDS } from '../../src/core/analysis/ruleTable';
import { codeSearch, type CodeTopic } from '../../src/core/knowledge/codeSearch';
import { sources } from '../../src/core/wording/sources';
import { TCP_STATES } from '../../src/core/vocabulary/state';
import { openVSCode, type VSCodeWindow } from '../harness/ui';

/** Without blanks, so that each is one word of a dump wherever it stands. */
const VALUES = [
  '<img/src=x/onerror=alert(1)><a/href="command:workbench.action.quit">x</a><style>*{}</style>',
  '![x](https://example.org/x.png)[quit](command:workbench.action.quit)$(flame)https://example.org',
  '`$(flame)`|a|b|&lt;i&gt;</code></details>**b**<script>alert(1)</script>www.example.org',
] as const;

/** Names of addresses may have what no line of a dump holds. */
const NAMES = VALUES.map(value => `${value}\n\n# x\u202Ey`);

/** What people see of such a name. */
const shownName = (value: string): string => `${value} # x<U+202E>y`;

/** A leak of each value: the first rows are of addresses with names. */
const ROWS = [1, 2, 3, 4, 5, 6].flatMap(n =>
  VALUES.map(
    (value, i) =>
      `tcp 28 0 192.0.2.1:9443 198.51.100.${i + 1}:${5000 + n} CLOSE_WAIT ${value} 99 ${40 + i}/${value}\n`,
  ),
);
const DUMP = `Proto Recv-Q Send-Q Local Address Foreign Address State User Inode PID/Program name\n${ROWS.join('')}`;

/** Commands that a hover may call. */
const COMMAND =
  /^command:netstatLens\.(?:revealLines|showAlike|analyze|showFinding|showStateDiagram|copyExplanation|copyCheck)\?(.*)$/;
const TOPICS: readonly CodeTopic[] = ['open', 'accept', 'timeout'];
const SOURCES = new Set(Object.values(sources).map(({ url }) => url));

/** Addresses that the links of a hover lead to. */
async function targets(hover: Locator): Promise<string[]> {
  return hover
    .locator('.rendered-markdown')
    .locator('a')
    .evaluateAll(links => links.map(link => link.getAttribute('data-href') ?? 'none'));
}

/** VS Code's search with what is looked for in any code, and no word of the dump. */
function isSearch(target: string): boolean {
  const [, encoded] = /^command:workbench\.action\.findInFiles\?(.*)$/.exec(target) ?? [];
  if (encoded === undefined) {
    return false;
  }
  const asked = JSON.parse(decodeURIComponent(encoded)) as unknown[];
  const options = { isRegex: true, isCaseSensitive: true, triggerSearch: true };
  return TOPICS.some(topic =>
    isDeepStrictEqual(asked, [{ ...codeSearch(topic, null), ...options }]),
  );
}

/**
 * Whether a link calls a command of ours with nothing but places, states and rules, searches for
 * code, or is a source.
 */
function isOurs(target: string): boolean {
  const [, encoded] = COMMAND.exec(target) ?? [];
  if (encoded === undefined) {
    return SOURCES.has(target) || isSearch(target);
  }
  const [uri, ...others] = JSON.parse(decodeURIComponent(encoded)) as unknown[];
  const isRule = (one: unknown): boolean => Object.keys(RULE_IDS).some(code => code === one);
  return (
    /^[\w.+-]+:[^\s<>"[\]()]*\/server\.netstat$/.test(String(uri)) &&
    others
      .flat()
      .every(
        one => typeof one === 'number' || isRule(one) || TCP_STATES.some(state => state === one),
      )
  );
}

/** Elements that a value of ours would have made. */
async function made(part: Locator): Promise<string[]> {
  return part.evaluate(root =>
    [...root.querySelectorAll('*')]
      .filter(
        element =>
          (element.tagName === 'IMG' &&
            element.getAttribute('src')?.startsWith('data:image/svg+xml;base64,') !== true) ||
          (element.tagName === 'STYLE' && element.textContent.includes('*{}')) ||
          /command:workbench\.action\.quit|example\.org/.test(
            ['href', 'data-href', 'src'].map(name => element.getAttribute(name)).join(' '),
          ) ||
          element.matches('script, iframe, object, embed, form, b, i, .codicon-flame') ||
          [...element.attributes].some(({ name }) => name.startsWith('on')),
      )
      .map(element => element.outerHTML.slice(0, 300)),
  );
}

/** The text of a part, with any blanks as one. */
async function textOf(part: Locator): Promise<string> {
  return ((await part.textContent()) ?? '').replace(/\s+/g, ' ');
}

describe('hostile values in a window', () => {
  let vscode: VSCodeWindow;
  const asked: string[] = [];
  const dialogs: string[] = [];

  before(async () => {
    vscode = await openVSCode({
      files: { 'server.netstat': DUMP },
      settings: {
        'netstatLens.hover.detail': VALUES.join(' '),
        'netstatLens.names': {
          ...Object.fromEntries(NAMES.map((name, i) => [`198.51.100.${i + 1}`, name])),
          '192.0.2.0/24': 'n'.repeat(1_000_000),
          '10/8': 'broken',
        },
        'editor.wordWrap': 'on',
      },
      size: { width: 1900, height: 1000 },
    });
    vscode.page.context().on('request', request => asked.push(request.url()));
    vscode.page.on('dialog', dialog => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  });
  after(() => vscode.close());
  afterEach(() => {
    assert.deepEqual(
      asked.filter(url => url.includes('example.org')),
      [],
      'nothing is fetched',
    );
    assert.deepEqual(dialogs, [], 'no script runs');
  });

  it('stay text in messages', async () => {
    // A message that comes while the window opens may be gone already, but is kept in the list.
    await vscode.runCommand('Notifications: Show Notifications');
    const message = vscode.page
      .locator('.notifications-center .notification-list-item', { hasText: 'hover.detail' })
      .first();
    await message.waitFor();
    assert.deepEqual(await made(message), []);
    assert.equal(await message.locator('.notification-list-item-message a').count(), 0);
    assert.ok((await textOf(message)).includes(VALUES[0]));
    await vscode.runCommand('Notifications: Hide Notifications');
  });

  for (const [i, value] of VALUES.entries()) {
    it(`stay text in hovers and problems: ${value.slice(0, 12)}`, async () => {
      const line = 2 + i;
      for (const [word, shown] of [
        ['198.51.100', shownName(value)],
        ['CLOSE_WAIT', value],
        [`${40 + i}/`, value],
      ] as const) {
        const hover = await vscode.hover(line, word);
        const where = `hover of ${word}`;
        assert.deepEqual(await made(hover), [], where);
        assert.deepEqual(
          (await targets(hover)).filter(target => !isOurs(target)),
          [],
          where,
        );
        const text = await textOf(hover);
        assert.ok(text.includes(shown), `${where}: ${text}`);
        assert.ok(!/[\u202E]|n{500}/.test(text), where);
      }
    });
  }

  it('stay text in lenses, Go to Symbol and the list of problems', async () => {
    const { page } = vscode;
    const lens = page.locator('.codelens-decoration').first();
    await lens.waitFor();
    assert.deepEqual(await made(lens), []);
    assert.ok((await textOf(lens)).includes(VALUES[0]));
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+Shift+O');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'CLOSE_WAIT' })
      .first()
      .waitFor();
    assert.deepEqual(await made(page.locator('.quick-input-list')), []);
    await page.keyboard.press('Escape');
    await vscode.runCommand('Problems: Focus on Problems View');
    const problems = page.locator('.markers-panel');
    await problems.getByText('in CLOSE_WAIT').first().waitFor();
    assert.deepEqual(await made(problems), []);
    assert.ok((await textOf(problems)).includes(VALUES[0]));
  });

  it('stay text in the panel and its table', async () => {
    await vscode.runCommand('Netstat: Analyze Sockets');
    const panel = (await vscode.webview('.states')).locator('#panel');
    await panel.locator('[role=grid] [role=row]').nth(3).waitFor();
    assert.deepEqual(await made(panel), []);
    const text = await textOf(panel);
    for (const value of VALUES) {
      assert.ok(text.includes(value), value);
      assert.ok(text.includes(shownName(value)), value);
    }
    assert.ok(!/[\u202E]|n{500}/.test(text));
  });
});
