import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import { groupByInSteps, type Groups, where, whereInSteps } from '../../../index/grouping';
import { reachOf } from '../../../vocabulary/address';
import { isOfNetwork, type OneNetwork, oneNetwork } from '../oneNetwork';
import { PerSnapshot } from '../perSnapshot';
import type { RuleContext } from '../ruleContext';
import type { SnapshotIndex } from '../../../index/snapshotIndex';

/** Retransmissions of SYN,ACK from which on the ACK is not just late (7 s on Linux from two on). */
const SILENT = 2;

/** Addresses of a network from which on it is the network, and not this or that client. */
const FEWEST = 3;

/** What to do where SYN,ACK or the last ACK is lost. */
export const HANDSHAKE_PATH = say(
  'If no ACK arrives, compare the routes of both directions, and look at the firewalls between. If it arrives, look at the accept queue.',
  'general-practice',
);

/** Connections to one listening port whose handshake is not finished. */
export interface Handshakes {
  readonly port: number;
  /** Those whose SYN,ACK was sent again; all where the dump has no such count. */
  readonly rows: Uint32Array;
  /** Those that are on their way as well. */
  readonly all: Uint32Array;
}

/**
 * Unanswered handshakes by port. One that was not yet sent again is on its way as on any busy
 * port. One whose client is ESTABLISHED in this same dump has an answer: the server waits for
 * data (TCP_DEFER_ACCEPT in tcp(7)).
 */
export const handshakes = new PerSnapshot<readonly Handshakes[]>(function* (index) {
  const { localPort, retransmits } = index.table;
  const waiting = yield* whereInSteps(
    index.rowsIn(State.SynReceived),
    row => !isDeferred(index, row),
  );
  const rows = yield* whereInSteps(waiting, row => (retransmits?.[row] ?? NONE) !== 0);
  const repeated = yield* groupByInSteps(rows, row => localPort[row]!);
  const groups = yield* groupByInSteps(waiting, row => localPort[row]!);
  return Array.from(groups, ([port, all]) => ({ port, rows: repeated.of(port), all }));
});

function isDeferred(index: SnapshotIndex, row: number): boolean {
  const peer = index.otherEnd(row);
  return peer !== NONE && index.table.state[peer] === State.Established;
}

/** Handshakes whose SYN,ACK was sent again more than once. */
export function silentHandshakes({ index }: RuleContext, { rows }: Handshakes): Uint32Array {
  const { retransmits } = index.table;
  return where(rows, row => retransmits![row]! >= SILENT);
}

/** The one network that nine in ten silent handshakes of a port are of, and no connection. */
export function silentNetwork(context: RuleContext, group: Handshakes): OneNetwork | null {
  const { index } = context;
  return index.onceFor(group.rows, silentNetwork, () => {
    const found =
      index.table.retransmits === undefined
        ? null
        : oneNetwork(
            context,
            silentHandshakes(context, group),
            establishedByPort.of(index).of(group.port),
            FEWEST,
          );
    return found !== null && hasClosed(index, group, found) ? null : found;
  });
}

/** Whether connections from a network were closed by both ends a moment ago: it gets through. */
function hasClosed(index: SnapshotIndex, { port }: Handshakes, { network }: OneNetwork): boolean {
  return index
    .rowsIn(State.TimeWait)
    .some(row => index.table.localPort[row] === port && isOfNetwork(index, row, network));
}

/**
 * The same where it is private: the way back to it is broken. Public addresses are forged, too, and
 * clients from anywhere get lost.
 */
export function failedNetwork(context: RuleContext, group: Handshakes): OneNetwork | null {
  const found = silentNetwork(context, group);
  return found !== null && reachOf(context.remotes(found.rows).whole) === 'private' ? found : null;
}

/** ESTABLISHED connections by their local port. */
export const establishedByPort = new PerSnapshot<Groups>(function* (index) {
  return yield* groupByInSteps(index.rowsIn(State.Established), row => index.table.localPort[row]!);
});
