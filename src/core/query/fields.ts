import { stateFromAnySpelling } from '../vocabulary/stateSpellings';
import { NONE } from '../model/row';
import { TIMER_NAMES, TimerKind } from '../vocabulary/timer';
import { State, stateCode, stateName, TCP_STATES } from '../vocabulary/state';
import { fieldNamed, FILTER_FIELDS, type FilterField } from './columns';
import { ANYTHING, NOTHING, type Term, type Value } from './words';
import { type Condition, type Outcome, type FieldKind, anyOf, problem } from './condition';
import { number, column, pidIs } from './numberFields';
import {
  words,
  textTest,
  oncePerString,
  pooled,
  processMatches,
  protocolMatches,
} from './textFields';
import { eitherEnd, address, endTest, addressParts, port } from './endFields';

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
