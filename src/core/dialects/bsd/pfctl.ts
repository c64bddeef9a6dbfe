import { Field } from '../../model/field';
import { FlowFlag, NONE, type Row } from '../../model/row';
import type { Dialect } from '../../parsing/dialect';
import { readAddress } from '../../parsing/endpoint';
import { type Line, numberAt } from '../../parsing/line';
import { protocolWordAt, protocolWordId } from '../../vocabulary/protocol';
import { State } from '../../vocabulary/state';
import { stateOfWord, stateWordAt } from '../../vocabulary/stateSpellings';
import { say, type Statement } from '../../wording/statement';
import {
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COLON,
  LESS,
  MINUS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
} from '../../vocabulary/characters';

/** What the two halves of a state say: that of the left end, then that of the right one. */
const STATE_WORDS: Readonly<Record<string, Statement>> = {
  'ESTABLISHED:ESTABLISHED': say(
    'pf: both ends have completed the handshake, and neither has closed.',
    'pf-print-state',
    'pf',
  ),
  'SYN_SENT:CLOSED': say('pf: the left end has sent a SYN, and pf has seen no answer.', 'pf'),
  'CLOSED:SYN_SENT': say('pf: the right end has sent a SYN, and pf has seen no answer.', 'pf'),
  'FIN_WAIT_2:FIN_WAIT_2': say(
    'pf: both ends have sent a FIN, and both FINs were acknowledged. The entry stays for a while.',
    'pf',
  ),
  'TIME_WAIT:TIME_WAIT': say(
    'pf: a reset (RST) has ended the connection. The entry stays for a while.',
    'pf',
  ),
  'SINGLE:NO_TRAFFIC': say('pf: the left end has sent one packet, and nothing came back.', 'pf'),
  'NO_TRAFFIC:SINGLE': say('pf: the right end has sent one packet, and nothing came back.', 'pf'),
  'MULTIPLE:NO_TRAFFIC': say(
    'pf: the left end has sent several packets, and nothing came back.',
    'pf',
  ),
  'NO_TRAFFIC:MULTIPLE': say(
    'pf: the right end has sent several packets, and nothing came back.',
    'pf',
  ),
  'MULTIPLE:SINGLE': say('pf: the left end has sent several packets, the right end one.', 'pf'),
  'SINGLE:MULTIPLE': say('pf: the right end has sent several packets, the left end one.', 'pf'),
  'MULTIPLE:MULTIPLE': say('pf: both ends have sent several packets.', 'pf'),
  'PROXY:SRC': say('pf: synproxy is completing the handshake with the source.', 'pf-print-state'),
  'PROXY:DST': say(
    'pf: synproxy is completing the handshake with the destination.',
    'pf-print-state',
  ),
};

/**
 * The table of states of the packet filter pf: `pfctl -ss` of OpenBSD, FreeBSD and macOS. Rows have
 * an interface, a protocol, an end, `->` or `<-` and the other end; where addresses are translated,
 * what they were before stands in parentheses.
 */
export const pfctl: Dialect = {
  id: 'pfctl',
  title: 'pfctl -ss',
  systems: ['openbsd', 'freebsd', 'macos'],
  commands: ['pfctl -ss', 'pfctl -s state', 'pfctl -s states', 'pfctl -vss', 'pfctl -vvss'],
  best: { command: 'pfctl -ss', needs: 'root' },
  tells: { pids: 'never', queues: 'never', timers: 'never' },
  flows: true,
  // Of an interface.
  asks: words => ({ some: words.includes('-i') }),
  stateWords: STATE_WORDS,

  header: () => undefined,

  row(line, _layout, row) {
    const arrow = arrowAt(line);
    return arrow !== NONE && readRow(line, arrow, row);
  },

  resembles: line => arrowAt(line) !== NONE && isProtocol(line),
};

/** The word `->` or `<-`; NONE where the line has none in its place. */
function arrowAt(line: Line): number {
  const arrow = line.firstChar(3) === OPEN_PARENTHESIS ? 4 : 3;
  const first = line.firstChar(arrow);
  return line.count > arrow + 2 &&
    ((first === MINUS && line.is(arrow, '->')) || (first === LESS && line.is(arrow, '<-')))
    ? arrow
    : NONE;
}

const OTHER = protocolWordId('other');
const ICMP6 = protocolWordId('icmp6');

/** Names of protocols (/etc/protocols) for which there is no word. */
const OTHERS: ReadonlySet<string> = new Set(['esp', 'ah', 'gre', 'pim', 'ospf', 'carp', 'vrrp']);

function protocolAt(line: Line): number {
  if (line.is(1, 'ipv6-icmp')) {
    return ICMP6;
  }
  return (
    protocolWordAt(line.text, line.wordStart(1), line.wordEnd(1)) ||
    (OTHERS.has(line.word(1)) ? OTHER : 0)
  );
}

function isProtocol(line: Line): boolean {
  return protocolAt(line) !== 0;
}

function readRow(line: Line, arrow: number, row: Row): boolean {
  row.protocol = protocolAt(line);
  if (row.protocol === 0) {
    return false;
  }
  row.span(Field.Protocol, line.wordStart(1), line.wordEnd(1));
  const behind = line.firstChar(arrow + 2) === OPEN_PARENTHESIS ? arrow + 3 : arrow + 2;
  if (line.count !== behind + 1) {
    return false;
  }
  row.hasRemote = true;
  row.flow |= FlowFlag.Flow | (line.firstChar(arrow) === LESS ? FlowFlag.Inbound : 0);
  return (
    readEnds(line, 2, arrow - 2, row, false) &&
    readEnds(line, arrow + 1, behind - arrow - 1, row, true) &&
    readState(line, behind, row)
  );
}

/** Where the parts of `192.0.2.1:443` or `2001:db8::1[443]` are. */
interface Host {
  start: number;
  end: number;
  portStart: number;
  portEnd: number;
  port: number;
}

/** Reads the end at word `i`, of `count` words: as answers carry it, and as it was before. */
function readEnds(line: Line, i: number, count: number, row: Row, remote: boolean): boolean {
  const outside = hostAt(line.text, line.wordStart(i), line.wordEnd(i));
  const inside =
    count === 1
      ? outside
      : line.lastChar(i + 1) === CLOSE_PARENTHESIS
        ? hostAt(line.text, line.wordStart(i + 1) + 1, line.wordEnd(i + 1) - 1)
        : null;
  if (outside === null || inside === null) {
    return false;
  }
  const { reply } = row;
  if (remote) {
    reply.remoteStart = outside.start;
    reply.remoteEnd = outside.end;
    reply.remotePort = outside.port;
    row.remotePort = inside.port;
  } else {
    reply.localStart = outside.start;
    reply.localEnd = outside.end;
    reply.localPort = outside.port;
    row.localPort = inside.port;
  }
  row.span(remote ? Field.Remote : Field.Local, inside.start, Math.max(inside.end, inside.portEnd));
  if (inside.port !== NONE) {
    row.span(remote ? Field.RemotePort : Field.LocalPort, inside.portStart, inside.portEnd);
  }
  return readAddress(line.text, inside.start, inside.end, row, remote);
}

/** Reads `192.0.2.1:443`, `2001:db8::1[443]`, or an address alone; null if it is neither. */
function hostAt(text: string, start: number, end: number): Host | null {
  if (text.charCodeAt(end - 1) === CLOSE_BRACKET) {
    const open = lastBefore(text, OPEN_BRACKET, start, end);
    return open === NONE ? null : hostOf(text, start, open, open + 1, end - 1);
  }
  const colon = lastBefore(text, COLON, start, end);
  const first = colon === NONE ? NONE : lastBefore(text, COLON, start, colon);
  // Of an IPv6 address without a port, the last colon is its own.
  return colon === NONE || first !== NONE
    ? { start, end, portStart: end, portEnd: end, port: NONE }
    : hostOf(text, start, colon, colon + 1, end);
}

function hostOf(
  text: string,
  start: number,
  end: number,
  portStart: number,
  portEnd: number,
): Host | null {
  const port = numberAt(text, portStart, portEnd);
  return end <= start || port > 65_535 ? null : { start, end, portStart, portEnd, port };
}

/** Where a character stands last in `text[start, end)`; NONE if it does not. */
function lastBefore(text: string, code: number, start: number, end: number): number {
  for (let at = end - 1; at >= start; at--) {
    if (text.charCodeAt(at) === code) {
      return at;
    }
  }
  return NONE;
}

/** Reads `ESTABLISHED:ESTABLISHED`, `SINGLE:NO_TRAFFIC`, `0:0`. */
function readState(line: Line, i: number, row: Row): boolean {
  const { text } = line;
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  const colon = lastBefore(text, COLON, start, end);
  if (colon <= start || colon === end - 1) {
    return false;
  }
  row.span(Field.State, start, end);
  const left = stateWordAt(text, start, colon);
  const right = stateWordAt(text, colon + 1, end);
  if (left !== 0 && left === right) {
    row.state = stateOfWord(left);
  }
  const isLeftSilent = isSilent(text, start, colon);
  if (isLeftSilent !== isSilent(text, colon + 1, end)) {
    row.flow |= FlowFlag.Unreplied;
    // The silent end has no state: the other one's is that of the connection.
    const speaking = stateOfWord(isLeftSilent ? right : left);
    if (speaking === State.SynSent) {
      row.state = speaking;
    }
  }
  return true;
}

/** Whether an end has sent nothing: `CLOSED` or `NO_TRAFFIC`. */
function isSilent(text: string, start: number, end: number): boolean {
  return (
    (end - start === 6 && text.startsWith('CLOSED', start)) ||
    (end - start === 10 && text.startsWith('NO_TRAFFIC', start))
  );
}
