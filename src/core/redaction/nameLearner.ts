import { INTERNET_PROTOCOLS, type Protocol, protocolWord } from '../vocabulary/protocol';
import type { SocketTable } from '../model/socketTable';
import type { Task } from '../model/task';
import type { KnownNames } from './knownNames';
import { isPlainWord } from './plainWords';
import { unescaped } from './redactText';

/** Protocols whose addresses are of hosts. Those of the others are paths, names and numbers. */
const BETWEEN_HOSTS: ReadonlySet<Protocol> = new Set<Protocol>([
  ...INTERNET_PROTOCOLS,
  'networkdirect',
  'other',
]);

const HOME = /(?:\/home\/|\/run\/user\/|\/Users\/|\\Users\\)([^/\\\s"',;:]+)/gi;
const USER_AT_HOST = /(?<![\w.-])([\w.-]{1,64})@([A-Za-z\d][\w.-]{0,252})/g;
/** What names a machine in text: `PSComputerName : WEB7`. */
const LABELLED_HOST =
  /\b(?:\w*computer|host|machine|server)_?name\b["']?\s*[:=]\s*["']?([\w.-]+)/gi;
/** A prompt that names its user behind the machine: `web7:~ alice$`. */
const PROMPT_USER = /^[\w.-]{1,253}:[^\s$#%>]{1,200} ([\w.-]{1,64})[$#%](?: |$)/;
/** Where `ip link` and ifconfig begin with an interface: `3: eth0@if12: <…`, `eth0: flags=4163<…`. */
const LINK = /^(?:\d{1,6}: ([^\s:@]{1,64})(?:@([^\s:]{1,64}))?: <|([^\s:]{1,64}): flags=\d)/;
/** What `ip link` says further of an interface, and names in it. */
export const LINK_LINE = /^(?:\d{1,6}: [^\s:]{1,128}: <|\s{2,12}(?:link\/|altname |alias ))/;
const LINK_NAMES = /\b(?:master|link-netns|altname|parentdev) ([^\s]{1,64})/g;
/** Rows or titles between two places at which others may have their turn. */
const STEP = 256;

/** Learns which words are names, so that they are found wherever they stand. */
export class NameLearner {
  /** Names of interfaces and network namespaces. */
  public readonly links = new Set<string>();

  public constructor(private readonly known: KnownNames) {}

  /** Learns the names that a line says to be names, to find them in other lines. */
  public learnLine(text: string): void {
    for (const [, user = '', host = ''] of text.matchAll(USER_AT_HOST)) {
      this.known.learnUser(user);
      this.learnEnd(host, true);
    }
    const user = PROMPT_USER.exec(text)?.[1];
    if (user !== undefined) {
      this.known.learnUser(user);
    }
    for (const [, host = ''] of text.matchAll(LABELLED_HOST)) {
      this.known.learnHost(host);
    }
    this.learnHomes(text);
    this.learnLinks(text);
  }

  /** Learns the names that a table shows, so that they are found wherever they stand. */
  public *learnTable(table: SocketTable): Task<void> {
    const { pool } = table;
    const end = (id: number, between: boolean): void => this.learnEnd(pool.get(id), between);
    const title = (text: string): void => this.learnTitle(text);
    yield* forEachWord(table, table.localAddress, end);
    yield* forEachWord(table, table.remoteAddress, end);
    if (table.user !== undefined) {
      yield* forEachWord(table, table.user, id => this.known.learnUser(unescaped(pool.get(id))));
    }
    yield* forEachWord(table, table.process, id => title(pool.get(id)));
    for (const names of table.components.values()) {
      names.forEach(title);
      yield;
    }
    for (const owners of table.sharedOwners.values()) {
      owners.forEach(({ process }) => title(process ?? ''));
      yield;
    }
  }

  public learnEnd(word: string, betweenHosts: boolean): void {
    if (!betweenHosts) {
      this.learnHomes(word);
    } else if (!/[:*]|^[\d.]*$/.test(word)) {
      this.known.learnHost(word);
    }
  }

  /** Learns the users and hosts of which a title says what they are. */
  private learnTitle(text: string): void {
    if (text.includes('@')) {
      for (const [, user = '', host = ''] of text.matchAll(USER_AT_HOST)) {
        this.known.learnUser(user);
        // `pts/0` and `internal-sftp` stand there as well.
        if (!host.split(/[\W_]+/).every(isPlainWord)) {
          this.known.learnHost(host);
        }
      }
    }
    this.learnHomes(text);
  }

  private learnHomes(text: string): void {
    if (!/[/\\]/.test(text)) {
      return;
    }
    for (const [, user = ''] of text.matchAll(HOME)) {
      this.known.learnUser(user);
    }
  }

  /** Learns the names of interfaces and network namespaces of a line of `ip link` or ifconfig. */
  private learnLinks(text: string): void {
    const [, name, peer, other] = LINK.exec(text) ?? [];
    const more = LINK_LINE.test(text) ? [...text.matchAll(LINK_NAMES)].map(([, one]) => one) : [];
    for (const link of [name, peer, other, ...more]) {
      if (link !== undefined) {
        this.links.add(link);
      }
    }
  }
}

/** Whether a protocol word is of sockets between hosts. */
export function isBetweenHosts(protocol: number): boolean {
  return BETWEEN_HOSTS.has(protocolWord(protocol).protocol);
}

/** Calls `take` once for each word of a column. */
function* forEachWord(
  { length, pool, protocol }: SocketTable,
  column: Uint32Array,
  take: (id: number, betweenHosts: boolean) => void,
): Task<void> {
  const seen = new Uint8Array(pool.size);
  for (let row = 0; row < length; row++) {
    const id = column[row]!;
    const between = isBetweenHosts(protocol[row]!);
    const bit = between ? 1 : 2;
    if ((seen[id]! & bit) === 0) {
      seen[id]! |= bit;
      take(id, between);
    }
    if (row % STEP === STEP - 1) {
      yield;
    }
  }
}
