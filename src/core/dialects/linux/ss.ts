import { stateWordAt } from '../../vocabulary/stateSpellings';
import { Field } from '../../model/field';
import { isTcpWord, protocolWord, protocolWordAt, protocolWordId } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { looksLikeEndpoint, readColonEndpoint } from '../../parsing/endpoint';
import type { Line } from '../../parsing/line';
import type { Dialect } from '../../parsing/dialect';
import { BACKTICK, QUESTION, STAR } from '../../vocabulary/characters';
import { readDetails, isDetailLine, isDetail } from './ssDetails';
import { namespaceIn, FILTER, onlyProtocol, onlyState } from './ssOptions';

/** Which of its first columns an `ss` header has. */
export interface SsLayout {
  readonly netid: boolean;
  readonly state: boolean;
  /** `-Q` leaves them out. */
  readonly queues: boolean;
}

const SS_WORDS: ReadonlySet<string> = new Set([
  'tcp',
  'udp',
  'raw',
  'icmp6',
  'u_str',
  'u_dgr',
  'u_seq',
  'p_raw',
  'p_dgr',
  'nl',
  'v_str',
  'v_dgr',
  'sctp',
  'dccp',
  'mptcp',
  'tipc',
  'ti_st',
  'ti_sq',
  'ti_rd',
  'ti_dg',
  'xdp',
]);

const TCP = protocolWordId('tcp');

const UDP = protocolWordId('udp');

const RAW = protocolWordId('raw');

const SCTP = protocolWordId('sctp');

/**
 * `ss` of iproute2: `[Netid] [State] Recv-Q Send-Q Local:Port Peer:Port [details]`, details on the
 * same line or on a line of their own below. Never translated.
 */
export const ss: Dialect<SsLayout> = {
  id: 'ss',
  title: 'ss',
  systems: ['linux'],
  commands: ['ss'],
  headers: [
    'Netid State',
    'Netid Recv-Q',
    'Netid Local Address:Port',
    'State Recv-Q',
    'State Local Address:Port',
    'Recv-Q Send-Q',
    'Transport Total IP',
  ],
  best: { command: 'ss -tunapoeim', needs: 'root' },
  tells: { pids: 'with options', queues: 'always', timers: 'with options' },

  asks: words => ({
    protocol: onlyProtocol(words),
    state: onlyState(words),
    some: words.some((word, i) => FILTER.test(word) && words[i + 1] !== 'all'),
    room: namespaceIn(words.join(' ')),
  }),

  header(line, layout) {
    // A mail program wrapped the header before or within its last columns.
    if (layout !== undefined && (line.is(0, 'Address:Port') || line.is(0, 'Peer'))) {
      return layout;
    }
    let i = 0;
    const netid = line.is(i, 'Netid');
    i += netid ? 1 : 0;
    const state = line.is(i, 'State');
    i += state ? 1 : 0;
    const queues = line.is(i, 'Recv-Q') && line.is(i + 1, 'Send-Q');
    i += queues ? 2 : 0;
    return i > 0 && line.is(i, 'Local') && (isPort(line, i + 1) || line.count === i + 1)
      ? { netid, state, queues }
      : undefined;
  },

  row(line, layout, row) {
    let protocol = readNetid(line, layout, row);
    if (protocol === NONE) {
      return false;
    }
    const named = protocol !== 0;
    let i = named ? 1 : 0;
    const word = i < line.count ? stateWordAt(line.text, line.wordStart(i), line.wordEnd(i)) : 0;
    if (word !== 0) {
      row.stateWord = word;
      row.span(Field.State, line.wordStart(i), line.wordEnd(i));
      i++;
    } else if (layout === undefined) {
      if (!isBareRow(line, i, named)) {
        return false;
      }
    } else if (
      layout.state &&
      layout.queues &&
      line.number(i) === NONE &&
      line.number(i + 1) !== NONE &&
      protocolWordAt(line.text, line.wordStart(i), line.wordEnd(i)) === 0
    ) {
      // A state that this program does not know yet.
      row.span(Field.State, line.wordStart(i), line.wordEnd(i));
      i++;
    }
    if (!named) {
      // One protocol asked for: no Netid. Only a UDP socket is UNCONN as a rule.
      protocol = word !== 0 && line.is(i - 1, 'UNCONN') ? UDP : TCP;
      row.impliesProtocol = protocol === UDP;
    }
    if (layout?.queues !== false) {
      row.recvQ = line.number(i);
      row.sendQ = line.number(i + 1);
      if (row.recvQ === NONE || row.sendQ === NONE) {
        return false;
      }
      row.span(Field.RecvQ, line.wordStart(i), line.wordEnd(i));
      row.span(Field.SendQ, line.wordStart(i + 1), line.wordEnd(i + 1));
      i += 2;
    }
    const next = readEndpoints(line, i, protocol, row);
    if (next === NONE) {
      return false;
    }
    row.protocol = protocol;
    if (next < line.count) {
      if (!row.has(Field.State) && !isDetail(line, next)) {
        // A row of net-tools, which has its state and owner behind the endpoints.
        return false;
      }
      readDetails(line, next, row);
    }
    return true;
  },

  continuation(line, _layout, row) {
    if (!isDetailLine(line)) {
      return false;
    }
    readDetails(line, 0, row);
    return true;
  },
};

/** `Address:Port`, perhaps glued to what follows. */
function isPort(line: Line, i: number): boolean {
  return line.text.startsWith('Address:Port', line.wordStart(i));
}

/** Reads Netid, the protocol; 0 if there is none, {@link NONE} if it is that of another tool. */
function readNetid(line: Line, layout: SsLayout | undefined, row: Row): number {
  const firstChar = line.firstChar(0);
  if (layout?.netid !== false && firstChar >= 97 && firstChar <= 122) {
    const protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
    if (protocol === 0 || !SS_WORDS.has(protocolWord(protocol).word)) {
      return NONE;
    }
    row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
    return protocol;
  }
  if (firstChar === BACKTICK && line.is(0, '`-')) {
    // An association, below its SCTP endpoint.
    return SCTP;
  }
  // A raw socket of a protocol that ss has no name for (ss.c proto_name).
  return firstChar === QUESTION && line.is(0, '???') ? RAW : 0;
}

/**
 * Whether words without any state are surely a row of `ss -H`: queues and two endpoints, and for
 * a row with Netid, which could be net-tools' as well, details that only ss prints.
 */
function isBareRow(line: Line, i: number, named: boolean): boolean {
  if (line.number(i) === NONE || line.number(i + 1) === NONE) {
    return false;
  }
  return named
    ? line.count > i + 4 && isDetail(line, i + 4)
    : looksLikeEndpoint(line, i + 2) && looksLikeEndpoint(line, i + 3);
}

/** Reads both endpoints from word `i` on; returns the index of the next word or NONE. */
function readEndpoints(line: Line, i: number, protocol: number, row: Row): number {
  const kind = protocolWord(protocol).protocol;
  if (
    isTcpWord(protocol) ||
    kind === 'udp' ||
    kind === 'raw' ||
    kind === 'icmp' ||
    kind === 'sctp' ||
    kind === 'dccp' ||
    kind === 'mptcp'
  ) {
    return readColonEndpoint(line, i, row, false) && readColonEndpoint(line, i + 1, row, true)
      ? i + 2
      : NONE;
  }
  if (kind === 'unix') {
    return readUnixEndpoints(line, i, row);
  }
  if (kind === 'vsock' && readColonEndpoint(line, i, row, false)) {
    return readColonEndpoint(line, i + 1, row, true) ? i + 2 : NONE;
  }
  // Netlink, packet and the like: names, which may hold blanks, up to a `*` for the peer.
  let peer = i + 1;
  while (peer < line.count && !(line.firstChar(peer) === STAR && line.is(peer, '*'))) {
    peer++;
  }
  if (peer >= line.count) {
    peer = i + 1;
  }
  if (peer >= line.count) {
    return NONE;
  }
  nameEndpoint(line, i, peer - 1, row, false);
  nameEndpoint(line, peer, peer, row, true);
  return peer + 1;
}

/** `path inode peer-path peer-inode`; paths may hold blanks, inodes are numbers, `*` is none. */
function readUnixEndpoints(line: Line, i: number, row: Row): number {
  let local = i;
  while (local < line.count && (local === i || line.number(local) === NONE)) {
    local++;
  }
  if (local >= line.count || line.number(local) === NONE) {
    return NONE;
  }
  let peer = local + 1;
  while (peer < line.count && (peer === local + 1 || line.number(peer) === NONE)) {
    peer++;
  }
  if (peer >= line.count || line.number(peer) === NONE) {
    return NONE;
  }
  nameEndpoint(line, i, local - 1, row, false);
  row.inode = line.number(local);
  row.span(Field.Inode, line.wordStart(local), line.wordEnd(local));
  if (!line.is(local + 1, '*')) {
    nameEndpoint(line, local + 1, peer - 1, row, true);
  } else if (line.number(peer) > 0) {
    nameEndpoint(line, peer, peer, row, true);
  }
  return peer + 1;
}

function nameEndpoint(line: Line, first: number, last: number, row: Row, remote: boolean): void {
  const start = line.wordStart(first);
  const end = line.wordEnd(last);
  row.span(remote ? Field.Remote : Field.Local, start, end);
  row.span(remote ? Field.RemoteAddress : Field.LocalAddress, start, end);
  row.hasRemote ||= remote;
}
