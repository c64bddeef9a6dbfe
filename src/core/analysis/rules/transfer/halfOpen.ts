import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import { where } from '../../../index/grouping';
import { onlyOwner } from '../../kit/remoteGroups';
import { rule } from '../../kit/rule';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { Tuples } from '../../../model/tuples';

const TEXTS = {
  title: say(
    '{program} has {connections} within this host whose other end is not in the dump',
    'rfc9293-3.5.1',
  ),
  why: say(
    'Both addresses belong to this host, but the dump has a row for only one end. Either the other end has forgotten the connection (half-open), or it is not in this dump.',
    'rfc9293-3.5.1',
  ),
  again: say(
    'Run this again. A row that is still alone is half-open, or its connection goes through address translation.',
    'ss.8',
  ),
  paired: say(
    'Of other connections to the same listener both ends are in the dump, so nothing hides them.',
    'general-practice',
  ),
  nat: say(
    'Address translation and network namespaces (containers) can also hide the other end.',
    'measured',
  ),
  race: say('The other end may have opened or closed while the tool was running.', 'measured'),
  remedy: say(
    'Keepalive or a heartbeat finds such connections; without either they stay until something is sent.',
    'rfc9293-3.8.4',
    'cloudflare-die',
  ),
};

export const halfOpen = rule({
  code: 'PAIR-3',
  id: 'half-open',
  title: label('Connection within the host with only one end'),
  needs: { states: [State.Established, State.FinWait2] },
  culprit: 'remote',
  find(context) {
    const { index } = context;
    if (!index.connections.hasLocal || !showsAllStates(index) || context.isFiltered) {
      return [];
    }
    const rows = lonelyRows(index);
    if (rows.length === 0) {
      return [];
    }
    const owner = onlyOwner(context, rows);
    const program = context.programOf(rows);
    const again = rows.filter(row => context.history.run(row) > 1);
    // Behind a listener of which no connection has both ends here, translation can explain it.
    const whole = again.length > 0 ? withWholeConnections(index) : null;
    const sure = again.filter(row => whole?.has(index.listenerAt(row)) === true);
    return [
      {
        subject: 'host',
        severity: sure.length > 0 ? 'warning' : 'info',
        confidence: sure.length > 0 ? 'medium' : 'low',
        rows,
        owner,
        describe: () => ({
          title: context.say(TEXTS.title, {
            program,
            connections: context.connections(rows.length),
          }),
          why: [context.say(TEXTS.why)],
          evidence: [
            ...(sure.length > 0 ? [context.evidence(context.say(TEXTS.paired))] : []),
            ...context.examples(sure.length > 0 ? sure : rows),
          ],
          confirm: [context.check(TEXTS.again, listState(index.system, 'ESTABLISHED'))],
          remedy: [context.say(TEXTS.remedy)],
          alternatives: [
            context.say(TEXTS.nat),
            ...(again.length > 0 ? [] : [context.say(TEXTS.race)]),
          ],
          caveats: context.caveats({ owner, time: true }),
        }),
      },
    ];
  },
});

/** `ss` without -a hides LISTEN, SYN_RECV and TIME_WAIT: then partners are missing anyhow. */
function showsAllStates(index: SnapshotIndex): boolean {
  return index.counts[State.Listen]! > 0;
}

/**
 * Rows without partner whose listener, the other end's side, is in the dump, so that its other
 * connections are, too.
 */
function lonelyRows(index: SnapshotIndex): Uint32Array {
  const isLonely = (row: number): boolean =>
    index.isHere(row) && index.otherEnd(row) === NONE && index.listenerAt(row) !== NONE;
  const established = where(index.rowsIn(State.Established), isLonely);
  const finWait2 = where(index.rowsIn(State.FinWait2), isLonely);
  const rows = new Uint32Array(established.length + finWait2.length);
  rows.set(established);
  rows.set(finWait2, established.length);
  return rows.length === 0 ? rows : withoutTranslated(index, rows);
}

/** Listeners to which some connection has both its ends in the dump. */
function withWholeConnections(index: SnapshotIndex): ReadonlySet<number> {
  const listeners = new Set<number>();
  for (const row of index.rowsIn(State.Established)) {
    if (index.isHere(row) && index.otherEnd(row) !== NONE && index.otherEnd(row) !== row) {
      listeners.add(index.listenerAt(row));
    }
  }
  return listeners;
}

/**
 * Leaves out rows that another row answers from a different address or port: REDIRECT and DNAT
 * give ends that do not mirror each other.
 */
function withoutTranslated(index: SnapshotIndex, rows: Uint32Array): Uint32Array {
  const { table, snapshot } = index;
  const wanted = new Tuples(rows.length);
  for (const row of rows) {
    wanted.add(index.plainAddress(table.localAddress[row]!), table.localPort[row]!, 0);
  }
  const answered = new Uint8Array(wanted.size);
  for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
    const remote = index.plainAddress(table.remoteAddress[row]!);
    const number = wanted.find(remote, table.remotePort[row]!, 0);
    if (number !== NONE) {
      answered[number] = 1;
    }
  }
  return where(rows, row => {
    const local = index.plainAddress(table.localAddress[row]!);
    return answered[wanted.find(local, table.localPort[row]!, 0)] === 0;
  });
}
