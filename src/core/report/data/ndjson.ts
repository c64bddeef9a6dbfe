import { hostOfFileName } from '../../analysis/hosts/hostNames';
import { epochOf } from '../../analysis/hosts/hosts';
import { isGauge } from '../../analysis/time/counterChanges';
import { visibleJson } from '../../wording/visible';
import type { Dump } from '../../reading/dump';
import { isIncrement, isStateCount } from '../../model/counter';
import { type Cell, socketRecord } from '../../model/socketFields';

/** One text that was read. */
export interface SocketsOf {
  /** The file's name as given; `-` for standard input. */
  readonly source: string;
  readonly dump: Dump;
}

/**
 * All sockets of dumps, one JSON object a line, for databases. A socket that several processes
 * hold has the first of them in `pid` and `process`, all of them in `owners`. A row that shows a
 * socket of the same moment again, as where netstat and ss were run, is left out. The host is the one
 * that the dump names, else what the file's name says; snapshots count from 1, and so do lines.
 * `seconds` is the time since 1970, which databases need no dates to reckon with.
 */
export function* ndjsonReport(reports: Iterable<SocketsOf>): Generator<string> {
  for (const { snapshot, record, dump } of momentsOf(reports)) {
    // What all rows of a snapshot have in common is written once.
    const start = visibleJson(record).slice(0, -1);
    for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
      if (snapshot.repeats.has(row)) {
        continue;
      }
      const own = visibleJson(socketRecord(dump.table.socket(row), 'ndjson'));
      yield `${start},${own.slice(1)}\n`;
    }
  }
}

/** All counters of dumps in the same way: rows of another table, with the same first columns. */
export function* ndjsonCounters(reports: Iterable<SocketsOf>): Generator<string> {
  for (const record of counterRecords(reports)) {
    yield `${visibleJson(record)}\n`;
  }
}

/** A counter as a row. The names are a contract with other programs. */
export function* counterRecords(
  reports: Iterable<SocketsOf>,
): Generator<Readonly<Record<string, Cell>>> {
  for (const { snapshot, record } of momentsOf(reports)) {
    for (const of of snapshot.counted.filter(one => !isStateCount(one))) {
      const kind = isIncrement(of) ? 'increment' : 'sum';
      for (const counter of of.counters) {
        const { line, name, family, interface: device, value, exact, raw } = counter;
        yield {
          ...record,
          line: line + 1,
          tool: of.source.id,
          kind: isGauge(of.source, counter) ? 'gauge' : kind,
          name,
          family,
          interface: device,
          value: exact ?? value,
          raw,
        };
      }
    }
  }
}

/** The snapshots of dumps, with what a row says of the one that it is of. */
function* momentsOf(reports: Iterable<SocketsOf>) {
  for (const { source, dump } of reports) {
    const fileHost = source === '-' ? null : hostOfFileName(source);
    for (const [i, snapshot] of dump.snapshots.entries()) {
      const { time, system } = snapshot;
      const host =
        snapshot.host ?? (snapshot.source === null ? fileHost : hostOfFileName(snapshot.source));
      const moment = time === null ? null : epochOf(snapshot);
      const seconds = moment === null ? null : moment / 1000;
      yield { dump, snapshot, record: { source, host, snapshot: i + 1, time, seconds, system } };
    }
  }
}
