import { Field } from '../../model/field';
import { isTcpWord, protocolWordAt } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { readColonEndpoint } from '../../parsing/endpoint';
import { type Line, pidAt } from '../../parsing/line';
import { readStateWord } from '../../parsing/stateWord';
import type { Dialect } from '../../parsing/dialect';

/** That the header was seen. */
const TABLE: object = {};

const HEADER =
  'Proto Recv Q Send Q Local Address Foreign Address State World ID CC Algo World Name'.split(' ');

/** Congestion control algorithms of ESXi, the words of the `CC Algo` column. */
const ALGORITHMS = ['newreno', 'cubic'];

/**
 * `esxcli network ip connection list`. State and CC Algo are empty for UDP; a world is ESXi's
 * process, and its name may hold blanks.
 */
export const esxi: Dialect = {
  id: 'esxi',
  title: 'esxcli network ip connection list',
  systems: ['esxi'],
  commands: ['esxcli network ip connection list'],
  headers: [HEADER.join(' ')],
  best: { command: 'esxcli network ip connection list', needs: 'root' },
  tells: { pids: 'always', queues: 'always', timers: 'never' },

  header(line, layout) {
    if (line.is(0, 'Proto')) {
      return HEADER.every((word, i) => line.is(i, word)) ? TABLE : undefined;
    }
    return layout !== undefined && isRule(line) ? layout : undefined;
  },

  row(line, layout, row) {
    const protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
    const recvQ = line.number(1);
    const sendQ = line.number(2);
    if (
      protocol === 0 ||
      recvQ === NONE ||
      sendQ === NONE ||
      !readColonEndpoint(line, 3, row, false) ||
      !readColonEndpoint(line, 4, row, true)
    ) {
      return false;
    }
    const next = 5 + readState(line, protocol, row);
    // Without the header only what net-tools does not print: a world and its algorithm.
    if (line.number(next) === NONE || (layout === undefined && !isAlgorithm(line, next + 1))) {
      return false;
    }
    row.protocol = protocol;
    row.recvQ = recvQ;
    row.sendQ = sendQ;
    row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
    row.span(Field.RecvQ, line.wordStart(1), line.wordEnd(1));
    row.span(Field.SendQ, line.wordStart(2), line.wordEnd(2));
    readWorld(line, next, row);
    return true;
  },
};

function isRule(line: Line): boolean {
  for (let i = 0; i < line.count; i++) {
    for (let at = line.wordStart(i); at < line.wordEnd(i); at++) {
      if (line.text.charCodeAt(at) !== 45) {
        return false;
      }
    }
  }
  return line.count > 1;
}

/** Reads the state at word 5, if there is one; returns how many words it takes. */
function readState(line: Line, protocol: number, row: Row): number {
  const known = readStateWord(line, 5, row);
  if (known === 0 && isTcpWord(protocol) && line.number(5) === NONE && line.count > 5) {
    row.span(Field.State, line.wordStart(5), line.wordEnd(5));
    return 1;
  }
  return known;
}

/** Reads `67305 newreno hostd-IO` from word `i` on. */
function readWorld(line: Line, i: number, row: Row): void {
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  const pid = pidAt(line.text, start, end);
  if (pid === 0) {
    // A connection without a world, as in TIME_WAIT.
    row.span(Field.Pid, start, end);
    row.ownerUnknown = true;
    return;
  }
  const owner = row.addPid(pid, start, end);
  const name = isAlgorithm(line, i + 1) ? i + 2 : i + 1;
  if (name < line.count) {
    row.nameOwner(owner, line.wordStart(name), line.wordEnd(line.count - 1));
  }
}

function isAlgorithm(line: Line, i: number): boolean {
  return ALGORITHMS.some(algorithm => line.is(i, algorithm));
}
