// Starts VS Code in the browser with this extension and a dump open, and nothing to install.
//
//   npm start [FILE] [-- --web] [-- --oldest] [-- --no-open]
//
// --web      run the extension in the web worker extension host
// --oldest   the oldest supported VS Code instead of the newest
// --no-open  only print the address

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { cleanUp } from '../test/harness/cleanup.ts';
import { developmentFolder, startServer, windowUrl } from '../test/harness/vscode-server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** A copy: the window saves what is typed. */
const samples = path.join(root, 'out', 'start', 'samples');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    web: { type: 'boolean', default: false },
    oldest: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
  },
});

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await cleanUp();
  process.exit(1);
}

async function start() {
  await rm(samples, { recursive: true, force: true });
  await cp(path.join(root, 'samples'), samples, { recursive: true });
  // npm changes to the project's folder; a file is meant from where the user is.
  const file = positionals[0]
    ? path.resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0])
    : await sampleDump();
  if (file !== undefined && !existsSync(file)) throw new Error(`There is no file ${file}.`);

  const build = spawnSync(process.execPath, ['esbuild.config.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (build.status !== 0) throw new Error('The build failed.');

  const server = await startServer({
    age: values.oldest ? 'oldest' : 'newest',
    kind: values.web ? 'web' : 'node',
  });
  const url = windowUrl(server, {
    open: samples,
    extension: await developmentFolder(),
    ...(file === undefined ? {} : { file }),
  });
  console.log(`\nVS Code ${server.version} with Netstat Lens is at\n\n${url}\n\nCtrl+C stops it.`);
  void server.ended.then(async () => {
    console.error("VS Code's server has ended.");
    await cleanUp();
    process.exit(1);
  });
  if (!values['no-open'] && hasDisplay()) openInBrowser(url);
}

/** The sample that shows most: one with leaked connections if there is one. */
async function sampleDump() {
  const names = await readdir(samples);
  const dumps = names.filter(name => /\.(netstat|ss|txt|log)$/.test(name)).sort();
  const best = dumps.find(name => /leak|close-wait/.test(name)) ?? dumps[0];
  return best === undefined ? undefined : path.join(samples, best);
}

function hasDisplay() {
  if (process.env.CI) return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

function openInBrowser(url) {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  // It does not matter if there is no such program: the address has been printed.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
