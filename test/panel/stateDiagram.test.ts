import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { Localizer } from '../../src/core/wording/text';
import { stateDiagramPage } from '../../src/extension/commands/stateDiagramPage';
import { launchBrowser } from '../harness/browser';
import { cleanUp } from '../harness/cleanup';
import { projectFolder } from '../harness/paths';
import { type ThemeName, themeNames } from './page';
import themes from './themes.json';

describe('the page of the state diagram in a browser', function () {
  this.timeout(300_000);
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
  });
  afterEach(() => page.context().close());
  after(async () => {
    await browser.close();
    await cleanUp();
  });

  async function open(width: number, height: number, theme: ThemeName = 'dark'): Promise<void> {
    const context = await browser.newContext({ viewport: { width, height } });
    page = await context.newPage();
    await page.addInitScript('globalThis.acquireVsCodeApi = () => ({ postMessage() {} })');
    const body = stateDiagramPage({
      language: 'en',
      title: 'TCP State Diagram',
      nonce: 'test',
      counts: new Map([['CLOSE-WAIT', 180] as const]),
      current: 'ESTABLISHED',
      localizer: new Localizer(),
    });
    await page.route('http://diagram.test/', route =>
      route.fulfill({ body, contentType: 'text/html' }),
    );
    await page.goto('http://diagram.test/');
    const { bodyClass, colors } = themes[theme];
    await page.evaluate(
      ([names, classes]) => {
        for (const [name, value] of Object.entries(names)) {
          document.documentElement.style.setProperty(name, value);
        }
        const { style } = document.body;
        style.background = 'var(--vscode-editor-background)';
        style.color = 'var(--vscode-foreground)';
        style.fontFamily = 'var(--vscode-font-family)';
        style.fontSize = '13px';
        document.body.className = classes;
      },
      [colors, bodyClass] as const,
    );
  }

  async function screenshot(name: string): Promise<void> {
    const folder = path.resolve(
      projectFolder,
      process.env['NETSTAT_LENS_SCREENSHOTS'] ?? 'out/screenshots',
    );
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  const shown = (): Promise<string | null> =>
    page.locator('section:not([hidden])').getAttribute('data-about');

  for (const [width, height] of [
    [920, 703],
    [420, 703],
    [220, 500],
  ] as const) {
    it(`stands still at ${width} pixels, whatever is pointed at`, async () => {
      await open(width, height);
      const svg = page.locator('svg');
      const before = await svg.boundingBox();
      const keys = await page
        .locator('.state')
        .evaluateAll(states => states.map(state => state.getAttribute('data-key')));
      for (const key of new Set(keys)) {
        // As the mouse does it, without scrolling the drawing.
        await page.locator(`.state[data-key="${key}"]`).first().dispatchEvent('mouseenter');
        await page.locator(`section[data-about="${key}"]:not([hidden])`).waitFor();
        assert.deepEqual(await svg.boundingBox(), before, key ?? '');
      }
      const { wide, high } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        high: document.documentElement.scrollHeight,
      }));
      assert.deepEqual([wide, high], [width, height], 'only its parts scroll');
      assert.ok(before!.width >= 540, 'labels can be read');
      await screenshot(`diagram-${width}`);
    });
  }

  it('follows the pointer, but not what it only crosses', async () => {
    await open(920, 703);
    const closeWait = page.locator('.state[data-key="CLOSE-WAIT"]');
    await closeWait.hover();
    await page.locator('section[data-about="CLOSE-WAIT"]:not([hidden])').waitFor();
    await page.locator('.state[data-key="LISTEN"]').evaluate(state => {
      state.dispatchEvent(new MouseEvent('mouseenter'));
      state.dispatchEvent(new MouseEvent('mouseleave'));
    });
    await page.waitForTimeout(300);
    assert.equal(await shown(), 'CLOSE-WAIT');
    await page.locator('aside').focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => {
      const { scrollTop, clientHeight, scrollHeight } = document.querySelector('aside')!;
      // Scrolling is smooth, and goes on if it has not got to the very end.
      return scrollTop > 0 && scrollTop + clientHeight >= scrollHeight;
    });
    await page.locator('.state[data-key="TIME-WAIT"]').focus();
    assert.equal(await shown(), 'TIME-WAIT');
    assert.equal(await page.locator('aside').evaluate(aside => aside.scrollTop), 0);
  });

  for (const theme of themeNames) {
    it(`in ${theme}`, async () => {
      await open(920, 703, theme);
      await screenshot(`diagram-${theme}`);
    });
  }
});
