import { Field } from '../../model/field';
import { FlowFlag, NONE, type Row } from '../../model/row';
import { type Dialect, Remark } from '../../parsing/dialect';
import { readAddress } from '../../parsing/endpoint';
import { isDigit, type Line, numberAt } from '../../parsing/line';
import { protocolWordAt, protocolWordId } from '../../vocabulary/protocol';
import { stateWordAt } from '../../vocabulary/stateSpellings';
import { say } from '../../wording/statement';
import { OPEN_BRACKET } from '../../vocabulary/characters';

/**
 * Linux's table of connections that pass its firewall or NAT: `conntrack -L` and
 * /proc/net/nf_conntrack, which prints the network protocol before. Each row has the ends of the
 * first packet, and those of its answers, which differ where addresses are translated.
 */
export const conntrack: Dialect = {
  id: 'conntrack',
  title: 'Linux conntrack -L',
  systems: ['linux'],
  commands: ['conntrack -L', 'conntrack --dump'],
  best: { command: 'conntrack -L', needs: 'root' },
  tells: { pids: 'never', queues: 'never', timers: 'never' },
  flows: true,
  // What a connection has besides its protocol and family.
  asks: words => ({
    some: words.some(word =>
      /^-(?:[dgijlmnqrsuw]|-(?:src|dst|orig|reply|any|mark|st|zone|[sd]p))/.test(word),
    ),
  }),
  stateWords: {
    FIN_WAIT: say('conntrack: one end has sent its FIN.', 'nf-conntrack-tcp'),
    SYN_SENT2: say(
      'conntrack: both ends have sent a SYN, a simultaneous open.',
      'nf-conntrack-tcp',
    ),
    NONE: say('conntrack: no packet has decided on a state yet.', 'nf-conntrack-tcp'),
  },

  header: () => undefined,

  row(line, _layout, row) {
    const source = sourceAt(line);
    return source !== NONE && readHead(line, source, row) && readTuples(line, source, row);
  },

  resembles: line => sourceAt(line) !== NONE,

  remark: line =>
    line.is(0, 'conntrack') && /^conntrack v\d/.test(line.rest(0)) ? Remark.Text : undefined,
};

/** Most words before `src=`: both protocols with their numbers, seconds and state. */
const MOST_BEFORE = 6;

/** The word with the first `src=` of a row; NONE where the line begins in another way. */
function sourceAt(line: Line): number {
  const network = line.is(0, 'ipv4') || line.is(0, 'ipv6') ? 2 : 0;
  if (line.count < network + 4 || !isDigit(line.firstChar(network + 1))) {
    return NONE;
  }
  for (let i = network + 2; i <= MOST_BEFORE && i < line.count; i++) {
    if (line.firstChar(i) === 115 && isPair(line, i, 'src=')) {
      return i;
    }
  }
  return NONE;
}

function isPair(line: Line, i: number, name: string): boolean {
  return i < line.count && line.text.startsWith(name, line.wordStart(i));
}

const OTHER = protocolWordId('other');
const ICMP6 = protocolWordId('icmp6');

/** Reads protocol and state, which stand before the word `source`. */
function readHead(line: Line, source: number, row: Row): boolean {
  const { text } = line;
  const network = line.is(0, 'ipv4') || line.is(0, 'ipv6') ? 2 : 0;
  const known = protocolWordAt(text, line.wordStart(network), line.wordEnd(network));
  row.protocol = line.is(network, 'icmpv6') ? ICMP6 : known || OTHER;
  row.span(Field.Protocol, line.wordStart(network), line.wordEnd(network));
  if (network > 0) {
    row.family = line.is(0, 'ipv4') ? 'ipv4' : 'ipv6';
  }
  for (let i = network + 2; i < source; i++) {
    if (line.number(i) !== NONE) {
      row.flowSeconds = line.number(i);
      row.detail(Field.Detail, line.wordStart(i), line.wordEnd(i));
    } else if (row.has(Field.State)) {
      return false;
    } else {
      row.span(Field.State, line.wordStart(i), line.wordEnd(i));
      row.stateWord = stateWordAt(text, line.wordStart(i), line.wordEnd(i));
    }
  }
  return true;
}

/** Reads both tuples and what is marked; the second tuple may lack where the line is cut. */
function readTuples(line: Line, source: number, row: Row): boolean {
  let tuples = 0;
  for (let i = source; i < line.count; i++) {
    if (line.firstChar(i) === OPEN_BRACKET) {
      readMark(line, i, row);
    } else if (isPair(line, i, 'src=')) {
      tuples++;
      if (tuples > 2 || !isPair(line, i + 1, 'dst=')) {
        return false;
      }
      const read = tuples === 1 ? readOriginal : readReply;
      if (!read(line, i, row)) {
        return false;
      }
    } else if (tuples === 0) {
      return false;
    }
  }
  return row.has(Field.LocalAddress) && row.has(Field.RemoteAddress);
}

/** Reads `[UNREPLIED]`, `[ASSURED]` and further marks. */
function readMark(line: Line, i: number, row: Row): void {
  if (line.is(i, '[UNREPLIED]')) {
    row.flow |= FlowFlag.Unreplied;
  } else if (line.is(i, '[ASSURED]')) {
    row.flow |= FlowFlag.Assured;
  }
  row.detail(Field.Detail, line.wordStart(i), line.wordEnd(i));
}

/** Length of `src=` and `dst=`. */
const NAME = 4;

/** Reads the tuple of the first packet, whose sender is the local end. */
function readOriginal(line: Line, i: number, row: Row): boolean {
  const { text } = line;
  for (const [word, remote] of [
    [i, false],
    [i + 1, true],
  ] as const) {
    const start = line.wordStart(word) + NAME;
    const end = line.wordEnd(word);
    if (!readAddress(text, start, end, row, remote)) {
      return false;
    }
    row.span(remote ? Field.Remote : Field.Local, start, end);
  }
  row.hasRemote = true;
  row.localPort = portAt(line, i + 2, 'sport=', Field.LocalPort, row);
  row.remotePort = portAt(line, i + 3, 'dport=', Field.RemotePort, row);
  return row.localPort <= 65_535 && row.remotePort <= 65_535;
}

/** Reads the tuple of the answers, whose sender is the remote end. */
function readReply(line: Line, i: number, row: Row): boolean {
  const { reply } = row;
  reply.remoteStart = line.wordStart(i) + NAME;
  reply.remoteEnd = line.wordEnd(i);
  reply.localStart = line.wordStart(i + 1) + NAME;
  reply.localEnd = line.wordEnd(i + 1);
  reply.remotePort = portAt(line, i + 2, 'sport=', Field.Detail, row);
  reply.localPort = portAt(line, i + 3, 'dport=', Field.Detail, row);
  // Marks a row whose flags stand before its second tuple, too.
  row.flow |= FlowFlag.Flow;
  return (
    reply.remoteStart < reply.remoteEnd &&
    reply.localStart < reply.localEnd &&
    reply.remotePort <= 65_535 &&
    reply.localPort <= 65_535
  );
}

/** The port of `sport=443`; NONE where the word is another one or it is no number. */
function portAt(line: Line, i: number, name: string, field: Field, row: Row): number {
  if (!isPair(line, i, name)) {
    return NONE;
  }
  const start = line.wordStart(i) + name.length;
  const port = numberAt(line.text, start, line.wordEnd(i));
  if (port !== NONE && field === Field.Detail) {
    row.detail(field, start, line.wordEnd(i));
  } else if (port !== NONE) {
    row.span(field, start, line.wordEnd(i));
  }
  return port;
}
