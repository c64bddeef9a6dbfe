import { LineClass } from '../../model/lineClass';
import { NONE } from '../../model/row';
import { Line } from '../../parsing/line';
import { COLON } from '../../vocabulary/characters';
import type {
  CounterBlock,
  CounterFormat,
  CounterSink,
  InterfaceLines,
} from '../../parsing/counterFormat';
import {
  type Columns,
  newInterface,
  sizeOf,
  withNumbers,
  wordsOf,
} from '../../parsing/interfaceFormat';

/**
 * `ip link` and `ip addr` of iproute2, with `-s` and `-s -s` or without: a line for each interface,
 * and below it heads of columns with their numbers, which differ from version to version.
 */
export const ipLink: CounterFormat = {
  id: 'ip-link',
  title: 'ip link',
  systems: ['linux'],
  lineClass: LineClass.Interface,
  commands: ['ip -s link', 'ip -s -s link', 'ip -d -s link', 'ip link', 'ip addr'],

  begin(line, sink) {
    if (!line.is(3, 'mtu') || line.number(4) === NONE || !NUMBER.test(line.word(0))) {
      return undefined;
    }
    const name = NAME.exec(line.word(1))?.[1];
    const flags = FLAGS.exec(line.word(2))?.[1];
    if (name === undefined || flags === undefined) {
      return undefined;
    }
    const link = { ...newInterface(name, sizeOf(line.word(4))), flags: flags || null };
    sink.addInterface(link);
    const block = new Block(`link ${name}`, link);
    block.readRest(line, sink);
    return block;
  },
};

const NUMBER = /^\d{1,6}:$/;
const NAME = /^([^\s:@]{1,40})(?:@[^\s:]{1,40})?:$/;
const FLAGS = /^<([A-Z\d_,-]{0,200})>$/;

/** Heads of columns; `dropped` and `errors` stand in both directions. */
const RECEIVED: Columns = {
  rx: {
    bytes: 'bytes',
    packets: 'packets',
    errors: 'errors',
    dropped: 'dropped',
    missed: 'missed',
    overrun: 'overruns',
  },
  tx: {},
};
const SENT: Columns = {
  rx: {},
  tx: {
    bytes: 'bytes',
    packets: 'packets',
    errors: 'errors',
    dropped: 'dropped',
    carrier: 'carrier',
    collsns: 'collisions',
  },
};
/** The same numbers by their kinds, with which `-s -s` goes on: `overrun` is another one here. */
const RECEIVED_ERRORS: Columns = { rx: { fifo: 'overruns', missed: 'missed' }, tx: {} };
const SENT_ERRORS: Columns = { rx: {}, tx: { fifo: 'overruns' } };

class Block implements CounterBlock {
  private heads: readonly string[] = [];
  private columns: Columns | undefined;

  public constructor(
    public readonly title: string,
    private link: InterfaceLines,
  ) {}

  public read(line: Line, sink: CounterSink): boolean {
    if (line.indent === 0) {
      return false;
    }
    const { columns } = this;
    this.columns = undefined;
    if (columns !== undefined && line.count === this.heads.length) {
      this.link = withNumbers(this.link, columns, this.heads, wordsOf(line));
      sink.addInterface(this.link, true);
      return true;
    }
    if (line.is(0, 'RX:') || line.is(0, 'TX:')) {
      this.columns = line.is(0, 'RX:') ? RECEIVED : SENT;
      this.heads = wordsOf(line, 1);
      return true;
    }
    if ((line.is(0, 'RX') || line.is(0, 'TX')) && line.is(1, 'errors:')) {
      this.columns = line.is(0, 'RX') ? RECEIVED_ERRORS : SENT_ERRORS;
      this.heads = wordsOf(line, 2);
      return true;
    }
    return DETAIL.test(line.word(0)) && line.lastChar(0) !== COLON;
  }

  /** With `-o` all lines stand in one, between backslashes. */
  public readRest({ text, start, end }: Line, sink: CounterSink): void {
    const part = new Line();
    for (let at = text.indexOf('\\', start); at >= 0 && at < end;) {
      const next = text.indexOf('\\', at + 1);
      const partEnd = next < 0 || next > end ? end : next;
      part.set(text, at + 1, partEnd);
      this.read(part, sink);
      at = next;
    }
  }
}

/** How the other lines begin: `link/ether`, `inet6`, `valid_lft`, `altname`, the name of a type. */
const DETAIL = /^[a-z][a-z\d_/.-]{1,40}$/;
