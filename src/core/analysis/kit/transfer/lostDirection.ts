import { say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { NONE } from '../../../model/row';
import { retransmittedFor } from '../../../knowledge/retransmission';
import { State } from '../../../vocabulary/state';
import { closerOf } from '../closer';
import type { RuleContext } from '../ruleContext';

const TEXTS = {
  back: say(
    'Both ends are in this dump: more has arrived at the other end than is acknowledged here. Most likely the acknowledgments are lost on the way back.',
    'ss.8',
    'measured',
  ),
  there: say(
    'Both ends are in this dump: no more has arrived in order at the other end than is acknowledged here. Most likely what is sent is lost on the way there.',
    'ss.8',
    'measured',
  ),
  open: say(
    'At the other end, {program} has {connections} in ESTABLISHED, with {unread} to read and {unsent} unacknowledged. So that host is up, and the path between drops packets.',
    'linux-tcp-diag',
    'rfc9293-3.5.1',
  ),
  perhaps: say(
    'At the other end, {program} has {connections} in ESTABLISHED, with {unread} to read and {unsent} unacknowledged. If that was listed at the same time or later, that host is up, and the path between drops packets.',
    'linux-tcp-diag',
    'rfc9293-3.5.1',
  ),
};

/**
 * What the other ends of some rows show, which send again and get no answer: which way is lost, or
 * that the connections are still open there; null where the dump does not have them of that time.
 */
export function otherEndShows(context: RuleContext, rows: Uint32Array): Text | null {
  return lostDirection(context, rows) ?? stillOpen(context, rows);
}

/**
 * Which way some rows lose what they send again, where the dump has the other end of each; null
 * where it does not show that.
 */
function lostDirection(context: RuleContext, rows: Uint32Array): Text | null {
  const { bytesAcked, bytesReceived } = context.index.table;
  if (bytesAcked === undefined || bytesReceived === undefined) {
    return null;
  }
  let back = 0;
  let there = 0;
  for (const row of rows) {
    const other = context.otherEnd(row);
    const acked = bytesAcked[row]!;
    const received = other === NONE ? NONE : bytesReceived[other]!;
    if (acked !== NONE && received !== NONE) {
      back += received > acked ? 1 : 0;
      // Who opened the connection counts its SYN as acknowledged.
      there += received === acked || received === acked - 1 ? 1 : 0;
    }
  }
  return back === rows.length
    ? context.say(TEXTS.back)
    : there === rows.length
      ? context.say(TEXTS.there)
      : null;
}

/** That all of some rows are open on another host, if it was not listed before they fell silent. */
function stillOpen(context: RuleContext, rows: Uint32Array): Text | null {
  const { fleet, history, index } = context;
  const { recvQ, retransmits, sendQ, state } = index.table;
  let isUntimed = false;
  let unread = 0;
  let unsent = 0;
  for (const row of rows) {
    const other = fleet.otherEnd(row);
    if (other === NONE || state[other] !== State.Established) {
      return null;
    }
    const { number } = context.indexOf(other);
    const before = history.secondsBetween(number, index.number) ?? 0;
    if (before > retransmittedFor(retransmits?.[row] ?? 0)) {
      return null;
    }
    isUntimed ||= history.secondsBetweenHosts(number, index.number) === null;
    unread += Math.max(0, recvQ[other]!);
    unsent += Math.max(0, sendQ[other]!);
  }
  return context.say(isUntimed ? TEXTS.perhaps : TEXTS.open, {
    program: closerOf(context, rows),
    connections: context.connections(rows.length),
    unread: context.bytes(unread),
    unsent: context.bytes(unsent),
  });
}
