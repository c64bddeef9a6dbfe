import { NO_ROWS, where } from '../../../index/grouping';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import type { Handshakes } from '../listening/handshakes';
import type { RuleContext } from '../ruleContext';
import { connectionsWith } from './answered';

/** What to do where SYN,ACK is known to get lost. */
export const ANSWER_PATH = say(
  'Compare the routes of both directions, and look at the firewalls between, also that of the client.',
  'general-practice',
);

/**
 * Handshakes that two hosts show at once from which on it is no chance, where no count tells whether
 * they are old.
 */
const SEVERAL = 3;

/**
 * The handshakes among rows that another host of the dump shows, too: SYN_SENT at the client, so that
 * no SYN,ACK has got there, and SYN_RECV at the server.
 */
export function lostAnswers(context: RuleContext, rows: Uint32Array): Uint32Array {
  return context.history.hosts.several
    ? context.index.onceFor(rows, lostAnswers, () => find(context, rows))
    : NO_ROWS;
}

function find(context: RuleContext, rows: Uint32Array): Uint32Array {
  const { fleet, index } = context;
  const { state, retransmits } = index.table;
  const pairs = where(rows, row => {
    const other = fleet.otherEnd(row);
    const [low, high] = [State.SynSent, State.SynReceived];
    return (
      other !== NONE &&
      ((state[row] === low && state[other] === high) ||
        (state[row] === high && state[other] === low))
    );
  });
  const counted = (row: number): number =>
    Math.min(retransmits?.[row] ?? NONE, retransmits?.[fleet.otherEnd(row)] ?? NONE);
  const untold = where(pairs, row => counted(row) === NONE);
  return untold.length >= SEVERAL && !getThrough(context, untold)
    ? where(pairs, row => counted(row) !== 0)
    : where(pairs, row => counted(row) > 0);
}

/** Whether some connections between the same addresses, to the same ports, are open or were lately. */
function getThrough({ index }: RuleContext, rows: Uint32Array): boolean {
  const { table } = index;
  const isServer = table.state[rows[0]!] === State.SynReceived;
  const ports = isServer ? table.localPort : table.remotePort;
  const wanted = new Map<number, Set<number>>();
  for (const row of rows) {
    const address = index.plainAddress(table.remoteAddress[row]!);
    const own = wanted.get(address) ?? new Set();
    wanted.set(address, own.add(ports[row]!));
  }
  return [...wanted].some(([address, own]) =>
    connectionsWith(index, address).some(row => own.has(ports[row]!)),
  );
}

/** The other handshakes of a port, of which it is not known what gets lost. */
export function withoutLostAnswers(context: RuleContext, group: Handshakes): Handshakes {
  const lost = new Set(lostAnswers(context, group.all));
  const isOther = (row: number): boolean => !lost.has(row);
  return lost.size === 0
    ? group
    : { ...group, rows: where(group.rows, isOther), all: where(group.all, isOther) };
}
