import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { readSshConfig } from '../core/capture/sshConfig';
import { decodeBytes } from '../core/reading/input/encoding';
import { findProgram, type Places, userEnvironment } from './findProgram';
import { runProgram } from './runProgram';

/** Something whose sockets can be captured through a prefix. */
interface Target {
  readonly name: string;
  /** The words of the prefix. */
  readonly words: readonly string[];
}

/** As deep as ssh itself follows `Include`. */
const DEEPEST = 16;
const MOST_FILES = 200;
const MOST_BYTES = 1024 * 1024;
/** More are no list to pick from. */
const MOST_TARGETS = 1000;
/** A daemon or a cluster that does not answer at once is left out. */
const TIMEOUT_MS = 5000;

/** What lists what is running, a name on each line, and how such a one is entered. */
const LISTS = {
  docker: { args: ['ps', '--format', '{{.Names}}'], behind: [] },
  podman: { args: ['ps', '--format', '{{.Names}}'], behind: [] },
  kubectl: {
    args: [
      ...['get', 'pods', '--field-selector=status.phase=Running', '--request-timeout=4s'],
      ...['--no-headers', '-o', 'custom-columns=NAME:.metadata.name'],
    ],
    behind: ['--'],
  },
} as const;

type Lister = keyof typeof LISTS;

export const LISTERS = Object.keys(LISTS) as readonly Lister[];

/** What a program says is running; nothing where it is not installed or does not answer. */
export async function runningTargets(
  lister: Lister,
  places: Places,
  cwd: string,
  signal?: AbortSignal,
): Promise<Target[]> {
  const program = places.platform === 'win32' ? `${lister}.exe` : lister;
  const file = await findProgram(program, places);
  if (file === undefined) {
    return [];
  }
  const { args, behind } = LISTS[lister];
  const env = await userEnvironment(places);
  const limit = MOST_BYTES;
  const outcome = await runProgram(file, args, { cwd, env, timeout: TIMEOUT_MS, limit, signal });
  return outcome.kind === 'done' && outcome.status === 0
    ? decodeBytes(outcome.output)
        .text.split(/\r?\n/)
        // An option of theirs would begin with a dash.
        .filter(name => /^\w[\w.-]{0,252}$/.test(name))
        .slice(0, MOST_TARGETS)
        .map(name => ({ name, words: [lister, 'exec', name, ...behind] }))
    : [];
}

/** The hosts that a user's ssh configuration names, with its `Include`s. */
export async function sshTargets(home: string): Promise<Target[]> {
  const folder = path.join(home, '.ssh');
  const seen = new Set<string>();
  const hosts = new Set<string>();
  const read = async (file: string, depth: number): Promise<void> => {
    if (seen.has(file) || seen.size >= MOST_FILES || depth > DEEPEST) {
      return;
    }
    seen.add(file);
    const found = readSshConfig(await textOf(file));
    found.hosts.forEach(host => hosts.add(host));
    for (const include of found.includes) {
      const pattern = include.startsWith('~/') ? path.join(home, include.slice(2)) : include;
      for (const one of await filesLike(path.resolve(folder, pattern))) {
        await read(one, depth + 1);
      }
    }
  };
  await read(path.join(folder, 'config'), 0);
  return [...hosts].slice(0, MOST_TARGETS).map(name => ({ name, words: ['ssh', name] }));
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    return size > MOST_BYTES ? '' : await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

/** The files that a path names, whose last part may be a pattern: `config.d/*`. */
async function filesLike(pattern: string): Promise<string[]> {
  const folder = path.dirname(pattern);
  const last = path.basename(pattern);
  if (!/[*?]/.test(last)) {
    return [pattern];
  }
  try {
    const names = await readdir(folder);
    return names
      .filter(name => isLike(name, last) && !name.startsWith('.'))
      .sort()
      .map(name => path.join(folder, name));
  } catch {
    return [];
  }
}

/** Whether a name is like a pattern of `*` and `?`, in time that grows with both alone. */
function isLike(name: string, pattern: string): boolean {
  let at = 0;
  let from = 0;
  /** Where to go on when what follows the last `*` is not there. */
  let star = -1;
  let retried = 0;
  while (at < name.length) {
    if (from < pattern.length && pattern[from] === '*') {
      star = from++;
      retried = at;
    } else if (from < pattern.length && (pattern[from] === '?' || pattern[from] === name[at])) {
      at++;
      from++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++retried;
    } else {
      return false;
    }
  }
  return pattern.slice(from).replaceAll('*', '') === '';
}
