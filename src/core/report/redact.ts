import { hostOfFileName } from '../analysis/hostNames';
import { parseAddress } from '../knowledge/addresses';
import type { Dump, Snapshot } from '../model/dump';
import { Field, type FieldSpan } from '../model/field';
import { INTERNET_PROTOCOLS, type Protocol, protocolWord } from '../model/protocol';
import { SocketTable } from '../model/socketTable';
import { locate } from '../reading/locate';
import { Pseudonyms } from './pseudonyms';

/** Protocols whose addresses are of hosts. Those of the others are paths, names and numbers. */
const BETWEEN_HOSTS: ReadonlySet<Protocol> = new Set<Protocol>([
  ...INTERNET_PROTOCOLS,
  'networkdirect',
  'other',
]);

/** Fields that hold what is searched for addresses, or others that are looked at themselves. */
const SEARCHED: ReadonlySet<Field> = new Set([
  Field.Local,
  Field.Remote,
  Field.Detail,
  Field.Component,
]);

/** What may be an address, a host or either with a port: cut at everything else. */
const WORDS = /[\p{L}\p{N}_.:-]+/gu;
/** An endpoint of `/proc/net`: words of 32 bits in the byte order of x86 and ARM. */
const PROC_ENDPOINT = /^([\dA-Fa-f]{8}|[\dA-Fa-f]{32})(:[\dA-Fa-f]{4})$/;
const PROC_ADDRESS = /^(?:[\dA-Fa-f]{8}|[\dA-Fa-f]{32})$/;
const HARDWARE = /^[\dA-Fa-f]{2}(?:[:-][\dA-Fa-f]{2}){5}$/;
const IPV6_LETTERS = /^[\dA-Fa-f:.]+$/;
const IPV4 = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g;
const HOME = /((?:^|[^\w])(?:\/home\/|\/Users\/|\\Users\\))([^/\\\s"',;:]+)/g;
/** `web-1` and `db.corp`, not `Address` and `timer`: before a port, in a line that nobody read. */
const HOST_LIKE = /[\d.-]/;
const QUALIFIED = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}$/u;
const DATED = /^\d{4}-\d\d-\d\d/;
/** Names with a dot that are files, not hosts. */
const FILES =
  /\.(?:bin|cfg|conf|dll|dylib|exe|jar|js|log|netstat|out|php|pl|py|rb|service|sh|so|sock|socket|sys|txt)$/i;

/**
 * Takes out of dumps what tells whose they are: addresses, host names and the owners of home
 * folders get other names (see {@link Pseudonyms}). Ports, process ids and programs stay, since
 * without them a dump explains nothing. Everything that one redactor is given fits together.
 */
export class Redactor {
  private readonly names = new Pseudonyms();

  /** Stands for an address or a host name of a socket between hosts. */
  public address(printed: string): string {
    return this.names.address(printed);
  }

  /** The same dump with other addresses and hosts, for analysis and every report. */
  public dump(dump: Dump): Dump {
    const { table } = dump;
    const copy = Object.assign(Object.create(SocketTable.prototype) as SocketTable, table);
    copy.localAddress = this.column(table, table.localAddress);
    copy.remoteAddress = this.column(table, table.remoteAddress);
    return { ...dump, table: copy, snapshots: dump.snapshots.map(of => this.snapshot(of)) };
  }

  /**
   * A line of a dump. `text` is the line itself, `number` its 0-based place. Lines that nobody
   * could read may hold what cannot be told from other words: who sends one should look at it.
   */
  public line(dump: Dump, number: number, text: string): string {
    const { fields, socket } = locate(dump, number, text);
    const protocol = socket === null ? 'other' : protocolOf(dump.table, socket);
    return fields.length === 0 ? this.text(text) : this.row(text, fields, protocol);
  }

  /** Any text: everything in it that looks like an address, a host or a home folder. */
  public text(text: string): string {
    return this.search(text, true);
  }

  private snapshot(snapshot: Snapshot): Snapshot {
    const { host, source } = snapshot;
    return {
      ...snapshot,
      host: host === null ? null : this.names.host(host),
      // A file is mostly named after the machine that it is of.
      source: source === null ? null : this.names.host(hostOfFileName(source) ?? source),
    };
  }

  /** A column of pool numbers with those of the pseudonyms. */
  private column(table: SocketTable, addresses: SocketTable['localAddress']): typeof addresses {
    const { pool, length } = table;
    const hosts = new Map<number, number>();
    const others = new Map<number, number>();
    const renamed = addresses.slice();
    for (let i = 0; i < length; i++) {
      const id = addresses[i]!;
      const isHost = BETWEEN_HOSTS.has(protocolOf(table, i));
      const known = isHost ? hosts : others;
      let other = known.get(id);
      if (other === undefined) {
        const printed = pool.get(id);
        other = pool.intern(isHost ? this.address(printed) : this.path(printed));
        known.set(id, other);
      }
      renamed[i] = other;
    }
    return renamed;
  }

  /** A row, of which it is known what stands where. */
  private row(text: string, fields: readonly FieldSpan[], protocol: Protocol): string {
    let result = '';
    let done = 0;
    for (const { field, start, end } of fields) {
      if (start < done || SEARCHED.has(field)) {
        continue;
      }
      const value = text.slice(start, end);
      result += this.search(text.slice(done, start), false);
      result +=
        field !== Field.LocalAddress && field !== Field.RemoteAddress
          ? this.path(value)
          : BETWEEN_HOSTS.has(protocol)
            ? this.printed(value)
            : this.path(value);
      done = end;
    }
    return result + this.search(text.slice(done), false);
  }

  /** An address as its format prints it. */
  private printed(value: string): string {
    return PROC_ADDRESS.test(value) ? this.procAddress(value) : this.address(value);
  }

  private path(text: string): string {
    return text.replace(HOME, (_, folder: string, user: string) => folder + this.names.user(user));
  }

  /** Text of which nothing is known; `guess` says whether host names are guessed as well. */
  private search(text: string, guess: boolean): string {
    return this.path(text).replace(WORDS, (word: string, at: number, whole: string) => {
      const before = whole[at - 1];
      // `%eth0:546` is an interface with a port.
      return before === '%'
        ? word
        : before === '@' && /\S/.test(whole[at - 2] ?? ' ')
          ? this.promptHost(word)
          : this.word(word, guess);
    });
  }

  /** What stands behind the `@` of a prompt. */
  private promptHost(word: string): string {
    const end = word.search(/:|$/);
    return this.address(word.slice(0, end)) + word.slice(end);
  }

  private word(word: string, guess: boolean): string {
    const proc = PROC_ENDPOINT.exec(word);
    if (proc !== null) {
      return this.procAddress(proc[1]!) + proc[2]!;
    }
    if (HARDWARE.test(word)) {
      return this.names.hardware(word);
    }
    if (IPV6_LETTERS.test(word) && word.indexOf(':') !== word.lastIndexOf(':')) {
      return this.ipv6(word) ?? this.ipv4(word);
    }
    return this.hostAndPort(word, guess) ?? this.ipv4(word);
  }

  private ipv4(word: string): string {
    return word.replace(IPV4, address =>
      parseAddress(address) === null ? address : this.address(address),
    );
  }

  /** An IPv6 address, with or without a port behind a colon or a dot; undefined where it is none. */
  private ipv6(word: string): string | undefined {
    const cut = Math.max(word.lastIndexOf(':'), word.lastIndexOf('.'));
    const address = word.slice(0, cut);
    const isAddress = (text: string): boolean => text.includes(':') && parseAddress(text) !== null;
    // `2001:db8::5:443` may be either; net-tools prints ports so.
    if (isAddress(address) && (this.names.knowsIpv6(address) || !isAddress(word))) {
      return this.address(address) + word.slice(cut);
    }
    return isAddress(word) ? this.address(word) : undefined;
  }

  private hostAndPort(word: string, guess: boolean): string | undefined {
    for (const cut of [word.length, word.lastIndexOf(':'), word.lastIndexOf('.')]) {
      const name = word.slice(0, Math.max(0, cut));
      if (this.names.knowsHost(name) || (guess && isHostLike(name, word.slice(name.length)))) {
        return this.names.host(name) + word.slice(name.length);
      }
    }
    return undefined;
  }

  private procAddress(hex: string): string {
    const bytes = (hex.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16));
    const swapped = bytes.map((_, i) => bytes[(i & ~3) + 3 - (i & 3)]!);
    const other = this.address(printedBytes(swapped));
    const back = parseAddress(other)?.toByteArray() ?? swapped;
    return back
      .map((_, i) => back[(i & ~3) + 3 - (i & 3)]!)
      .map(byte => byte.toString(16).toUpperCase().padStart(2, '0'))
      .join('');
  }
}

function protocolOf(table: SocketTable, socket: number): Protocol {
  return protocolWord(table.protocol[socket]!).protocol;
}

/** Whether a name of an unread line is likely a host's; `rest` is what follows it in its word. */
function isHostLike(name: string, rest: string): boolean {
  if (!/\p{L}/u.test(name) || name.includes(':') || DATED.test(name) || FILES.test(name)) {
    return false;
  }
  return /^:[\w*-]+$/.test(rest)
    ? HOST_LIKE.test(name) && name !== 'v6only'
    : rest === '' && QUALIFIED.test(name);
}

function printedBytes(bytes: readonly number[]): string {
  if (bytes.length === 4) {
    return bytes.join('.');
  }
  return Array.from({ length: 8 }, (_, i) =>
    (bytes[2 * i]! * 256 + bytes[2 * i + 1]!).toString(16),
  ).join(':');
}
