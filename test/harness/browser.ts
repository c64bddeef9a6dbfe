import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { chromium, type Browser } from 'playwright-core';

import { announced, cached, installedManifest } from './cache';
import { atEnd, temporaryFolder } from './cleanup';
import { projectFolder } from './paths';

interface BrowserProgram {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const commands = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
];

const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** CHROME_PATH, or an installed browser, or the Chromium that is a dev dependency. */
async function findBrowser(): Promise<BrowserProgram> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH names no file: ${chosen}`);
    return { executablePath: chosen, env: {} };
  }
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const installed = [
    ...commands.flatMap(command => folders.map(folder => path.join(folder, command))),
    ...applications,
  ].find(file => existsSync(file));
  return installed === undefined ? packagedChromium() : { executablePath: installed, env: {} };
}

/** The package @sparticuz/chromium unpacks its browser into the folder for temporary files. */
async function packagedChromium(): Promise<BrowserProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Chromium or Edge was found: name one in CHROME_PATH.');
  }
  const folder = path.join(projectFolder, 'node_modules/@sparticuz/chromium');
  const { version } = await installedManifest(folder);
  const unpacked = await cached(`chromium-${String(version)}`, target =>
    announced(`Chromium ${String(version)} from @sparticuz/chromium`, () => unpack(target)),
  );
  const executablePath = path.join(unpacked, 'chromium');
  const env: Record<string, string> = {
    FONTCONFIG_FILE: await writeFontConfiguration(path.join(unpacked, 'fonts')),
  };
  if (lacksLibraries(executablePath)) env['LD_LIBRARY_PATH'] = path.join(unpacked, 'al2023/lib');
  return { executablePath, env };
}

async function unpack(target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const script = `import('@sparticuz/chromium').then(it => it.default.executablePath())`;
  execFileSync(process.execPath, ['-e', script], {
    cwd: projectFolder,
    // The second variable makes it unpack the shared libraries too, for systems without them.
    env: { ...process.env, TMPDIR: target, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
}

/** The system's fonts and those of the package: without any font, pages crash. */
async function writeFontConfiguration(packagedFonts: string): Promise<string> {
  const file = path.join(temporaryFolder(), 'fonts.conf');
  const escaped = packagedFonts.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${escaped}</dir>
  <cachedir>${temporaryFolder()}/font-cache</cachedir>
</fontconfig>
`,
  );
  return file;
}

function lacksLibraries(executable: string): boolean {
  try {
    return execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found');
  } catch {
    return false;
  }
}

/**
 * Starts a browser without a window that reaches this machine only; `cleanUp()` or closing it ends
 * it.
 */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  const home = temporaryFolder();
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--disable-background-networking',
      // VS Code would ask an extension gallery, for one. To refuse its requests one by one would
      // also do without the browser's cache, and take three seconds more for each window.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      '--disable-gpu',
      // Containers often have little shared memory, and pages crash without it.
      '--disable-dev-shm-usage',
      // Webviews live in frames of another origin, with a service worker.
      '--disable-features=TrackingProtection3pcd',
    ],
    env: { ...definedOnly(process.env), HOME: home, ...env },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  atEnd({
    undo: () => browser.close(),
    // The browser ends by itself when the pipe to this process closes.
    undoNow: () => undefined,
  });
  return browser;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
