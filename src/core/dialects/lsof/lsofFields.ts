import { Field } from '../../model/field';
import { NONE, type Row } from '../../model/row';
import { isDigit, isSpace, numberAt, pidAt } from '../../parsing/line';
import { endOfLine, nextLine } from '../../parsing/lines';
import type { Dialect } from '../../parsing/dialect';
import { asksOfLsof, readDeviceAt, readFd } from './lsof';
import { readOtherName, readQueue, readSocketName, readState, unescapedName } from './lsofNames';
import { readProtocolWord, type SocketType, socketTypeAt } from './lsofTypes';

/**
 * `lsof -F`, for programs to read: a field per line, its first character says which (lsof's
 * manual, OUTPUT FOR OTHER PROGRAMS). A process set begins with `p`, each of its file sets with
 * `f`; with `-F0` a NUL ends a field and a line holds a whole set. A file set that is a socket is
 * a row, and has all fields of its process. One process set is one block.
 */
export const lsofFields: Dialect = {
  id: 'lsof-fields',
  title: 'lsof -F',
  systems: [],
  commands: ['lsof'],
  best: { command: 'lsof -nP -i -Tqs -F', needs: 'root' },
  tells: { pids: 'always', queues: 'with options', timers: 'never' },
  perFile: true,

  asks: asksOfLsof,

  lettered: { L: Field.User, c: Field.Process },

  header: () => undefined,
  row: () => false,

  records: {
    mayBegin: (text, start) => text.charCodeAt(start) === P && isDigit(text.charCodeAt(start + 1)),

    *read(text, start, sink) {
      const fields = new Fields(text, start);
      if (!fields.next() || !isProcess(fields)) {
        return start;
      }
      const process = readProcess(fields);
      let heading = true;
      let end = start;
      while (fields.letter !== NONE && fields.letter !== P) {
        const setStart = fields.at;
        const found = readFileSet(fields, process, sink.row);
        if (found) {
          if (heading) {
            sink.heading(start, process.end);
            heading = false;
          }
          sink.socket(setStart, fields.done);
        } else {
          sink.row.reset();
        }
        end = fields.done;
        yield;
      }
      return heading ? start : end;
    },
  },
};

/** What a process set says of all its files; offsets in the text. */
interface Process {
  readonly pidStart: number;
  readonly pidEnd: number;
  nameStart: number;
  nameEnd: number;
  userStart: number;
  userEnd: number;
  end: number;
}

/** Walks over fields: pieces of text between line ends or NUL characters. */
class Fields {
  /** First character of the current field; NONE when the fields are over. */
  public letter: number = NONE;
  /** Where the current field's letter stands. */
  public at = 0;
  /** Where the current field's value ends. */
  public end = 0;
  /** Where the field before the current one ended. */
  public done: number;
  private upTo: number;

  public constructor(
    public readonly text: string,
    start: number,
  ) {
    this.upTo = start;
    this.done = start;
  }

  /** Goes to the next field; false at the first line that is none. */
  public next(): boolean {
    const { text } = this;
    this.done = this.end === 0 ? this.upTo : this.end;
    const start = this.upTo;
    const lineEnd = endOfLine(text, start);
    let end = start;
    while (end < lineEnd && text.charCodeAt(end) !== 0) {
      end++;
    }
    this.letter = isField(text, start, end) ? text.charCodeAt(start) : NONE;
    if (this.letter === NONE) {
      return false;
    }
    this.at = start;
    this.end = end;
    this.upTo = end + 1 < lineEnd ? end + 1 : nextLine(text, lineEnd);
    return true;
  }
}

const P = 112;
const F = 102;

function isProcess(fields: Fields): boolean {
  return fields.letter === P && pidAt(fields.text, fields.at + 1, fields.end) !== NONE;
}

function readProcess(fields: Fields): Process {
  const process: Process = {
    pidStart: fields.at + 1,
    pidEnd: fields.end,
    nameStart: NONE,
    nameEnd: NONE,
    userStart: NONE,
    userEnd: NONE,
    end: fields.end,
  };
  while (fields.next() && PROCESS_FIELDS.includes(String.fromCharCode(fields.letter))) {
    process.end = fields.end;
    const start = fields.at + 1;
    switch (fields.letter) {
      case 99: // c: the command
        process.nameStart = start;
        process.nameEnd = fields.end;
        break;
      case 76: // L: the login name, better than
      case 117: // u: the user's number
        if (process.userStart === NONE || fields.letter === 76) {
          process.userStart = start;
          process.userEnd = fields.end;
        }
        break;
      default:
    }
  }
  return process;
}

/** Process group, security context, task, task name, parent, zone; command and user. */
const PROCESS_FIELDS = 'gZKMRzcLu';

/** Reads the file set at the current field into `row`; false if it is no socket. */
function readFileSet(fields: Fields, process: Process, row: Row): boolean {
  const { text } = fields;
  const set = new FileSet(text, row);
  addOwner(text, process, row);
  const first = fields.at;
  let seen = '';
  do {
    const letter = String.fromCharCode(fields.letter);
    const isStart = fields.letter === F && fields.at !== first;
    // Without `f` a set ends where the next begins to repeat it; of `T` there are several.
    if (isStart || fields.letter === P || (letter !== 'T' && seen.includes(letter))) {
      break;
    }
    seen += letter;
    set.add(fields.letter, fields.at + 1, fields.end);
  } while (fields.next());
  return set.finish();
}

function addOwner(text: string, process: Process, row: Row): void {
  const owner = row.addOwner();
  owner.pid = pidAt(text, process.pidStart, process.pidEnd);
  owner.pidStart = process.pidStart;
  owner.pidEnd = process.pidEnd;
  row.span(Field.Pid, process.pidStart, process.pidEnd);
  if (process.nameStart !== NONE) {
    owner.nameStart = process.nameStart;
    owner.nameEnd = process.nameEnd;
    owner.name = unescapedName(text, process.nameStart, process.nameEnd);
    row.span(Field.Process, process.nameStart, process.nameEnd);
  }
  if (process.userStart !== NONE) {
    row.span(Field.User, process.userStart, process.userEnd);
  }
}

/** One file while its fields come in. */
class FileSet {
  private type: SocketType | undefined;
  private typed = false;
  private nameStart: number = NONE;
  private nameEnd: number = NONE;

  public constructor(
    private readonly text: string,
    private readonly row: Row,
  ) {}

  public add(letter: number, start: number, end: number): void {
    const { text, row } = this;
    switch (letter) {
      case F:
        readFd(text, start, end, row);
        break;
      case 116: // t
        this.typed = true;
        this.type = socketTypeAt(text, start, end);
        row.detail(Field.Detail, start, end);
        break;
      case P_UPPER:
        readProtocolWord(text, start, end, row);
        break;
      case 110: // n
        this.nameStart = start;
        this.nameEnd = end;
        break;
      case 100: // d: what DEVICE prints where it is no device number
        readDeviceAt(text, start, end, row);
        break;
      case 105: // i: inode, or the protocol again
        if (numberAt(text, start, end) !== NONE) {
          readDeviceAt(text, start, end, row);
        }
        break;
      case 84: // T
        this.addTcp(start, end);
        break;
      default:
        // The access and lock characters may be a blank.
        if (start < end && !isSpace(text.charCodeAt(start))) {
          row.detail(Field.Detail, start, end);
        }
    }
  }

  /** Makes a row of what came in; false if it is no socket. */
  public finish(): boolean {
    const { text, row, type, nameStart, nameEnd } = this;
    const named = row.has(Field.Protocol);
    if (this.typed ? type === undefined : !named) {
      return false;
    }
    if (type !== undefined) {
      row.family = type.family;
      if (!named) {
        row.protocol = type.protocol;
      }
    }
    if (nameStart === NONE || nameStart === nameEnd) {
      return true;
    }
    if (type === undefined || type.internet) {
      return readSocketName(text, nameStart, nameEnd, row);
    }
    readOtherName(text, nameStart, nameEnd, type, row);
    return true;
  }

  /** Reads `ST=LISTEN`, `QR=0`, `QS=0` and the rarer kinds of TCP information. */
  private addTcp(start: number, end: number): void {
    const { text, row } = this;
    if (text.startsWith('ST=', start)) {
      readState(text, start + 3, end, row);
    } else if (text.startsWith('QR=', start) || text.startsWith('QS=', start)) {
      readQueue(text, start, end, row);
    } else {
      row.detail(Field.Detail, start, end);
    }
  }
}

const P_UPPER = 80;

/** What may follow a field's letter. */
const enum Value {
  None,
  Number,
  Word,
  Any,
}

const VALUES: ReadonlyMap<string, Value> = new Map([
  ...Array.from('pgRuKi').map(letter => [letter, Value.Number] as const),
  ...Array.from('fatCdDFGkorsSPzZ').map(letter => [letter, Value.Word] as const),
  ...Array.from('cLMnTNl').map(letter => [letter, Value.Any] as const),
]);

/** Whether `text[start, end)` is a field: a known letter and a value of its kind. */
function isField(text: string, start: number, end: number): boolean {
  const value = start < end ? (VALUES.get(text.charAt(start)) ?? Value.None) : Value.None;
  if (value === Value.None) {
    return false;
  }
  if (text.charAt(start) === 'T') {
    return text.charCodeAt(start + 3) === 61 || text.charCodeAt(start + 2) === 61;
  }
  for (let i = start + 1; value !== Value.Any && i < end; i++) {
    const code = text.charCodeAt(i);
    // Access and lock characters may be a blank.
    if (value === Value.Number ? !isDigit(code) : isSpace(code) && end - start > 2) {
      return false;
    }
  }
  return true;
}
