/** What is known of a file or folder without following it, if it is a link. */
export interface PathState {
  /** A link is neither. */
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
}

/** Where files are; a path has an address for each step, the last one is the file's. */
export interface FileSystem<Address> {
  readonly stat: (address: Address) => Promise<PathState>;
}

/**
 * The state of a file that is reached through plain folders only; null if it is not: a link may
 * lead anywhere, and what an editor cannot tell the kind of may be one.
 */
export async function plainFileState<Address>(
  path: readonly Address[],
  { stat }: FileSystem<Address>,
): Promise<PathState | null> {
  let state: PathState | null = null;
  try {
    for (const [i, step] of path.entries()) {
      state = await stat(step);
      if (state.kind !== (i === path.length - 1 ? 'file' : 'folder')) {
        return null;
      }
    }
  } catch {
    return null;
  }
  return state;
}

/**
 * What `read` makes of a plain file; null where the file is not the same before and after that.
 *
 * An editor's file system has no way to read a file that was checked, only one by its name. So who
 * can replace a file by a link after the first check, and put it back before the second one with
 * equal size and times, still has the link followed.
 */
export async function readPlainFile<Address, T>(
  path: readonly Address[],
  files: FileSystem<Address>,
  read: (state: PathState) => Promise<T>,
): Promise<T | null> {
  const before = await plainFileState(path, files);
  if (before === null) {
    return null;
  }
  const content = await read(before);
  const after = await plainFileState(path, files);
  const isSame =
    after !== null &&
    after.size === before.size &&
    after.mtime === before.mtime &&
    after.ctime === before.ctime;
  return isSame ? content : null;
}
