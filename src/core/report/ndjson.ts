import { hostOfFileName } from '../analysis/hosts/hostNames';
import { momentOf } from '../analysis/hosts/hosts';
import { visibleJson } from '../wording/visible';
import type { Dump } from '../reading/dump';
import type { Socket } from '../model/socket';

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
      const moment = momentOf(of);
      const seconds = moment === null ? null : moment / 1000;
      const snapshot = { source, host, snapshot: i + 1, time, seconds, system };
      for (let row = firstRow; row < endRow; row++) {
        yield `${visibleJson({ ...snapshot, ...columnsOf(table.socket(row)) })}\n`;
      }
    }
  }
}

function columnsOf(socket: Socket): object {
  const { local, remote, timer, owners } = socket;
  return {
    line: socket.line + 1,
    protocol: socket.protocol,
    family: socket.family,
    state: socket.state ?? socket.rawState,
    local_address: local.address,
    local_port: local.port,
    remote_address: remote?.address ?? null,
    remote_port: remote?.port ?? null,
    recv_q: socket.recvQ,
    send_q: socket.sendQ,
    pid: owners[0]?.pid ?? null,
    process: owners[0]?.process ?? null,
    owners,
    user: socket.user,
    inode: socket.inode,
    timer_seconds: timer?.seconds ?? null,
    retransmits: timer?.retransmits ?? null,
  };
}
