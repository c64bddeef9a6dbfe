/** Shows the panel's page in a browser without VS Code, with the real core behind it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import * as esbuild from 'esbuild';
import type { Browser, Page } from 'playwright-core';

import { analyze, type Analysis } from '../../src/core/analysis/analyze';
import { Localizer, plain } from '../../src/core/wording/text';
import { readDump } from '../../src/core/reading/reader';
import { findingsOf } from '../../src/core/viewModel/panelModel';
import { panelPage } from '../../src/extension/panel/page';
import { type ExportRequest, PanelSession } from '../../src/extension/panel/session';
import type { Shown } from '../../src/extension/panel/source';
import type { HostToPanel, PanelState } from '../../src/shared/panel/messages';
import { panelStrings } from '../../src/shared/panel/strings';
import { launchBrowser } from '../harness/browser';
import { projectFolder } from '../harness/paths';
import themes from './themes.json';

export type ThemeName = keyof typeof themes;

export const themeNames = Object.keys(themes) as ThemeName[];

const ORIGIN = 'http://panel.test';

/** Milliseconds after which what is waited for never will be, however busy the machine is. */
const NEVER = 180_000;

/** What the page asked of its surroundings. */
export interface Asked {
  readonly revealed: { lines: number[]; focus: boolean }[];
  readonly copied: string[];
  readonly exported: ExportRequest[];
  readonly searched: string[];
  readonly warned: string[];
  refreshed: number;
}

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly size?: { width: number; height: number };
  /** What the page kept before. */
  readonly state?: unknown;
  /** Names of addresses. */
  readonly names?: Readonly<Record<string, string>>;
  readonly scale?: number;
}

let browser: Promise<Browser> | undefined;
let files: Promise<ReadonlyMap<string, string | Buffer>> | undefined;

/** A page with a panel in it, and the session that answers it. */
export class PanelPage {
  public analysis: Analysis;
  public readonly asked: Asked = {
    revealed: [],
    copied: [],
    exported: [],
    searched: [],
    warned: [],
    refreshed: 0,
  };
  /** Policy violations and errors of the page. */
  public readonly problems: string[] = [];
  private shown: Shown = { count: 0, index: 0 };
  private readonly session: PanelSession;

  private constructor(
    public readonly page: Page,
    text: string,
    names: Readonly<Record<string, string>>,
  ) {
    this.analysis = analyze(readDump(text));
    this.session = new PanelSession({
      source: 'file:///dumps/app-server.netstat',
      title: 'app-server.netstat',
      strings: panelStrings(({ text }) => text),
      locale: 'en',
      localizer: new Localizer(),
      nameOf: address => names[address] ?? null,
      read: () => this.analysis,
      post: message => void this.post(message),
      show: (lines, focus) => {
        this.asked.revealed.push({ lines: Array.from(lines), focus });
        this.shown = { count: lines.length, index: 0 };
        return Promise.resolve(this.shown);
      },
      step: by => {
        const { count, index } = this.shown;
        this.shown = { count, index: (index + by + count) % count };
        return Promise.resolve(this.shown);
      },
      clear: () => undefined,
      refresh: () => {
        this.asked.refreshed++;
      },
      copy: copied => {
        this.asked.copied.push(copied);
        return Promise.resolve();
      },
      export: request => {
        this.asked.exported.push(request);
        return Promise.resolve();
      },
      canSearch: () => true,
      search: finding => {
        this.asked.searched.push(finding.code);
        return Promise.resolve();
      },
      warn: warning => {
        this.asked.warned.push(warning);
      },
    });
  }

  /** Shows a finding, as a link of a hover does; gives its title. */
  public showFinding(code: string): string {
    const { findings, last } = this.analysis;
    const wanted = findings.filter(one => one.code === code).at(-1);
    const shown = findingsOf(this.analysis, last!.index).find(([, one]) => one === wanted);
    assert.ok(shown !== undefined, code);
    this.session.showFinding(shown[0]);
    return plain(shown[1].title);
  }

  /** Opens a panel on a dump and waits until it shows it. */
  public static async open(text: string, options: PanelOptions = {}): Promise<PanelPage> {
    const { theme = 'dark', size = { width: 1000, height: 900 }, state } = options;
    browser ??= launchBrowser();
    const context = await (
      await browser
    ).newContext({ viewport: size, deviceScaleFactor: options.scale ?? 1 });
    context.setDefaultTimeout(NEVER);
    const page = await context.newPage();
    const panel = new PanelPage(page, text, options.names ?? {});
    page.on('console', message => {
      if (message.type() === 'error') panel.problems.push(message.text());
    });
    page.on('pageerror', error => panel.problems.push(error.message));
    await page.exposeFunction('toHost', (message: unknown) => panel.session.receive(message));
    // tsx marks functions with their names by a helper that only its own modules have.
    await page.addInitScript('globalThis.__name = value => value');
    await page.addInitScript(pretendToBeVsCode, state);
    await serve(page, theme);
    await page.goto(`${ORIGIN}/`);
    await page.locator('main').waitFor();
    await page
      .locator('[role=grid] [data-cell="0 0"], .gone, .counters, .states')
      .first()
      .waitFor();
    return panel;
  }

  public async close(): Promise<void> {
    this.session.dispose();
    await this.page.context().close();
  }

  /** The dump is another now. */
  public change(text: string): void {
    this.analysis = analyze(readDump(text));
    this.session.changed();
  }

  /** Lines (from 0) are selected in the editor. */
  public selectInEditor(...spans: (readonly [first: number, last: number])[]): void {
    this.session.selected(spans);
  }

  /** Sends the page anything, as it were from the extension. */
  public async post(message: HostToPanel | object): Promise<void> {
    await this.page.evaluate(data => {
      window.postMessage(data, '*');
    }, message);
  }

  /** Waits until something is so. */
  public async until(what: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + NEVER;
    while (!(await what())) {
      assert.ok(Date.now() < end, `still not so: ${what.toString()}`);
      await this.page.waitForTimeout(30);
    }
  }

  /** Waits until what a page shows is as expected: it follows clicks and keys when it gets to it. */
  public async becomes<T>(what: () => Promise<T>, expected: T): Promise<void> {
    let last: T | undefined;
    await this.until(async () => {
      last = await what();
      return isDeepStrictEqual(last, expected);
    }).catch((error: unknown) => {
      assert.deepEqual(last, expected);
      throw error;
    });
  }

  /** What the page has kept, once it has kept all that is asked for. */
  public async state(whole: (kept: Partial<PanelState>) => boolean): Promise<Partial<PanelState>> {
    let kept: Partial<PanelState> = {};
    await this.until(async () => {
      kept = await this.page.evaluate(
        () => (window as unknown as { kept?: Partial<PanelState> }).kept ?? {},
      );
      return whole(kept);
    });
    return kept;
  }

  /** Saves a picture of the whole page. */
  public async screenshot(name: string): Promise<void> {
    const folder = path.resolve(
      projectFolder,
      process.env['NETSTAT_LENS_SCREENSHOTS'] ?? 'out/screenshots',
    );
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  }

  /** What axe-core finds wrong: one line per rule and element. */
  public async accessibilityProblems(): Promise<string[]> {
    const file = createRequire(__filename).resolve('axe-core/axe.min.js');
    await this.page.evaluate(readFileSync(file, 'utf8'));
    return this.page.evaluate(async () => {
      interface Axe {
        run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      }
      const { axe } = globalThis as unknown as { axe: Axe };
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
      );
    });
  }
}

/** Ends the browser. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Runs in the page before its own script. */
function pretendToBeVsCode(state: unknown): void {
  interface Pretence {
    kept: unknown;
    toHost(message: unknown): void;
    acquireVsCodeApi(): unknown;
  }
  const page = window as unknown as Pretence;
  page.kept = state;
  page.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => {
      page.toHost(message);
    },
    getState: () => page.kept,
    setState: (kept: unknown) => {
      page.kept = kept;
    },
  });
}

async function serve(page: Page, theme: ThemeName): Promise<void> {
  files ??= build();
  const served = await files;
  const html = panelPage({
    language: 'en',
    title: 'app-server.netstat',
    fileUrl: name => `${ORIGIN}/${name}`,
    cspSource: ORIGIN,
    nonce: 'test',
  });
  const { bodyClass, colors } = themes[theme];
  await page.route(`${ORIGIN}/**`, async route => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = name === '' ? html : served.get(name);
    await (body === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ body, contentType: contentType(name) }));
  });
  await page.addInitScript(
    ([variables, classes]) => {
      addEventListener('DOMContentLoaded', () => {
        for (const [name, value] of Object.entries(variables)) {
          document.documentElement.style.setProperty(name, value);
        }
        document.body.className = classes;
      });
    },
    [colors, bodyClass] as const,
  );
}

function contentType(name: string): string {
  const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };
  return types[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/html';
}

/** The page's files as the build makes them, without touching dist/. */
async function build(): Promise<ReadonlyMap<string, string | Buffer>> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: projectFolder,
    entryPoints: ['src/panel/index.tsx'],
    outfile: 'panel.js',
    bundle: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
  });
  const icons = path.join(projectFolder, 'node_modules/@vscode/codicons/dist');
  return new Map<string, string | Buffer>([
    ...outputFiles.map(file => [path.basename(file.path), file.text] as const),
    ['codicon.css', await readFile(path.join(icons, 'codicon.css'), 'utf8')],
    ['codicon.ttf', await readFile(path.join(icons, 'codicon.ttf'))],
  ]);
}
