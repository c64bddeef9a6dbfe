import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** Where programs may be. */
export interface Places {
  /** `process.platform` */
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folders of which nothing is run: those of the workspace, the folder one works in. */
  readonly distrusted: readonly string[];
  /** Only root writes to these; the default for Unix systems. */
  readonly systemFolders?: readonly string[];
}

/** Where systems keep their tools. Folders that users may write to are not among them. */
const SYSTEM_FOLDERS = [
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
  '/run/current-system/sw/bin',
  '/system/bin',
];

/**
 * The absolute path of a system's tool; undefined if it is not there. On Windows only System32
 * is looked at; elsewhere the system's folders, then absolute entries of PATH. What is in a
 * distrusted folder is never found, also not through a symbolic link.
 */
export async function findProgram(name: string, places: Places): Promise<string | undefined> {
  if (places.platform === 'win32') {
    const program = path.win32.join(system32(places.env), name);
    return (await isExecutable(program)) ? program : undefined;
  }
  for (const folder of places.systemFolders ?? SYSTEM_FOLDERS) {
    const program = path.posix.join(folder, name);
    if (await isExecutable(program)) {
      return program;
    }
  }
  const distrusted = await Promise.all(places.distrusted.map(realOrSame));
  for (const folder of (places.env['PATH'] ?? '').split(':')) {
    const program = path.posix.join(folder, name);
    if (path.posix.isAbsolute(folder) && (await isExecutable(program))) {
      const real = [await realOrSame(folder), await realOrSame(program), program];
      if (!real.some(one => distrusted.some(other => isInside(one, other)))) {
        return program;
      }
    }
  }
  return undefined;
}

/** The environment that tools run in: nothing that changes what they print or load. */
export function cleanEnvironment({ platform, env, systemFolders }: Places): NodeJS.ProcessEnv {
  if (platform !== 'win32') {
    return { PATH: (systemFolders ?? SYSTEM_FOLDERS).join(':'), LC_ALL: 'C', LANG: 'C' };
  }
  const root = systemRoot(env);
  return {
    SystemRoot: root,
    windir: root,
    SystemDrive: root.slice(0, 2),
    PATH: system32(env),
    ...(env['TEMP'] === undefined ? {} : { TEMP: env['TEMP'], TMP: env['TEMP'] }),
  };
}

/**
 * The user's own environment, for programs that need it (ssh its agent, kubectl its plugins), without
 * what finds programs in distrusted folders or is VS Code's own.
 */
export async function userEnvironment(places: Places): Promise<NodeJS.ProcessEnv> {
  const distrusted = await Promise.all(places.distrusted.map(realOrSame));
  const paths = places.platform === 'win32' ? path.win32 : path.posix;
  const folders: string[] = [];
  for (const folder of (places.env['PATH'] ?? places.env['Path'] ?? '').split(paths.delimiter)) {
    if (paths.isAbsolute(folder)) {
      const real = [folder, await realOrSame(folder)];
      if (!real.some(one => distrusted.some(other => isInside(one, other)))) folders.push(folder);
    }
  }
  const kept = Object.entries(places.env).filter(
    ([name]) => !/^(?:PATH|NODE_OPTIONS|ELECTRON_.*|VSCODE_.*)$/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: folders.join(paths.delimiter),
    LC_ALL: 'C',
    LANG: 'C',
  };
}

/** The folder that tools run in. */
export function neutralFolder({ platform, env }: Places): string {
  return platform === 'win32' ? system32(env) : '/';
}

function system32(env: Places['env']): string {
  return path.win32.join(systemRoot(env), 'System32');
}

function systemRoot(env: Places['env']): string {
  const root = env['SystemRoot'] ?? '';
  return /^[A-Za-z]:\\/.test(root) ? root : String.raw`C:\Windows`;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function realOrSame(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    return path.resolve(file);
  }
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
}
