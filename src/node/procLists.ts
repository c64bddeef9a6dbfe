import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

import { PROC_COUNTERS } from '../core/capture/commands';
import { netToolsText, PROC_LISTS, procSockets } from '../core/capture/procNetTools';

/** Descriptors that are looked at together. */
const BATCH = 256;

/**
 * The sockets of this machine out of Linux's own lists, as netstat would print them; undefined
 * where there are none (another system, or /proc is hidden). Processes are looked for until the
 * time-out, in milliseconds, or `signal`.
 */
export async function readProcLists(
  timeout: number,
  folder = '/proc',
  signal?: AbortSignal,
): Promise<string | undefined> {
  const lists = await Promise.all(
    PROC_LISTS.map(async list => [list, await textOf(path.join(folder, 'net', list))] as const),
  );
  const found = lists.filter((list): list is [(typeof PROC_LISTS)[number], string] =>
    Boolean(list[1]),
  );
  if (found.length === 0) {
    return undefined;
  }
  const sockets = procSockets(Object.fromEntries(found));
  const search = new OwnerSearch(folder, Date.now() + timeout, signal);
  for (const { inode } of sockets) {
    if (inode !== null && inode > 0) {
      search.wanted.add(inode);
    }
  }
  await search.run();
  return netToolsText(sockets, search.owners, search.complete);
}

/** Linux's counters, each list below its name as `head` prints it; empty if there are none. */
export async function readProcCounters(folder = '/proc'): Promise<string> {
  const lists = await Promise.all(
    PROC_COUNTERS.map(async list => {
      const text = await textOf(path.join(folder, 'net', list));
      return text === undefined ? '' : `\n==> /proc/net/${list} <==\n${text}`;
    }),
  );
  return lists.join('');
}

/** Looks through the descriptors of all processes for sockets. */
class OwnerSearch {
  /** Inodes whose process is not known yet. */
  public readonly wanted = new Set<number>();
  public readonly owners = new Map<number, { pid: number; name: string }>();
  /** Whether every process could be looked into. */
  public complete = true;

  public constructor(
    private readonly folder: string,
    private readonly deadline: number,
    private readonly signal: AbortSignal | undefined,
  ) {}

  public async run(): Promise<void> {
    const pids = (await namesIn(this.folder)) ?? [];
    // The first process with a socket counts, like for netstat: mostly the parent.
    for (const pid of pids.map(Number).filter(Number.isInteger).sort(ascending)) {
      if (this.wanted.size === 0) {
        return;
      }
      if (Date.now() > this.deadline || this.signal?.aborted === true) {
        this.complete = false;
        return;
      }
      await this.lookInto(pid);
    }
  }

  private async lookInto(pid: number): Promise<void> {
    const folder = path.join(this.folder, String(pid), 'fd');
    const descriptors = await namesIn(folder);
    if (descriptors === undefined) {
      this.complete = false;
      return;
    }
    let name: string | undefined;
    for (let i = 0; i < descriptors.length; i += BATCH) {
      const batch = descriptors.slice(i, i + BATCH);
      const links = await Promise.all(batch.map(one => linkOf(path.join(folder, one))));
      for (const link of links) {
        const inode = Number(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? 0);
        if (this.wanted.delete(inode)) {
          name ??= await this.nameOf(pid);
          this.owners.set(inode, { pid, name });
        }
      }
    }
  }

  /** The program's name like netstat prints it: the file name that it was called by. */
  private async nameOf(pid: number): Promise<string> {
    const folder = path.join(this.folder, String(pid));
    const [called = ''] = ((await textOf(path.join(folder, 'cmdline'))) ?? '').split('\0');
    const name =
      called.slice(called.lastIndexOf('/') + 1) || (await textOf(path.join(folder, 'comm')));
    return (name ?? '').replace(/\s+/g, ' ').trim() || '?';
  }
}

/** Undefined where it may not be read; empty where the process has ended. */
async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    return await readdir(folder);
  } catch (error) {
    return isGone(error) ? [] : undefined;
  }
}

async function linkOf(file: string): Promise<string> {
  try {
    return await readlink(file);
  } catch {
    return '';
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A process that ends while it is looked at. */
function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESRCH';
}

function ascending(a: number, b: number): number {
  return a - b;
}
