import { Field } from '../model/field';
import { NONE } from '../model/row';
import type { Analysis } from './analyze';
import type { SnapshotIndex } from '../index/snapshotIndex';

/** What rows have in common with the row that was pointed at. */
export type Relation = 'connection' | 'process' | 'remote' | 'port';

/** What pointing at a field asks for. */
export function relationOf(field: Field): Relation {
  switch (field) {
    case Field.Pid:
    case Field.Process:
    case Field.Fd:
    case Field.Component:
      return 'process';
    case Field.Remote:
    case Field.RemoteAddress:
      return 'remote';
    case Field.LocalPort:
    case Field.RemotePort:
      return 'port';
    default:
      return 'connection';
  }
}

/** The index of the snapshot that row `row` is of; undefined where there is none. */
function indexOfRow(analysis: Analysis, row: number): SnapshotIndex | undefined {
  const { snapshots } = analysis.dump;
  const number = snapshots.findIndex(one => one.firstRow <= row && row < one.endRow);
  return number === -1 ? undefined : analysis.index(number);
}

/**
 * Index of the row that row `row` leads to: the other end of its connection, else the socket that
 * listens where it was accepted, or where it connects to; null where none is there.
 */
export function definitionOf(analysis: Analysis, row: number): number | null {
  const index = indexOfRow(analysis, row);
  const found = [index?.otherEnd(row), index?.listenerOf(row), index?.listenerAt(row)];
  return found.find(one => one !== undefined && one !== NONE && one !== row) ?? null;
}

/**
 * The rows of the same snapshot that stand in a relation to row `row`, itself included, ascending.
 * `remotePort` says which port is meant where the relation is one of ports.
 */
export function relatedRows(
  analysis: Analysis,
  row: number,
  relation: Relation,
  remotePort = false,
): number[] {
  const index = indexOfRow(analysis, row);
  if (index === undefined) {
    return [];
  }
  const { snapshot } = index;
  const like = sameAs(index, row, relation, remotePort);
  const rows: number[] = [];
  for (let i = snapshot.firstRow; i < snapshot.endRow; i++) {
    if (i === row || like(i)) {
      rows.push(i);
    }
  }
  return rows;
}

function sameAs(
  index: SnapshotIndex,
  row: number,
  relation: Relation,
  remotePort: boolean,
): (other: number) => boolean {
  const { table } = index;
  switch (relation) {
    case 'connection': {
      const partner = index.otherEnd(row);
      return other => other === partner;
    }
    case 'process': {
      const owner = index.owners.of(row);
      return owner === NONE ? () => false : other => index.owners.of(other) === owner;
    }
    case 'remote': {
      const address = index.plainAddress(table.remoteAddress[row] ?? 0);
      // Hidden addresses that look alike may be of two hosts.
      return other =>
        other === row ||
        (!index.isHidden(address) &&
          index.plainAddress(table.remoteAddress[other] ?? 0) === address);
    }
    case 'port': {
      const port = (remotePort ? table.remotePort[row] : table.localPort[row]) ?? NONE;
      return port <= 0
        ? () => false
        : other => table.localPort[other] === port || table.remotePort[other] === port;
    }
  }
}
