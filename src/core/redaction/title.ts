/*
 * Where a program's name stands in the title of its process. Anything else there may be anything:
 * a process can write what it likes into its title.
 */

/** A title in three parts. Only the program's name may stay. */
export interface TitleParts {
  /** Signs, and the folder of the program. */
  readonly before: string;
  /** Empty where nothing is surely the name of a program. */
  readonly program: string;
  readonly rest: string;
}

/** Signs around a title: a kernel's thread, a process without arguments, a login shell. */
const SIGNS = /^[[({<"'\s\p{DI}-]*/u;
/** A path without arguments or blanks in the name of its program. Its folders may have blanks. */
const WINDOWS_PATH =
  /^(?:[A-Za-z]:)?\\(?!x[\dA-Fa-f]{2}|[0-7]{3})[^"<>|:*?/]{0,260}\.(?:exe|dll|sys)(?![\w.])/i;
/** A name with blanks, `Some Service.exe`: its first word need not be that of a program. */
const WINDOWS_NAME = /^[^\\/:@"]+\.(?:exe|com|scr)[\])}>"']?$/i;
/** The first word, up to a sign or a letter that nobody sees; lsof prints blanks as escapes. */
const FIRST_WORD =
  /^(?:[A-Za-z]:(?=[\\/]))?(?:(?!\\x[\dA-Fa-f]{2}|\\[0-7]{3}|\p{DI})[\p{L}\p{M}\p{N}_.+~/\\-])+/u;
/** What follows a user, the name of a variable, or a group of an address. */
const NO_PROGRAM = /^(?:[@=]|:[\dA-Fa-f:]|%[\p{L}\p{N}])/u;
/** `[jbd2/sda1-8]`: a thread of the kernel says behind a slash what it is for. */
const KERNEL_THREAD = /^[\w-]+(?=\/[^\s/]*\]$)/;
/** What ends in a slash; a backslash may begin an escape. */
const FOLDER = /^[^]*[/\\]/;

export function partsOf(title: string): TitleParts {
  const signs = SIGNS.exec(title)![0];
  const text = title.slice(signs.length);
  if (WINDOWS_NAME.test(text) && /\s/.test(text)) {
    return { before: '', program: '', rest: title };
  }
  const name =
    (signs.endsWith('[') ? KERNEL_THREAD.exec(text) : null)?.[0] ??
    WINDOWS_PATH.exec(text)?.[0] ??
    FIRST_WORD.exec(text)?.[0] ??
    '';
  const folder = FOLDER.exec(name)?.[0] ?? '';
  const program = name.slice(folder.length);
  const rest = text.slice(name.length);
  // A number may be an address.
  return /\s/.test(program) || !/\p{L}/u.test(program) || NO_PROGRAM.test(rest)
    ? { before: '', program: '', rest: title }
    : { before: signs + folder, program, rest };
}

/** Names that end like the programs and scripts of some system, not like a host. */
const PROGRAM =
  /\.(?:bat|bin|cgi|cmd|dll|elf|exe|jar|js|jsc|mjs|orig|out|php|pl|ps1|py|pyc|rb|real|service|sh|so|sys|ts|war|wrapped)$/i;
/** Bundles of macOS and Java: the domain stands first. */
const REVERSED = /^(?:at|ch|com|de|dev|fr|io|jp|me|net|org|uk|us)\./i;
/** The last labels of most hosts. */
const TOP_LEVEL =
  /\.(?:arpa|biz|cloud|com|corp|example|home|info|int|intern|internal|invalid|io|lan|local|localdomain|net|org|private|test)$/i;
/** A name with dots, the last label of letters: `web-1.example`. */
export const QUALIFIED = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}$/u;

/** Whether the first word of a title is more likely the qualified name of a host. */
export function isHostTitle(program: string): boolean {
  if (!QUALIFIED.test(program) || PROGRAM.test(program)) {
    return false;
  }
  // `Orders.Api` is how .NET names programs; hosts are printed in one case.
  const isOneCase = program === program.toLowerCase() || program === program.toUpperCase();
  return TOP_LEVEL.test(program) || (isOneCase && !REVERSED.test(program));
}
