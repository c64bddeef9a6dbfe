import { named } from '../model/filledTables';
import { LineClass } from '../model/lineClass';
import type { Line } from '../parsing/line';
import { type ErrorMessage, errorMessageOf } from './around/errorMessage';
import { DAY } from './around/timestamps';
import type { Dump } from './dump';
import { LineReader } from './lineReader';
import { byMoment, type ByMoment } from './moments/sameMoment';
import { byStamps } from './moments/stampedMoments';

/** Different messages that are kept: a log has the same ones again and again. */
const MOST_MESSAGES = 100;

/** Reads a whole text. Never throws, whatever the text. */
export function readDump(text: string): Dump {
  const reader = new DumpReader();
  reader.readAll(text);
  return reader.finish();
}

/** Reads a dump, and puts together what is of one moment or one host. */
export class DumpReader extends LineReader {
  /** A message beside rows may have an address as well, and be nothing that can be read as one. */
  protected override sawOther(kind: LineClass, line: Line, number: number): void {
    const isText = kind === LineClass.Text || kind === LineClass.Unrecognized;
    const message =
      isText && this.messages.length < MOST_MESSAGES ? errorMessageOf(line.rest(0)) : null;
    if (message !== null && !this.messages.some(other => isAlike(other, message))) {
      this.messages.push({ ...message, line: number });
    }
  }

  /** The dump, as far as lines have been read. More may follow: then finish again. */
  public finish(): Dump {
    const { hosts, stamps } = this;
    const outputs = this.outputs();
    const snapshots = byStamps(outputs.table, outputs.snapshots, stamps.runs);
    const dump = { ...outputs, snapshots };
    return {
      ...dump,
      ...(hosts.several && dump.records.isEmpty
        ? hosts.divide(dump.table, dump.snapshots)
        : this.named(byMoment(dump.table, dump.snapshots))),
    };
  }

  /** With what process lists tell, if all is of one machine. */
  private named({ table, snapshots }: ByMoment): ByMoment {
    const { holders, names, isEmpty } = this.processes;
    const [first] = snapshots;
    const isOne = snapshots.every(
      ({ host, source }) => host === first?.host && source === first.source,
    );
    return isEmpty || !isOne
      ? { table, snapshots }
      : { table: named(table, names, holders), snapshots };
  }
}

/** Whether two messages say the same, on the same day. */
function isAlike(one: ErrorMessage, other: Omit<ErrorMessage, 'line'>): boolean {
  return (
    one.shortage === other.shortage &&
    one.program === other.program &&
    one.pid === other.pid &&
    one.port === other.port &&
    one.target === other.target &&
    one.connects === other.connects &&
    one.isUdp === other.isUdp &&
    one.end?.address === other.end?.address &&
    one.end?.port === other.end?.port &&
    dayOf(one) === dayOf(other)
  );
}

/** The day of a message, as far as it tells. */
function dayOf({ time, clock }: Omit<ErrorMessage, 'line'>): string | number | null {
  return time === null ? clock && Math.floor(clock / DAY) : time.slice(0, 10);
}
