import { isIpv6, parseAddress } from '../vocabulary/address';
import type { KnownNames } from './knownNames';
import { isPlainInterface, isSystemAccount } from './plainWords';
import { withoutAddresses } from './pieces';
import type { Pseudonyms } from './pseudonyms';
import { QUALIFIED } from './title';

/** How much of a text may stay. */
export const enum Search {
  /** Words stay unless they are an address or a known name: programs, services. */
  Known,
  /** Names with dots in them are hosts as well: the rest of a row. */
  Dotted,
  /** What may be a host is one: lines that nobody could read. */
  Guess,
  /** Every word goes that is not known to tell nothing: paths. */
  Strict,
  /** The same, and whatever stands before `@` is a user: titles. */
  Title,
}

/** What may be an address, a host or either with a port: cut at everything else. */
const CHUNK = /[\p{L}\p{N}_.:-]+/gu;
/** An endpoint of `/proc/net`: words of 32 bits in the byte order of x86 and ARM. */
const PROC_ENDPOINT = /^([\dA-Fa-f]{8}|[\dA-Fa-f]{32})(:[\dA-Fa-f]{4})$/;
const HARDWARE = /^[\dA-Fa-f]{1,2}(?:([:-])[\dA-Fa-f]{1,2})(?:\1[\dA-Fa-f]{1,2}){4}$/;
const IPV6_LETTERS = /^[\dA-Fa-f:.]+$/;
const LETTERS = /^\p{L}+$/u;
const OTHER_DIGITS = /[\u3002\uff0e\uff10-\uff19\uff61]/;
/** A number that a kernel gives: an address in its memory. */
const KERNEL_NUMBER = /^(?:0x)?(?=[\da-f]*\d)[\da-f]{1,16}[:,]?$/i;
const CLOCK = /\d\d:\d\d:\d\d/;
/** `web-1` and `db.corp`, not `Address` and `timer`: before a port, in a line that nobody read. */
const HOST_LIKE = /[\d.-]/;
const DATED = /^\d{4}-\d\d-\d\d/;
/** Names with a dot that are files, not hosts. */
const FILES =
  /\.(?:bin|cfg|conf|dll|dylib|exe|jar|js|log|mount|netstat|out|php|pl|py|rb|scope|service|sh|slice|so|sock|socket|sys|target|txt)$/i;
/** Names with a dot that formats give their fields: members of Velociraptor, enumerations of Python. */
const FIELDS =
  /^(?:[LR]addr\.(?:IP|Port)|AddressFamily\.AF_\w{1,20}|SocketKind\.SOCK_\w{1,20}|ConnectionStatus\.CONN_\w{1,20})$/;

/** Paths, from their first sign to a blank or what closes around them. */
const PATHS = /(?<![\p{L}\p{N}_.])[@~]?\/[^\s"',;()<>|]+|(?:\b[A-Za-z]:)?\\[^\s"',;()<>|]+/gu;

/** Changes texts piece by piece. */
export class TextRedactor {
  public constructor(
    private readonly names: Pseudonyms,
    private readonly known: KnownNames,
  ) {}

  /** A text in which paths are looked at word by word, and all else as `search` says. */
  public free(text: string, search: Search): string {
    let result = '';
    let done = 0;
    for (const { 0: path, index } of text.matchAll(PATHS)) {
      result += this.words(text.slice(done, index), search) + this.words(path, Search.Strict);
      done = index + path.length;
    }
    return result + this.words(text.slice(done), search);
  }

  /** A text without regard to paths. */
  public words(printed: string, search: Search): string {
    const strict = search === Search.Strict || search === Search.Title;
    const text = strict ? inPlainDigits(printed) : printed;
    let result = '';
    let kept = 0;
    for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
      const other =
        this.placed(chunk, text, index, search) ??
        // Words of letters alone are left to what is known of names.
        (search === Search.Guess || !LETTERS.test(chunk)
          ? this.inside(chunk, search, strict)
          : undefined);
      if (other !== undefined) {
        result += this.known.rewrite(text.slice(kept, index), strict) + other;
        kept = index + chunk.length;
      }
    }
    return result + this.known.rewrite(text.slice(kept), strict);
  }

  /** An interface or a zone. */
  public scope(name: string): string {
    return isPlainInterface(name) ? name : this.names.name('net', name);
  }

  /** The owner of a socket, a home folder or a prompt. */
  public user(name: string): string {
    const plain = unescaped(name);
    if (isSystemAccount(plain)) {
      return name;
    }
    this.known.learnUser(plain);
    return this.names.user(plain);
  }

  /** A path, a name or a number of a socket that is not between hosts. */
  public path(printed: string): string {
    return KERNEL_NUMBER.test(printed) ? printed : this.words(printed, Search.Strict);
  }

  /** What stands before a row: time stamps, the machine that a log is of, the file of a match. */
  public prefix(text: string): string {
    const words = [...text.matchAll(/\S+/g)].slice(-3);
    const [stamp, host, program] = words;
    // The time, the machine and the program of a log.
    const logged =
      program?.[0].endsWith(':') === true && CLOCK.test(stamp?.[0] ?? '') ? host : undefined;
    if (logged !== undefined) {
      this.known.learnHost(logged[0]);
    }
    return text.replace(/\S+/g, (word, at: number) =>
      at === logged?.index ? this.names.address(word) : this.path(word),
    );
  }

  /** An address in the digits of `/proc/net`. */
  public procAddress(hex: string): string {
    const bytes = (hex.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16));
    const swapped = bytes.map((_, i) => bytes[(i & ~3) + 3 - (i & 3)]!);
    const other = this.names.address(printedBytes(swapped));
    const back = parseAddress(other)?.toByteArray() ?? swapped;
    return back
      .map((_, i) => back[(i & ~3) + 3 - (i & 3)]!)
      .map(byte => byte.toString(16).toUpperCase().padStart(2, '0'))
      .join('');
  }

  /** What the signs around a chunk say that it is. */
  private placed(chunk: string, text: string, at: number, search: Search): string | undefined {
    const before = text[at - 1];
    if (before === '%') {
      // `%eth0:546` is an interface with a port; a blank before it is the end of a prompt.
      const end = chunk.search(/:|$/);
      return /\S/.test(text[at - 2] ?? ' ')
        ? this.scope(chunk.slice(0, end)) + chunk.slice(end)
        : undefined;
    }
    if (search === Search.Known || search === Search.Strict) {
      return undefined;
    }
    if (search !== Search.Title && before === '@' && /[\p{L}\p{N}]/u.test(text[at - 2] ?? ' ')) {
      const end = chunk.search(/:|$/);
      this.known.learnHost(chunk.slice(0, end));
      return this.names.address(chunk.slice(0, end)) + chunk.slice(end);
    }
    return text[at + chunk.length] === '@' &&
      /[\p{L}\p{N}]/u.test(text[at + chunk.length + 1] ?? '')
      ? this.user(chunk)
      : undefined;
  }

  /** What a chunk is as a whole; undefined where that is nothing to hide. */
  private whole(chunk: string): string | undefined {
    const colon = chunk.indexOf(':');
    if (colon === -1) {
      return HARDWARE.test(chunk) ? this.names.hardware(chunk) : undefined;
    }
    const proc = PROC_ENDPOINT.exec(chunk);
    if (proc !== null) {
      return this.procAddress(proc[1]!) + proc[2]!;
    }
    if (HARDWARE.test(chunk)) {
      return this.names.hardware(chunk);
    }
    return colon !== chunk.lastIndexOf(':') && IPV6_LETTERS.test(chunk)
      ? this.ipv6(chunk)
      : undefined;
  }

  /** An IPv6 address, with or without a port behind a colon or a dot; undefined if it is none. */
  private ipv6(chunk: string): string | undefined {
    const cut = Math.max(chunk.lastIndexOf(':'), chunk.lastIndexOf('.'));
    const address = chunk.slice(0, cut);
    // `2001:db8::5:443` may be either; net-tools prints ports so.
    if (isIpv6(address) && (this.names.knowsIpv6(address) || !isIpv6(chunk))) {
      return this.names.address(address) + chunk.slice(cut);
    }
    return isIpv6(chunk) ? this.names.address(chunk) : undefined;
  }

  private hostAndPort(chunk: string, search: Search): string | undefined {
    for (const cut of [chunk.length, chunk.lastIndexOf(':'), chunk.lastIndexOf('.')]) {
      const name = chunk.slice(0, Math.max(0, cut));
      const rest = chunk.slice(name.length);
      if (this.known.isHost(name) || isHostLike(name, rest, search)) {
        return this.names.host(name) + rest;
      }
    }
    return undefined;
  }

  /** What stands for a chunk because of what it is or holds; undefined where that is nothing. */
  private inside(chunk: string, search: Search, strict: boolean): string | undefined {
    const whole = this.whole(chunk);
    if (whole !== undefined) {
      return whole;
    }
    const mayBeHost = search === Search.Guess || search === Search.Dotted;
    const host = mayBeHost ? this.hostAndPort(chunk, search) : undefined;
    const parts =
      host ?? withoutAddresses(chunk, strict, this.names, text => this.known.rewrite(text, strict));
    // Known hosts without an address in their names are found among all other words.
    return parts === undefined || mayBeHost ? parts : (this.hostAndPort(chunk, search) ?? parts);
  }
}

/** Dots and digits of other writings as programs understand them in addresses. */
function inPlainDigits(text: string): string {
  return OTHER_DIGITS.test(text)
    ? text
        .replace(/[\u3002\uff0e\uff61]/g, '.')
        .replace(/[\uff10-\uff19]/g, digit => digit.normalize('NFKC'))
    : text;
}

/** A name without the escapes of JSON. */
export function unescaped(name: string): string {
  return name
    .replace(/\\u([\dA-Fa-f]{4})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/\\(["/])/g, '$1');
}

/** Whether a name is likely a host's; `rest` is what follows it in its chunk. */
function isHostLike(name: string, rest: string, search: Search): boolean {
  if (search !== Search.Dotted && search !== Search.Guess) {
    return false;
  }
  if (
    !/\p{L}/u.test(name) ||
    name.includes(':') ||
    DATED.test(name) ||
    FILES.test(name) ||
    FIELDS.test(name)
  ) {
    return false;
  }
  if (search === Search.Guess && /^:[\w*-]+$/.test(rest)) {
    return HOST_LIKE.test(name) && name !== 'v6only';
  }
  return /^(?::[\w*-]*)?$/.test(rest) && QUALIFIED.test(name);
}

function printedBytes(bytes: readonly number[]): string {
  if (bytes.length === 4) {
    return bytes.join('.');
  }
  return Array.from({ length: 8 }, (_, i) =>
    (bytes[2 * i]! * 256 + bytes[2 * i + 1]!).toString(16),
  ).join(':');
}
