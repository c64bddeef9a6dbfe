import { type Snapshot, tellsOnlySockets } from '../../model/snapshot';

/** A snapshot with the zone that its time is said to be of, as printed. */
export interface Zoned extends Snapshot {
  readonly zone: string | null;
}

/** Seconds that lie at most between the sockets and the counters of one moment. */
const SAME_MOMENT = 30;

/** Whether one has the sockets and the other the counters of the same machine and moment. */
export function areHalvesOfOne(above: Snapshot, below: Snapshot): boolean {
  return (
    hasRows(above) !== hasRows(below) &&
    tellsOnlySockets(above) !== tellsOnlySockets(below) &&
    above.host === below.host &&
    above.source === below.source &&
    (above.time === null ||
      below.time === null ||
      Date.parse(below.time) - Date.parse(above.time) <= SAME_MOMENT * 1000) &&
    (below.clock ?? 0) - (above.clock ?? below.clock ?? 0) <= SAME_MOMENT * 1000
  );
}

export function joined(above: Zoned, below: Zoned): Zoned {
  const rows = hasRows(above) ? above : below;
  return {
    ...rows,
    line: above.line,
    endLine: below.endLine,
    time: above.time ?? below.time,
    clock: above.clock ?? below.clock,
    zone: above.time === null ? below.zone : above.zone,
    system: rows.system ?? above.system ?? below.system,
    counted: [...above.counted, ...below.counted],
    interfaces: [...above.interfaces, ...below.interfaces],
    routes: [...above.routes, ...below.routes],
    rules: [...above.rules, ...below.rules],
  };
}

function hasRows({ firstRow, endRow }: Snapshot): boolean {
  return firstRow < endRow;
}
