import ipaddr from 'ipaddr.js';

import { plainAddress } from '../vocabulary/address';
import { stateFromAnySpelling } from '../vocabulary/stateSpellings';
import { protocolWord } from '../vocabulary/protocol';
import { NONE } from '../model/row';
import { TIMER_NAMES, TimerKind } from '../vocabulary/timer';
import type { SocketTable } from '../model/socketTable';
import { State, stateCode, stateName, TCP_STATES } from '../vocabulary/state';
import { fieldNamed, FILTER_FIELDS, type FilterField } from './columns';
import { ANYTHING, NOTHING, type Operator, type Term, type Value } from './words';

/** Whether a row is meant. */
export type Predicate = (row: number) => boolean;

/** A condition ready to be put to any table. */
export type Condition = (table: SocketTable) => Predicate;

/** What is wrong with a filter. */
export interface FilterProblem {
  readonly code:
    'field' | 'state' | 'number' | 'network' | 'value' | 'quote' | 'compare' | 'operator';
  /** The part that is meant, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** What could stand there. */
  readonly known: string;
}

type Outcome = Condition | FilterProblem;

/** Reads one value of a field. */
type Reader = (value: Value, operator: Operator) => Outcome;

interface FieldKind {
  readonly read: Reader;
  readonly comparable: boolean;
}

const FIELDS: Readonly<Record<FilterField, FieldKind>> = {
  state: { read: readState, comparable: false },
  pid: number(pidIs),
  process: words(processMatches),
  remote: address(['remote']),
  local: address(['local']),
  address: address(['local', 'remote']),
  port: port(['local', 'remote']),
  lport: port(['local']),
  rport: port(['remote']),
  recvq: number(column(table => row => table.recvQ[row]!)),
  sendq: number(column(table => row => table.sendQ[row]!)),
  protocol: words(protocolMatches),
  timer: { read: readTimer, comparable: false },
  retrans: number(column(table => row => table.retransmits?.[row] ?? NONE)),
  user: words(pooled(table => row => table.user?.[row] ?? 0)),
  inode: number(column(table => row => table.inode?.[row] ?? NONE)),
  line: number(column(table => row => table.line[row]! + 1)),
};

/** Operators of other languages. Nobody looks for such a word, and without a hint nothing is found. */
const NO_OPERATORS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  '&&',
  '||',
  '&',
  '|',
  '!',
  '=',
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '~',
  '=~',
]);

/** The condition that a term stands for. */
export function readTerm(term: Term): Outcome {
  if (term.field === null) {
    const [value] = term.values;
    if (value === undefined) {
      return () => () => true;
    }
    return value.quoted || !NO_OPERATORS.has(value.text.toLowerCase())
      ? negatable(term, freeText(value))
      : problem('operator', value, value.text);
  }
  const field = fieldNamed(term.field);
  if (field === undefined) {
    return problem('field', term, term.field, FILTER_FIELDS.join(', '));
  }
  const kind = FIELDS[field];
  if (!kind.comparable && term.operator !== ':' && !term.operator.endsWith('=')) {
    return problem('compare', term, term.field);
  }
  if (term.values.length === 0) {
    return problem('value', term, `${term.field}${term.operator}`);
  }
  const conditions: Condition[] = [];
  for (const value of term.values) {
    const outcome = kind.read(value, term.operator === '!=' ? '=' : term.operator);
    if (typeof outcome !== 'function') {
      return outcome;
    }
    conditions.push(outcome);
  }
  return negatable(term, anyOf(conditions));
}

function negatable({ negated, operator }: Term, condition: Condition): Condition {
  if (negated === (operator === '!=')) {
    return condition;
  }
  return table => {
    const meant = condition(table);
    return row => !meant(row);
  };
}

function anyOf(conditions: readonly Condition[]): Condition {
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) {
    return only;
  }
  return table => {
    const predicates = conditions.map(condition => condition(table));
    return row => predicates.some(predicate => predicate(row));
  };
}

function problem(
  code: FilterProblem['code'],
  { start, end }: { readonly start: number; readonly end: number },
  word: string,
  known = '',
): FilterProblem {
  return { code, start, end, word, known };
}

// #region States and timers

function readState(value: Value): Outcome {
  const wanted = new Uint8Array(State.Count);
  const text = value.text.toLowerCase();
  if (text === NOTHING) {
    wanted[State.None] = 1;
  } else if (text === 'unknown') {
    wanted[State.Unknown] = 1;
  } else if (text === ANYTHING) {
    wanted.fill(1, State.Unknown);
  } else {
    const exact = stateFromAnySpelling(text);
    const part = text.replaceAll('_', '-').toUpperCase();
    const states = exact === null ? TCP_STATES.filter(state => state.includes(part)) : [exact];
    if (states.length === 0) {
      return problem('state', value, value.text);
    }
    for (const state of states) {
      wanted[stateCode(state)] = 1;
    }
  }
  return ({ state }) =>
    row =>
      wanted[state[row]!] === 1;
}

function readTimer(value: Value): Outcome {
  const text = value.text.toLowerCase();
  const wanted = timerKind(text);
  if (wanted === undefined && text !== ANYTHING) {
    return problem('value', value, value.text);
  }
  return table => row => {
    const own = (table.timer?.[row] ?? TimerKind.None) as TimerKind;
    return wanted === undefined ? own !== TimerKind.None : own === wanted;
  };
}

function timerKind(text: string): TimerKind | undefined {
  if (text === NOTHING) {
    return TimerKind.None;
  }
  const kind = TIMER_NAMES.indexOf(text === 'persist' ? 'probe' : text);
  return kind > (TimerKind.None as number) ? kind : undefined;
}

// #endregion
// #region Numbers

type NumberTest = (value: number) => boolean;
type NumberField = (table: SocketTable, test: NumberTest) => Predicate;

/** A field of whole numbers: compared, spanned (`10-20`), or missing. */
function number(field: NumberField): FieldKind {
  return {
    comparable: true,
    read: (value, operator) => {
      const test = numberTest(value.text, operator);
      return test === undefined
        ? problem('number', value, value.text)
        : table => field(table, test);
    },
  };
}

function column(values: (table: SocketTable) => (row: number) => number): NumberField {
  return (table, test) => {
    const valueOf = values(table);
    return row => test(valueOf(row));
  };
}

function numberTest(text: string, operator: Operator): NumberTest | undefined {
  if (text === NOTHING) {
    return own => own === NONE;
  }
  if (text === ANYTHING) {
    return own => own !== NONE;
  }
  const span = /^(\d{0,15})(?:-|\.\.)(\d{0,15})$/.exec(text);
  if (span !== null && text.length > 1 && (operator === ':' || operator === '=')) {
    const from = Number(span[1]);
    const to = span[2] === '' ? Infinity : Number(span[2]);
    return own => own >= from && own <= to;
  }
  if (!/^\d{1,15}$/.test(text)) {
    return undefined;
  }
  const wanted = Number(text);
  switch (operator) {
    case '>':
      return own => own > wanted;
    case '>=':
      return own => own >= wanted;
    case '<':
      return own => own !== NONE && own < wanted;
    case '<=':
      return own => own !== NONE && own <= wanted;
    default:
      return own => own === wanted;
  }
}

function pidIs(table: SocketTable, test: NumberTest): Predicate {
  return row =>
    test(table.pid[row]!) ||
    (table.sharedOwners.get(row)?.some(({ pid }) => test(pid ?? NONE)) ?? false);
}

// #endregion
// #region Words

type TextTest = (text: string) => boolean;
type TextField = (table: SocketTable, test: TextTest) => Predicate;

/** A field of text: part of it with `:`, all of it with `=`. Upper and lower case are the same. */
function words(field: TextField): FieldKind {
  return {
    comparable: false,
    read: (value, operator) => {
      const test = textTest(value, operator);
      return table => field(table, test);
    },
  };
}

function textTest({ text, quoted }: Value, operator: Operator): TextTest {
  if (!quoted && text === NOTHING) {
    return own => own === '';
  }
  if (!quoted && text === ANYTHING) {
    return own => own !== '';
  }
  if (!quoted && text.includes(ANYTHING)) {
    return wildcardTest(text);
  }
  if (operator === '=') {
    return own => own === text;
  }
  const wanted = text.toLowerCase();
  return own => own.toLowerCase().includes(wanted);
}

/** A text in which each `*` stands for any characters. */
function wildcardTest(pattern: string): TextTest {
  const [first = '', ...others] = pattern.toLowerCase().split(ANYTHING);
  const last = others.pop() ?? '';
  return own => {
    const text = own.toLowerCase();
    const end = text.length - last.length;
    let at = first.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length;
    }
    return text.startsWith(first) && text.endsWith(last) && at <= end;
  };
}

/** Puts a question to each string of a table once, not once per row. */
function oncePerString(table: SocketTable, test: TextTest): (id: number) => boolean {
  const YES = 1;
  const NO = 2;
  const answers = new Uint8Array(table.pool.size);
  return id => {
    const known = answers[id];
    if (known !== 0) {
      return known === YES;
    }
    const answer = test(table.pool.get(id));
    answers[id] = answer ? YES : NO;
    return answer;
  };
}

function pooled(ids: (table: SocketTable) => (row: number) => number): TextField {
  return (table, test) => {
    const idOf = ids(table);
    const meant = oncePerString(table, test);
    return row => meant(idOf(row));
  };
}

function processMatches(table: SocketTable, test: TextTest): Predicate {
  const first = pooled(
    ({ process }) =>
      row =>
        process[row]!,
  )(table, test);
  return row =>
    first(row) ||
    (table.sharedOwners.get(row)?.some(({ process }) => test(process ?? '')) ?? false);
}

function protocolMatches(table: SocketTable, test: TextTest): Predicate {
  const answers = new Map<number, boolean>();
  return row => {
    const id = table.protocol[row]!;
    let answer = answers.get(id);
    if (answer === undefined) {
      const { word, protocol } = protocolWord(id);
      answer = test(protocol) || test(word);
      answers.set(id, answer);
    }
    return answer;
  };
}

// #endregion
// #region Addresses and ports

type End = 'local' | 'remote';

interface EndColumns {
  readonly addresses: Uint32Array;
  readonly ports: Int32Array;
  readonly services: Uint32Array | undefined;
}

function columnsOf(table: SocketTable, end: End): EndColumns {
  return end === 'local'
    ? { addresses: table.localAddress, ports: table.localPort, services: table.localService }
    : { addresses: table.remoteAddress, ports: table.remotePort, services: table.remoteService };
}

function eitherEnd(ends: readonly End[], of: (columns: EndColumns) => Predicate) {
  return (table: SocketTable): Predicate => {
    const predicates = ends.map(end => of(columnsOf(table, end)));
    const [first, second] = predicates;
    return second === undefined ? first! : row => first!(row) || second(row);
  };
}

/** A field of addresses: one, with or without port, a port alone, a network, or a part of a name. */
function address(ends: readonly End[]): FieldKind {
  return {
    comparable: false,
    read: (value, operator) => {
      const parts = addressParts(value, operator);
      if (parts === undefined) {
        return problem('network', value, value.text);
      }
      return table => eitherEnd(ends, endTest(table, parts))(table);
    },
  };
}

interface AddressParts {
  readonly test: TextTest;
  readonly port: number | null;
  /** Whether no address is written: a number may be a port, or all of the address of a Unix socket. */
  readonly alone?: boolean;
}

/** Whether an end of a row is the one that is written. */
function endTest(table: SocketTable, { test, port, alone }: AddressParts) {
  const meant = oncePerString(table, test);
  return ({ addresses, ports }: EndColumns): Predicate => {
    if (port === null) {
      return row => meant(addresses[row]!);
    }
    return alone === true
      ? row => ports[row] === port || meant(addresses[row]!)
      : row => ports[row] === port && meant(addresses[row]!);
  };
}

function addressParts(value: Value, operator: Operator): AddressParts | undefined {
  const { text, quoted } = value;
  if (!quoted && (text === NOTHING || text === ANYTHING)) {
    return { test: textTest(value, operator), port: null };
  }
  if (!quoted && text.includes('/') && /^[\da-f.:]{2,50}\/\d{0,3}$/i.test(text)) {
    const test = networkTest(text);
    return test && { test, port: null };
  }
  const only = quoted ? null : /^:?(\d{1,5})$/.exec(text);
  if (only !== null) {
    return { test: own => own === text, port: Number(only[1]), alone: true };
  }
  const bracketed = /^\[([^\]]{1,100})\](?::(\d{1,5}))?$/.exec(text);
  const colon = text.indexOf(':');
  const single = colon > 0 && colon === text.lastIndexOf(':');
  const plain = single ? /^(.{1,1000}):(\d{1,5})$/.exec(text) : null;
  const host = bracketed?.[1] ?? plain?.[1] ?? text;
  const port = bracketed?.[2] ?? plain?.[2];
  return { test: hostTest(host, value, operator), port: port === undefined ? null : Number(port) };
}

function networkTest(text: string): TextTest | undefined {
  if (!ipaddr.isValidCIDR(text)) {
    return undefined;
  }
  const [network, bits] = ipaddr.parseCIDR(text);
  return own => {
    const parsed = plainAddress(own);
    return parsed?.kind() === network.kind() && parsed.match(network, bits);
  };
}

function hostTest(host: string, value: Value, operator: Operator): TextTest {
  const wanted = plainAddress(host)?.toNormalizedString();
  if (wanted === undefined || value.quoted) {
    return textTest({ ...value, text: host, quoted: value.quoted || host === NOTHING }, operator);
  }
  return own => own === host || plainAddress(own)?.toNormalizedString() === wanted;
}

/** A field of ports: numbers like any other, or service names. */
function port(ends: readonly End[]): FieldKind {
  return {
    comparable: true,
    read: (value, operator) => {
      const test = numberTest(value.text, operator);
      if (test !== undefined) {
        return eitherEnd(
          ends,
          ({ ports }) =>
            row =>
              test(ports[row]!),
        );
      }
      if (operator !== ':' && operator !== '=') {
        return problem('number', value, value.text);
      }
      return table => {
        const meant = oncePerString(table, textTest(value, '='));
        return eitherEnd(
          ends,
          ({ services }) =>
            row =>
              meant(services?.[row] ?? 0),
        )(table);
      };
    },
  };
}

// #endregion

/** A word that may be anywhere in a row. */
function freeText(value: Value): Condition {
  const { text: word } = value;
  const wanted = word.toLowerCase();
  const contains = textTest({ ...value, quoted: value.quoted || word === NOTHING }, ':');
  const asNumber = /^\d{1,9}$/.test(word) ? Number(word) : undefined;
  const stateWanted = wanted.replaceAll('_', '-');
  const end = addressParts({ ...value, quoted: false }, ':');
  return table => {
    const { state, localPort, remotePort, process, user, localService, remoteService } = table;
    const meant = oncePerString(table, contains);
    const states = Uint8Array.from({ length: State.Count }, (_, code) =>
      (stateName(code as State)?.toLowerCase() ?? '').includes(stateWanted) ? 1 : 0,
    );
    states[State.None] = 0;
    states[State.Unknown] = 0;
    const protocol = protocolMatches(table, own => own.toLowerCase() === wanted);
    const pid = pidIs(table, own => own === asNumber);
    const inProcess = processMatches(table, contains);
    const endpoint =
      end === undefined || end.port === null
        ? undefined
        : eitherEnd(['local', 'remote'], endTest(table, end))(table);
    return row =>
      states[state[row]!] === 1 ||
      meant(table.localAddress[row]!) ||
      meant(table.remoteAddress[row]!) ||
      meant(process[row]!) ||
      (asNumber !== undefined &&
        (localPort[row] === asNumber || remotePort[row] === asNumber || pid(row))) ||
      protocol(row) ||
      (user !== undefined && meant(user[row]!)) ||
      (localService !== undefined && meant(localService[row]!)) ||
      (remoteService !== undefined && meant(remoteService[row]!)) ||
      (endpoint?.(row) ?? false) ||
      (table.sharedOwners.has(row) && inProcess(row));
  };
}
