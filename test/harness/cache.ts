/** Installs npm packages into a cache folder, once, safely when two runs do it at the same time. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { cacheFolder } from './paths';

const staleAfter = 20_000;

/**
 * The folder `name` of the cache. If it is not there, `fill` makes it, in a folder that gets its
 * name only when it is complete.
 */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return;
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    await fill(partial);
    await rename(partial, folder);
  });
  return folder;
}

async function withLock(file: string, task: () => Promise<void>): Promise<void> {
  let told = false;
  while (!(await take(file))) {
    if (!told) console.log(`Waiting for another run that is filling the cache (${file}).`);
    told = true;
    await delay(500);
  }
  // Whoever waits takes a lock that has not been touched for a while as left behind.
  const heartbeat = setInterval(() => {
    utimes(file, new Date(), new Date()).catch(() => undefined);
  }, staleAfter / 10);
  try {
    await task();
  } finally {
    clearInterval(heartbeat);
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    if (Date.now() - (await stat(file)).mtimeMs > staleAfter) await rm(file, { force: true });
  } catch {
    // It has just been released.
  }
  return false;
}

/** `npm install` of one package, with nothing run that the package brings. */
export async function npmInstall(folder: string, packageName: string): Promise<void> {
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  await npm(folder, ['install', packageName, '--ignore-scripts', '--no-package-lock']);
}

/** `npm install` of what the package.json in the folder asks for. */
export async function npmInstallDependencies(folder: string): Promise<void> {
  await npm(folder, ['install', '--omit=dev', '--ignore-scripts']);
}

/** The newest version that npm has of a package. */
export async function npmLatestVersion(packageName: string): Promise<string> {
  return (await npm(process.cwd(), ['view', packageName, 'version'])).trim();
}

async function npm(cwd: string, args: readonly string[]): Promise<string> {
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const cli = process.env['npm_execpath'];
  const [command, before] = cli?.includes('npm-cli')
    ? [process.execPath, [cli]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const child = spawn(command, [...before, ...args, ...quiet], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && before.length === 0,
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const code = await new Promise<number | string>(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('close', code => resolve(code ?? 'killed'));
  });
  if (code === 0) return output;
  throw new Error(
    [
      `"npm ${args.join(' ')}" failed (${code}).`,
      'The tests take VS Code and a browser from the npm registry: check that it can be reached',
      '("npm ping"), or copy a filled cache folder here and name it in NETSTAT_LENS_CACHE.',
      ...errors.trim().split('\n').slice(-15),
    ].join('\n'),
  );
}

/** Says that something is being installed, and how long it took. */
export async function announced<T>(what: string, task: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - start) / 1000)} s`;
  console.log(`Installing ${what} (only the first time) …`);
  const ticker = setInterval(() => console.log(`  … ${seconds()}`), 10_000);
  try {
    return await task();
  } finally {
    clearInterval(ticker);
    console.log(`  done after ${seconds()}.`);
  }
}

/** A package's package.json inside a folder that it was installed into. */
export async function installedManifest(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
}
