const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh']);

/** Programs that children are often started as, and that hold no connections of their own. */
const CHILDREN: ReadonlySet<string> = new Set([
  ...SHELLS,
  'sleep',
  'cat',
  'tail',
  'tee',
  'timeout',
  'xargs',
  'find',
  'sort',
  'grep',
  'sed',
  'awk',
]);

/** Programs that listen for others and hand connections over. */
const SUPERSERVERS: ReadonlySet<string> = new Set([
  'systemd',
  'init',
  'inetd',
  'xinetd',
  'launchd',
]);

/** The highest descriptor of standard input and output, at which a socket is given on purpose. */
const STANDARD = 2;

/** A process by its name, with the descriptor at which it has a socket. */
interface Having {
  readonly process: string | null;
  readonly fd: number | null;
}

/** The first word of a program's name, without what netstat adds: `nginx: worker` is nginx. */
export function baseName(name: string): string {
  return /^[^\s:/]*/.exec(name)?.[0] ?? '';
}

/** Whether a process is a shell; a login shell has a hyphen before its name. */
export function isShell({ process }: Pick<Having, 'process'>): boolean {
  return SHELLS.has(baseName((process ?? '').replace(/^-/, '')));
}

/** Whether a program is one that others start, and that holds no connections of its own. */
export function isChild({ process }: Pick<Having, 'process'>): boolean {
  return CHILDREN.has(baseName(process ?? ''));
}

/**
 * How all who have a connection most likely came by it: from a program that listens on its port
 * and has it no more, or from whoever started them; null where they may have opened it, or were
 * given it on purpose.
 */
export function inheritance<T extends Having>(
  holders: readonly Having[],
  listening: readonly T[],
): { readonly parent: T | null } | null {
  const bases = new Set(holders.map(({ process }) => baseName(process ?? '')));
  if (
    holders.length === 0 ||
    bases.has('') ||
    holders.some(({ fd }) => fd !== null && fd >= 0 && fd <= STANDARD)
  ) {
    return null;
  }
  const named = listening.filter(({ process }) => process !== null);
  const parent = named.find(({ process }) => {
    const base = baseName(process!);
    return !bases.has(base) && !SUPERSERVERS.has(base) && !CHILDREN.has(base);
  });
  const areChildren = [...bases].every(base => CHILDREN.has(base));
  if (parent !== undefined) {
    return areChildren || bases.size > 1 ? { parent } : null;
  }
  return areChildren && named.every(isChild) ? { parent: null } : null;
}
