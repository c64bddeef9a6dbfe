import { hostOfFileName } from '../analysis/hosts/hostNames';
import { epochOf } from '../analysis/hosts/hosts';
import { visibleJson } from '../wording/visible';
import type { Dump } from '../reading/dump';
import { socketRecord } from '../model/socketFields';

/** One text that was read. */
export interface SocketsOf {
  /** The file's name as given; `-` for standard input. */
  readonly source: string;
  readonly dump: Dump;
}

/**
 * All sockets of dumps, one JSON object a line, for databases. A socket that several processes
 * hold has the first of them in `pid` and `process`, all of them in `owners`. The host is the one
 * that the dump names, else what the file's name says; snapshots count from 1, and so do lines.
 * `seconds` is the time since 1970, which databases need no dates to reckon with.
 */
export function* ndjsonReport(reports: Iterable<SocketsOf>): Generator<string> {
  for (const { source, dump } of reports) {
    const { snapshots, table } = dump;
    const fileHost = source === '-' ? null : hostOfFileName(source);
    for (const [i, of] of snapshots.entries()) {
      const { firstRow, endRow, time, system } = of;
      const host = of.host ?? (of.source === null ? fileHost : hostOfFileName(of.source));
      const moment = epochOf(of);
      const seconds = moment === null ? null : moment / 1000;
      const snapshot = { source, host, snapshot: i + 1, time, seconds, system };
      for (let row = firstRow; row < endRow; row++) {
        yield `${visibleJson({ ...snapshot, ...socketRecord(table.socket(row), 'ndjson') })}\n`;
      }
    }
  }
}
