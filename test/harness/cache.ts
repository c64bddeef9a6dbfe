/** Installs npm packages into a cache folder, once, safely when two runs do it at the same time. */
import { existsSync, rmSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { atEnd } from './cleanup';
import { cacheFolder } from './paths';
import { runProgram } from './processes';

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
    const discard = atEnd({
      undo: () => rm(partial, { recursive: true, force: true }),
      undoNow: () => rmSync(partial, { recursive: true, force: true }),
    });
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    try {
      await fill(partial);
      await rename(partial, folder);
    } finally {
      await discard();
    }
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
  const release = atEnd({
    undo: () => rm(file, { force: true }),
    undoNow: () => rmSync(file, { force: true }),
  });
  try {
    await task();
  } finally {
    clearInterval(heartbeat);
    await release();
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
  const quiet = [
    ...['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'],
    '--fetch-retry-mintimeout=2000',
  ];
  const [command, ...before] = npmCommand();
  try {
    return await runProgram(command, [...before, ...args, ...quiet], { cwd });
  } catch (error) {
    const [first, ...others] = (error as Error).message.trim().split('\n');
    throw new Error(
      [
        first,
        'The tests take VS Code and a browser from the npm registry: check that it can be reached',
        '("npm ping"), or copy a filled cache folder here and name it in NETSTAT_LENS_CACHE.',
        ...others.slice(-15),
      ].join('\n'),
      { cause: error },
    );
  }
}

/** The npm that runs this, or else the one beside Node.js on Windows, or else the one in the path. */
function npmCommand(): [string, ...string[]] {
  const running = process.env['npm_execpath'];
  if (running?.endsWith('npm-cli.js')) return [process.execPath, running];
  if (process.platform !== 'win32') return ['npm'];
  const besideNode = path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js');
  return [process.execPath, besideNode];
}

/** Says that something is being installed, and how long it took. */
export async function announced<T>(what: string, task: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - start) / 1000)} s`;
  console.log(`Installing ${what} (only the first time) …`);
  const ticker = setInterval(() => console.log(`  … ${seconds()}`), 10_000);
  try {
    const result = await task();
    console.log(`  done after ${seconds()}.`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}

/** A package's package.json inside a folder that it was installed into. */
export async function installedManifest(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
}
