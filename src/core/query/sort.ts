import { protocolWord } from '../vocabulary/protocol';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import type { Task } from '../model/task';
import { TIMER_NAMES } from '../vocabulary/timer';
import type { Column, Sort } from './columns';

/*
 * A million rows are sorted by the digits of a 32-bit key (stable, three passes), which is fast
 * and can be paused. Texts are keyed by their rank among the texts of the column.
 */

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const BATCH = 50_000;
/** Texts sorted in one go. */
const RUN = 5_000;

type Key = (row: number) => number;

/** Sorts rows in place; those that are equal keep their order. */
export function* sortRows(
  table: SocketTable,
  rows: Uint32Array,
  { column, descending }: Sort,
): Task<undefined> {
  // From the least to the most significant key: the sort is stable.
  for (const key of yield* keysOf(table, rows, column)) {
    yield* sortByKey(rows, key, descending);
  }
}

function* sortByKey(rows: Uint32Array, key: Key, descending: boolean): Task<undefined> {
  const size = rows.length;
  let from = rows;
  let to: Uint32Array = new Uint32Array(size);
  let fromKeys = new Uint32Array(size);
  let toKeys = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    const value = key(rows[i]!);
    fromKeys[i] = descending ? ~value : value;
    if (i % BATCH === 0) {
      yield;
    }
  }
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const places = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < size; i++) {
      const digit = (fromKeys[i]! >>> shift) & (DIGITS - 1);
      places[digit + 1]!++;
    }
    yield;
    for (let digit = 0; digit < DIGITS; digit++) {
      places[digit + 1]! += places[digit]!;
    }
    for (let i = 0; i < size; i++) {
      const digit = (fromKeys[i]! >>> shift) & (DIGITS - 1);
      const place = places[digit]!++;
      to[place] = from[i]!;
      toKeys[place] = fromKeys[i]!;
      if (i % BATCH === 0) {
        yield;
      }
    }
    [from, to] = [to, from];
    [fromKeys, toKeys] = [toKeys, fromKeys];
  }
  if (from !== rows) {
    rows.set(from);
  }
}

/** What a column is sorted by, the least significant first. */
function* keysOf(table: SocketTable, rows: Uint32Array, column: Column): Task<readonly Key[]> {
  switch (column) {
    case 'line':
      return [row => table.line[row]!];
    case 'protocol': {
      const ranks = rankTexts([...Array(256).keys()], protocolText);
      return [row => ranks.get(table.protocol[row]!) ?? 0];
    }
    case 'state':
      // Their values are in life-cycle order.
      return [row => table.state[row]!];
    case 'local': {
      const address = yield* addressRanks(table, rows, table.localAddress);
      return [numberKey(table.localPort), row => address[table.localAddress[row]!]!];
    }
    case 'remote': {
      const address = yield* addressRanks(table, rows, table.remoteAddress);
      return [numberKey(table.remotePort), row => address[table.remoteAddress[row]!]!];
    }
    case 'recvQ':
      return [numberKey(table.recvQ)];
    case 'sendQ':
      return [numberKey(table.sendQ)];
    case 'pid':
      return [numberKey(table.pid)];
    case 'process':
      return [numberKey(table.pid), yield* textKey(table, rows, table.process)];
    case 'user':
      return [yield* textKey(table, rows, table.user)];
    case 'timer': {
      const ranks = rankTexts([...TIMER_NAMES.keys()], kind => TIMER_NAMES[kind] ?? '');
      const seconds = table.timerSeconds;
      return [
        row => (seconds === undefined ? 0 : Math.min((seconds[row]! + 1) * 1000, 0xffffffff)),
        row => ranks.get(table.timer?.[row] ?? 0) ?? 0,
      ];
    }
    case 'inode':
      return [numberKey(table.inode)];
  }
}

function protocolText(id: number): string {
  try {
    return protocolWord(id).word;
  } catch {
    return '';
  }
}

/** Numbers from 0 up, "not printed" before them. */
function numberKey(column: Int32Array | Float64Array | undefined): Key {
  return column === undefined ? () => 0 : row => Math.min(column[row]! - NONE, 0xffffffff);
}

function rankTexts(ids: readonly number[], textOf: (id: number) => string): Map<number, number> {
  const sorted = ids.map(id => ({ id, text: textOf(id) }));
  sorted.sort((a, b) => compareTexts(a.text, b.text));
  return new Map(sorted.map(({ id }, rank) => [id, rank]));
}

function* textKey(
  table: SocketTable,
  rows: Uint32Array,
  column: Uint32Array | undefined,
): Task<Key> {
  if (column === undefined) {
    return () => 0;
  }
  const ids = yield* idsIn(table, rows, column);
  const texts = new Map<number, string>();
  for (const id of ids) {
    texts.set(id, table.pool.get(id).toLowerCase());
  }
  const ranks = yield* ranksOf(table, ids, (a, b) =>
    compareTexts(texts.get(a) ?? '', texts.get(b) ?? ''),
  );
  return row => ranks[column[row]!]!;
}

/** Ranks of addresses: nothing and names first, then IPv4 by number, then IPv6 by text. */
function* addressRanks(
  table: SocketTable,
  rows: Uint32Array,
  column: Uint32Array,
): Task<Uint32Array> {
  const ids = yield* idsIn(table, rows, column);
  const numbers = new Float64Array(table.pool.size);
  for (let i = 0; i < ids.length; i++) {
    numbers[ids[i]!] = addressNumber(table.pool.get(ids[i]!));
    if (i % BATCH === 0) {
      yield;
    }
  }
  return yield* ranksOf(
    table,
    ids,
    (a, b) => numbers[a]! - numbers[b]! || compareTexts(table.pool.get(a), table.pool.get(b)),
  );
}

const NAME = -1;
const IPV6 = 2 ** 32;

/** IPv4 addresses as numbers, with one number each for all names and all IPv6 addresses. */
function addressNumber(text: string): number {
  if (text.includes(':')) {
    return IPV6;
  }
  let number = 0;
  let byte = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (byte < 0) {
        return NAME;
      }
      number = number * 256 + byte;
      byte = -1;
      dots++;
    } else if (code >= 48 && code <= 57) {
      byte = Math.max(byte, 0) * 10 + code - 48;
    } else {
      return NAME;
    }
  }
  return dots === 3 && byte >= 0 ? number * 256 + byte : NAME;
}

/** The pool numbers that occur in a column, each once. */
function* idsIn(table: SocketTable, rows: Uint32Array, column: Uint32Array): Task<Uint32Array> {
  const seen = new Uint8Array(table.pool.size);
  const ids: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const id = column[rows[i]!]!;
    if (seen[id] === 0) {
      seen[id] = 1;
      ids.push(id);
    }
    if (i % BATCH === 0) {
      yield;
    }
  }
  return Uint32Array.from(ids);
}

/** By pool number, its rank: a merge sort that pauses between its runs. */
function* ranksOf(
  table: SocketTable,
  ids: Uint32Array,
  compare: (a: number, b: number) => number,
): Task<Uint32Array> {
  for (let start = 0; start < ids.length; start += RUN) {
    ids.subarray(start, start + RUN).sort(compare);
    yield;
  }
  let from = ids;
  let to: Uint32Array = new Uint32Array(ids.length);
  for (let width = RUN; width < ids.length; width *= 2) {
    let steps = 0;
    for (let start = 0; start < ids.length; start += width * 2) {
      const middle = Math.min(start + width, ids.length);
      const end = Math.min(start + width * 2, ids.length);
      let left = start;
      let right = middle;
      for (let i = start; i < end; i++) {
        const takeLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0);
        to[i] = takeLeft ? from[left++]! : from[right++]!;
        if (++steps % RUN === 0) {
          yield;
        }
      }
    }
    [from, to] = [to, from];
  }
  const ranks = new Uint32Array(table.pool.size);
  for (let rank = 0; rank < from.length; rank++) {
    ranks[from[rank]!] = rank;
  }
  return ranks;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
