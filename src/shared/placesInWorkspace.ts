/** An address as VS Code takes one apart: nothing in it is escaped. */
export interface Address {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** The system whose rules apply to the names of local files. */
export type System = 'posix' | 'darwin' | 'win32';

/** A place in a folder of the workspace, by the names on the way to it. */
export interface Place<Folder> {
  readonly folder: Folder;
  readonly names: readonly string[];
}

/**
 * The places inside the workspace that a spelling can mean, at most one in each folder: a URI, an
 * absolute path, or a path relative to a folder. `.` and `..` are resolved before anything is
 * compared. What is returned starts from the folder itself and has no way out of it, whoever reads
 * it: a mistake made in comparing could find another file of the workspace, but none outside.
 */
export function placesInWorkspace<Folder extends Address>(
  folders: readonly Folder[],
  spelling: string,
  system: System,
): Place<Folder>[] {
  if (spelling.length > LONGEST || NUL.test(spelling)) {
    return [];
  }
  return folders.flatMap(folder => {
    const rules = rulesFor(folder, system);
    for (const base of folders) {
      const address = addressOf(spelling, base, rules);
      const names = address === null ? [] : namesWithin(folder, address, rules);
      if (names.length > 0 && names.every(name => rules.allow(name) && !hidesWayUp(name))) {
        return [{ folder, names }];
      }
    }
    return [];
  });
}

/** Longer than any path that an editor opens. */
const LONGEST = 4096;

/** Ends a path for some systems, escaped once or more often. */
const NUL = /\0|%(?:25)*00/;

/** How a system reads paths. */
interface Rules {
  readonly separator: RegExp;
  /** Equal for names of the same file. */
  readonly key: (name: string) => string;
  readonly allow: (name: string) => boolean;
  /** Whether paths can start with a drive or a server. */
  readonly drives: boolean;
}

const POSIX: Rules = { separator: /\//, key: name => name, allow: () => true, drives: false };

const DARWIN: Rules = { ...POSIX, key: name => name.normalize('NFC').toLowerCase() };

const WINDOWS: Rules = {
  separator: /[/\\]/,
  key: name => name.toLowerCase(),
  allow: name => !NOT_PLAIN_ON_WINDOWS.test(name) && !DEVICE.test(name),
  drives: true,
};

/** A stream, a wildcard, a control character, or an end that Windows leaves out. */
const NOT_PLAIN_ON_WINDOWS = /[:*?"<>|\0-\x1f]|[. ]$/;

const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

/** A folder that starts with a drive is on Windows, although the editor may be elsewhere. */
function rulesFor({ scheme, path }: Address, system: System): Rules {
  const local = scheme === 'file';
  if ((local && system === 'win32') || /^\/[a-z]:/i.test(path)) {
    return WINDOWS;
  }
  return local && system === 'darwin' ? DARWIN : POSIX;
}

/** Two letters at least: one is a drive. */
const URI = /^([a-z][a-z0-9+.-]+):(?:\/\/([^/?#]*))?(\/[^?#]*)(?:\?([^#]*))?(#[^]*)?$/i;

/** What a spelling says, seen from a folder; null if it is not an address of a file. */
function addressOf(spelling: string, base: Address, { drives }: Rules): Address | null {
  const uri = URI.exec(spelling);
  if (uri !== null) {
    return uri[5] === undefined ? unescaped(uri) : null;
  }
  const { scheme, authority, query } = base;
  const share = drives ? /^[/\\]{2}([^/\\]*)([^]*)$/.exec(spelling) : null;
  if (share !== null) {
    // The prefixes of devices, `\\?\` and `\\.\`, are servers that no folder is on.
    return { scheme, authority: share[1] ?? '', path: share[2] ?? '', query };
  }
  const absolute = drives ? /^(?:[/\\]|[a-z]:[/\\])/i : /^\//;
  const path = absolute.test(spelling) ? spelling : `${base.path}/${spelling}`;
  return { scheme, authority, path, query };
}

/** Escapes are read once, as VS Code does. */
function unescaped([
  ,
  scheme = '',
  authority = '',
  path = '',
  query = '',
]: RegExpExecArray): Address | null {
  try {
    return {
      scheme,
      authority: decodeURIComponent(authority),
      path: decodeURIComponent(path),
      query: decodeURIComponent(query),
    };
  } catch {
    return null;
  }
}

/** The names that lead from a folder to an address; none if it is not in there. */
function namesWithin(folder: Address, address: Address, rules: Rules): string[] {
  const start = resolved(folder.path, rules);
  const names = resolved(address.path, rules);
  const isInside =
    address.scheme.toLowerCase() === folder.scheme.toLowerCase() &&
    address.authority.toLowerCase() === folder.authority.toLowerCase() &&
    address.query === folder.query &&
    start.every((name, i) => rules.key(name) === rules.key(names[i] ?? ''));
  return isInside ? names.slice(start.length) : [];
}

/** The names of a path, without `.` and `..`. */
function resolved(path: string, { separator }: Rules): string[] {
  const names: string[] = [];
  for (const name of path.split(separator)) {
    if (name === '..') {
      names.pop();
    } else if (name !== '' && name !== '.') {
      names.push(name);
    }
  }
  return names;
}

/** Whether a name would lead up if it were unescaped again, or read by the rules of Windows. */
function hidesWayUp(name: string): boolean {
  let plain = name;
  let before: string;
  do {
    before = plain;
    plain = before.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  } while (plain !== before);
  return plain.split(/[/\\]/).includes('..');
}
