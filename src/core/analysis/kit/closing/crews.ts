import { baseName } from '../../../knowledge/children';
import { pick, type Part } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NONE } from '../../../model/row';
import { Tuples } from '../../../model/tuples';

/** How many crews of a host are judged. */
const MOST = 20;

/** Processes of one name that do the same: serve one port, or are clients of one server. */
export interface Crew {
  readonly name: string;
  readonly end: 'server' | 'client';
  /** The port that is served here, or that of the server. */
  readonly port: number;
  readonly processes: number;
  /** In the order of their processes. */
  readonly rows: Uint32Array;
}

/**
 * The largest crews of so many processes among owners with some of their rows. Programs that only
 * share a name (`java`) are told apart by what they serve, or whose clients they are.
 */
export function crewsOf(index: SnapshotIndex, parts: readonly Part[], least: number): Crew[] {
  if (parts.length < least) {
    return [];
  }
  const { canonical, table } = index;
  const names = new Map<string, number>();
  const rows = new Uint32Array(parts.reduce((sum, [, own]) => sum + own.length, 0));
  const numbers = new Int32Array(rows.length).fill(NONE);
  const crews = new Tuples();
  const processes: number[] = [];
  const newest: number[] = [];
  let filled = 0;
  for (const [owner, own] of parts) {
    const name = baseName(index.owners.get(owner).process ?? '');
    const program = names.get(name) ?? names.size;
    names.set(name, program);
    for (const row of own) {
      const end = index.roleOf(row);
      if (name !== '' && end !== 'unknown') {
        const crew =
          end === 'server'
            ? crews.add(program, NONE, table.localPort[row]!)
            : crews.add(program, canonical[table.remoteAddress[row]!]!, table.remotePort[row]!);
        numbers[filled] = crew;
        processes[crew] = (processes[crew] ?? 0) + Number(newest[crew] !== owner);
        newest[crew] = owner;
      }
      rows[filled++] = row;
    }
  }
  const many = crews.commonest(MOST).filter(crew => processes[crew]! >= least);
  const texts = [...names.keys()];
  return pick(rows, numbers, crews, many).map((own, i) => {
    const [program, remote, port] = crews.get(many[i]!);
    return {
      name: texts[program]!,
      end: remote === NONE ? 'server' : 'client',
      port,
      processes: processes[many[i]!]!,
      rows: own,
    };
  });
}
