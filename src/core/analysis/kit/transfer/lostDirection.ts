import { say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { NONE } from '../../../model/row';
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
};

/**
 * Which way some rows lose what they send again, where the dump has the other end of each; null
 * where it does not show that.
 */
export function lostDirection(context: RuleContext, rows: Uint32Array): Text | null {
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
