/** Drives VS Code's window in a browser, for the tests in test/ui. See README.md beside this. */
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';

import { launchBrowser } from './browser';
import { cleanUp, temporaryFolder } from './cleanup';
import { packExtension } from './pack';
import { projectFolder } from './paths';
import {
  developmentFolder,
  startServer,
  windowUrl,
  type HostKind,
  type VSCodeServer,
} from './vscode-server';
import type { VSCodeAge } from './versions';

export type Theme = 'dark' | 'light' | 'hc-dark' | 'hc-light';

export const themes: readonly Theme[] = ['dark', 'light', 'hc-dark', 'hc-light'];

const themeNames: Readonly<Record<Theme, string>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

/** The name of the theme's file, which the workbench's classes tell. */
const themeFiles: Readonly<Record<Theme, string>> = {
  dark: 'dark_modern',
  light: 'light_modern',
  'hc-dark': 'hc_black',
  'hc-light': 'hc_light',
};

function colorScheme(theme: Theme): 'light' | 'dark' {
  return theme.endsWith('light') ? 'light' : 'dark';
}

/** Milliseconds after which what is waited for never will be, however busy the machine is. */
const NEVER = 180_000;

export interface OpenOptions {
  /** File to copy into the workspace and open, relative to the project's folder. */
  file?: string;
  /** More files and folders to copy into the workspace, relative to the project's folder. */
  copy?: readonly string[];
  /** Files to write into the workspace: name and content. The first is opened if `file` is not given. */
  files?: Readonly<Record<string, string | Uint8Array>>;
  /** Settings of the workspace. */
  settings?: Readonly<Record<string, unknown>>;
  /** Default: dark. */
  theme?: Theme;
  /** Where the extension comes from: this checkout (default), a package made from it, or nowhere. */
  extension?: 'development' | 'packaged' | 'none';
  /** Folder in the project of another extension to load, beside a packaged one: VS Code takes one. */
  helper?: string;
  /** Whether the workspace opens in Restricted Mode. */
  restricted?: boolean;
  /** Default: the newest VS Code. */
  age?: VSCodeAge;
  /** Default: the Node extension host. */
  host?: HostKind;
  /** Size of the window in pixels; default 1280 x 800. */
  size?: { width: number; height: number };
  /** Device pixels per pixel; 2 gives sharp screenshots. Default 1. */
  scale?: number;
  /** Language that VS Code gives extensions, such as `de`; its own texts stay English. */
  language?: string;
}

let browser: Promise<Browser> | undefined;
const servers = new Map<string, Promise<VSCodeServer>>();
const openWindows = new Set<VSCodeWindow>();

/** Opens a window of VS Code with a workspace of its own. Servers and browser are shared. */
export async function openVSCode(options: OpenOptions = {}): Promise<VSCodeWindow> {
  const {
    extension = 'development',
    theme = 'dark',
    size = { width: 1280, height: 800 },
  } = options;
  const server = await sharedServer(options);
  browser ??= launchBrowser();
  const context = await (
    await browser
  ).newContext({
    viewport: size,
    deviceScaleFactor: options.scale ?? 1,
    colorScheme: colorScheme(theme),
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(NEVER);
  const page = await context.newPage();
  if (options.language !== undefined) {
    // What a language pack would set; the server has none.
    await page.addInitScript(language => {
      Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
    }, options.language);
  }

  const workspace = await makeWorkspace(options);
  const inDevelopment =
    options.helper === undefined
      ? extension === 'development' && (await developmentFolder())
      : path.join(projectFolder, options.helper);
  const opened = options.file ? path.basename(options.file) : Object.keys(options.files ?? {})[0];
  const url = windowUrl(server, {
    open: workspace,
    ...(opened === undefined ? {} : { file: path.join(workspace, opened) }),
    ...(inDevelopment ? { extension: inDevelopment } : {}),
  });
  const window = new VSCodeWindow(context, page, workspace, server.version);
  openWindows.add(window);
  await page.goto(url);
  await window.themeShown(theme);
  if (opened !== undefined && options.files?.[opened]?.length !== 0) await window.editorReady();
  return window;
}

async function sharedServer(options: OpenOptions): Promise<VSCodeServer> {
  const { age = 'newest', host = 'node', extension = 'development', restricted = false } = options;
  const packaged = extension === 'packaged';
  const key = `${age} ${host} ${String(packaged)} ${String(restricted)}`;
  let server = servers.get(key);
  if (!server) {
    server = (async () =>
      startServer({
        age,
        kind: host,
        restricted,
        lean: true,
        ...(packaged ? { vsix: [await packExtension()] } : {}),
      }))();
    servers.set(key, server);
  }
  return server;
}

async function makeWorkspace(options: OpenOptions): Promise<string> {
  const { file, copy = [], files = {}, settings = {}, theme = 'dark' } = options;
  const parent = await mkdtemp(path.join(temporaryFolder(), 'w-'));
  const workspace = path.join(parent, 'dumps');
  await mkdir(path.join(workspace, '.vscode'), { recursive: true });
  await writeFile(
    path.join(workspace, '.vscode/settings.json'),
    JSON.stringify({
      'workbench.colorTheme': themeNames[theme],
      'editor.hover.delay': 100,
      'files.exclude': { '**/.vscode': true },
      ...settings,
    }),
  );
  for (const from of file === undefined ? copy : [file, ...copy]) {
    const target = path.join(workspace, path.basename(from));
    await cp(path.resolve(projectFolder, from), target, { recursive: true });
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(workspace, name)), { recursive: true });
    await writeFile(path.join(workspace, name), content);
  }
  return workspace;
}

/** Ends the browser and the servers. */
export async function closeAll(): Promise<void> {
  openWindows.clear();
  servers.clear();
  browser = undefined;
  await cleanUp();
}

/** Screenshots of all open windows, for a test that failed. */
export async function capture(name: string): Promise<string[]> {
  const files: string[] = [];
  for (const window of openWindows) {
    try {
      files.push(await window.screenshot(`${name}-${files.length}`, 'out/failures'));
    } catch {
      // The page has crashed: there is nothing to show.
    }
  }
  return files;
}

/** What the open windows said on the console last, for a test that failed. */
export function consoleTail(): string[] {
  return [...openWindows].flatMap(window => window.messages.slice(-10));
}

interface Point {
  x: number;
  y: number;
}

export class VSCodeWindow {
  /** Errors on the page's console, the extension host's among them. */
  readonly messages: string[] = [];

  constructor(
    private readonly context: BrowserContext,
    /** The page, for all that has no method here. */
    readonly page: Page,
    /** The folder that is open. */
    readonly workspace: string,
    /** VS Code's version. */
    readonly version: string,
  ) {
    page.on('console', message => {
      const [line = ''] = message.text().split('\n');
      if (message.type() === 'error' && !serverNoise.test(line)) {
        this.messages.push(line.slice(0, 300));
      }
    });
    page.on('pageerror', error => this.messages.push(`uncaught: ${error.message}`));
  }

  async close(): Promise<void> {
    openWindows.delete(this);
    await this.context.close();
  }

  /** Changes the theme, by a setting of the workspace. */
  async setTheme(theme: Theme): Promise<void> {
    const file = path.join(this.workspace, '.vscode/settings.json');
    const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const changed = { ...settings, 'workbench.colorTheme': themeNames[theme] };
    await this.page.emulateMedia({ colorScheme: colorScheme(theme) });
    await writeFile(file, JSON.stringify(changed));
    await this.themeShown(theme);
  }

  /** Waits until the window has the colors of a theme. */
  async themeShown(theme: Theme): Promise<void> {
    await this.page
      .locator(`.monaco-workbench[class*="themes-${themeFiles[theme]}-json"]`)
      .waitFor();
  }

  /** Loads the window again, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** Waits until an editor shows text. */
  async editorReady(): Promise<void> {
    await this.page.locator('.monaco-editor .view-line span span').first().waitFor();
  }

  /** The language of the active editor, as the status bar names it. */
  async languageMode(): Promise<string> {
    return (await this.page.locator('[id="status.editor.mode"]').innerText()).trim();
  }

  /** Waits until the status bar names that language. */
  async waitForLanguage(name: string): Promise<void> {
    await this.page.waitForFunction(
      wanted => document.getElementById('status.editor.mode')?.textContent.trim() === wanted,
      name,
    );
  }

  /** Opens a file of the workspace; `name` is its path in there. */
  async openFile(name: string): Promise<void> {
    const input = await this.quickInput('ControlOrMeta+P');
    // A search by name would need a native program that the server lacks; a path needs none.
    await input.fill(path.join(this.workspace, name));
    await this.quickPickRow(path.basename(name)).click();
    await this.page
      .locator('.tab.active')
      .filter({ hasText: path.basename(name) })
      .waitFor();
    await this.editorReady();
  }

  /** Closes the active editor, such as a panel that was just opened. */
  async closeEditor(): Promise<void> {
    const tabs = this.page.locator('.tabs-container .tab');
    const count = await tabs.count();
    await this.runCommand('View: Close Editor');
    await this.until(async () => (await tabs.count()) < count, 'the editor to close');
  }

  /** Runs a command by its title in the palette, such as "Netstat: Analyze Sockets". */
  async runCommand(title: string): Promise<void> {
    const input = await this.quickInput('F1');
    await input.fill(`>${title}`);
    const row = this.quickPickRow(title);
    try {
      await row.waitFor({ timeout: 60_000 });
    } catch {
      const rows = await this.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
      throw new Error(`The palette has no "${title}", but: ${rows.join(' | ')}`);
    }
    await row.click();
    await input.waitFor({ state: 'hidden', timeout: 5000 }).catch(() => {
      // The command itself asks something in the same place.
    });
  }

  /** The entry of an open quick pick whose label begins with that text. */
  quickPickRow(label: string): Locator {
    return this.page
      .locator(`.quick-input-list .monaco-list-row[aria-label^=${quoted(label)}]`)
      .first();
  }

  /** Chooses an entry of an open quick pick. */
  async pick(label: string): Promise<void> {
    await this.quickPickRow(label).click();
  }

  private async quickInput(key: string): Promise<Locator> {
    const input = this.page.locator('.quick-input-widget:visible input.input');
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await input.waitFor({ timeout: 5000 });
        return input;
      } catch {
        // The window was still busy and did not take the key.
      }
    }
    throw new Error(`The key ${key} opened nothing.`);
  }

  /** Puts the cursor into a line (counted from 1) and scrolls it into view. */
  async goToLine(line: number, column = 1): Promise<void> {
    const input = await this.quickInput('Control+G');
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
    await this.page
      .locator('.active-line-number')
      .filter({ hasText: `${line}` })
      .first()
      .waitFor();
  }

  /** Where a word of a line is on the screen. Lines and occurrences count from 1. */
  async wordPosition(line: number, word: string, occurrence = 1): Promise<Point> {
    await this.goToLine(line);
    const found = await this.page.evaluate(findWord, { line, word, occurrence });
    if (!found) throw new Error(`Line ${line} does not show "${word}" (occurrence ${occurrence}).`);
    return { x: found.x, y: found.y };
  }

  /** The color of a word as the editor shows it, such as "rgb(86, 156, 214)". */
  async wordColor(line: number, word: string, occurrence = 1): Promise<string> {
    await this.goToLine(line);
    const found = await this.page.evaluate(findWord, { line, word, occurrence });
    if (!found) throw new Error(`Line ${line} does not show "${word}" (occurrence ${occurrence}).`);
    return found.color;
  }

  /** Where a word is on the screen in the last row of the terminal that has a text. */
  async terminalWord(row: string, word: string): Promise<Point> {
    const found = await this.page.evaluate(findWord, { line: row, word, occurrence: 1 });
    if (!found) throw new Error(`The terminal shows no "${word}" in a row with "${row}".`);
    return found;
  }

  /** Moves the mouse onto a word of the editor and gives the hover that appears. */
  async hover(line: number, word: string, occurrence = 1): Promise<Locator> {
    let { x, y } = await this.wordPosition(line, word, occurrence);
    const hover = this.page
      .locator(
        '.monaco-editor .monaco-hover:not(.hidden), .monaco-resizable-hover .monaco-hover:not(.hidden)',
      )
      .first();
    for (let attempt = 0; attempt < 40; attempt++) {
      // The first move may come before the extension is there to answer. It comes from the title
      // bar: another word on its way could have a hover of its own.
      await this.page.mouse.move(x, 4);
      try {
        await hover.waitFor({ state: 'hidden', timeout: 5000 });
        await this.page.mouse.move(x - 1, y);
        await this.page.mouse.move(x, y);
        await hover.waitFor({ timeout: 2000 });
        await this.page.waitForFunction(
          () =>
            !document
              .querySelector('.monaco-hover:not(.hidden)')
              ?.textContent.includes('Loading...'),
          undefined,
          { timeout: 5000 },
        );
        // A lens that appears meanwhile moves the lines away from under the mouse.
        const now = await this.page.evaluate(findWord, { line, word, occurrence });
        const text = (await hover.innerText()).trim();
        if (now?.y === y && text !== '' && !text.includes('Loading...')) return hover;
        ({ x, y } = now ?? { x, y });
        await this.page.keyboard.press('Escape');
        await hover.waitFor({ state: 'hidden', timeout: 2000 });
      } catch {
        // Once more.
      }
    }
    throw new Error(`No hover appeared over "${word}" in line ${line}.`);
  }

  /** The text of the hover over a word of the editor. */
  async hoverText(line: number, word: string, occurrence = 1): Promise<string> {
    const hover = await this.hover(line, word, occurrence);
    return (await hover.innerText()).replaceAll('\u00a0', ' ').trim();
  }

  /** Texts of the code lenses on the screen. */
  async codeLenses(): Promise<string[]> {
    const texts = await this.page.locator('.codelens-decoration').allInnerTexts();
    return texts.map(text => text.replaceAll('\u00a0', ' ').trim()).filter(text => text !== '');
  }

  /** Texts of the notifications on the screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  /** Titles of the open tabs. */
  async tabs(): Promise<string[]> {
    const tabs = await this.page.locator('.tabs-container .tab').all();
    return Promise.all(
      tabs.map(async tab => {
        const name = (await tab.getAttribute('data-resource-name')) ?? '';
        // A webview's resource has a name that nobody sees.
        return name.startsWith('webview-') ? tab.locator('.label-name').first().innerText() : name;
      }),
    );
  }

  /** The document of a webview: the first that has an element of that selector. */
  async webview(selector = 'body *'): Promise<Frame> {
    const end = Date.now() + NEVER;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        if (!frame.url().includes('fake.html')) continue;
        const found = await frame
          .locator(selector)
          .first()
          .isVisible()
          .catch(() => false);
        if (found) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No webview with "${selector}" appeared.`);
  }

  /**
   * Waits until VS Code has written down a text for a reload: in a browser it does so every few
   * seconds, and not at the end.
   */
  async written(text: string): Promise<void> {
    await this.until(() => this.page.evaluate(isWritten, text), `"${text}" in the kept state`);
  }

  /** Waits until something is so. */
  async until(probe: () => Promise<boolean>, what: string): Promise<void> {
    const end = Date.now() + NEVER;
    while (!(await probe())) {
      if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
      await this.page.waitForTimeout(100);
    }
  }

  /** What is in the clipboard. */
  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Saves a picture of the window; gives the file's path. */
  async screenshot(name: string, folder = screenshotFolder()): Promise<string> {
    const file = path.resolve(projectFolder, folder, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    // What fades in is shown as it will be.
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }
}

/** Where screenshots go: NETSTAT_LENS_SCREENSHOTS or out/screenshots. */
export function screenshotFolder(): string {
  return process.env['NETSTAT_LENS_SCREENSHOTS'] ?? 'out/screenshots';
}

/** What a server without native modules and without a gallery complains of; it does no harm. */
const serverNoise =
  /bindings file|watchdog|ripgrep|Failed to load resource|service ?worker|script\.$|ENOTFOUND/i;

let axeSource: string | undefined;

/** What axe-core finds wrong in a page or webview: one line per rule and element. */
export async function accessibilityProblems(frame: Frame | Page): Promise<string[]> {
  axeSource ??= readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
  await frame.evaluate(axeSource);
  return frame.evaluate(async () => {
    interface Axe {
      run(): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>;
    }
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
    );
  });
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** Runs in the page: whether the state that VS Code keeps of a workspace has a text. */
async function isWritten(text: string): Promise<boolean> {
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    // No function in here may have a name: tsx marks those by a helper that the page lacks.
    const values = await new Promise<unknown[]>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(new Error(String(opening.error)));
      opening.onsuccess = () => {
        const database = opening.result;
        const reading = database.transaction('ItemTable').objectStore('ItemTable').getAll();
        reading.onerror = () => reject(new Error(String(reading.error)));
        reading.onsuccess = () => resolve(reading.result);
        database.close();
      };
    });
    if (values.some(value => String(value).includes(text))) return true;
  }
  return false;
}

/** Runs in the page: finds a word in a line of the active editor, or in the last row of a terminal that has a text. */
function findWord(wanted: {
  line: number | string;
  word: string;
  occurrence: number;
}): { x: number; y: number; color: string } | undefined {
  const editor =
    document.querySelector('.editor-group-container.active .monaco-editor') ??
    document.querySelector('.monaco-editor');
  const number = [...(editor?.querySelectorAll('.margin-view-overlays .line-numbers') ?? [])].find(
    element => element.textContent.trim() === String(wanted.line),
  );
  const top = number?.parentElement?.getBoundingClientRect().top;
  const row =
    typeof wanted.line === 'number'
      ? [...(editor?.querySelectorAll('.view-lines .view-line') ?? [])].find(
          element => Math.abs(element.getBoundingClientRect().top - (top ?? Infinity)) < 2,
        )
      : [...document.querySelectorAll('.xterm-rows > div')]
          .filter(({ textContent }) =>
            textContent.replaceAll('\u00a0', ' ').includes(String(wanted.line)),
          )
          .at(-1);
  if (!row) return undefined;

  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  const nodes: { node: Text; start: number }[] = [];
  let text = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, start: text.length });
    text += (node as Text).data.replaceAll('\u00a0', ' ');
  }
  let at = -1;
  for (let found = 0; found < wanted.occurrence; found++) {
    at = text.indexOf(wanted.word, at + 1);
    if (at < 0) return undefined;
  }
  const holder = nodes.filter(({ start }) => start <= at).at(-1);
  if (!holder) return undefined;
  const range = document.createRange();
  range.setStart(holder.node, at - holder.start);
  range.setEnd(
    holder.node,
    Math.min(at - holder.start + wanted.word.length, holder.node.data.length),
  );
  const box = range.getBoundingClientRect();
  const color = getComputedStyle(holder.node.parentElement ?? row).color;
  return { x: box.left + box.width / 2, y: box.top + box.height / 2, color };
}
