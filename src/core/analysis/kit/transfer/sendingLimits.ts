import { say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import type { SocketTable } from '../../../model/socketTable';
import type { Evidence } from '../draft';
import type { RuleContext } from '../ruleContext';

/* What `ss -i` says of what held a connection up while it had data to send, since it was opened. */

/** Percent from which on a limit is worth a word. */
const LARGE = 20;

const TEXTS = {
  window: say(
    'Share of the time with data to send in which the window of the peer was the limit (`rwnd_limited`), since the connection was opened: {percent}%.',
    'iproute2-ss',
  ),
  buffer: say(
    "Share of the time with data to send in which this host's send buffer was the limit (`sndbuf_limited`), since the connection was opened: {percent}%.",
    'iproute2-ss',
  ),
};

/** The largest of these limits among some rows, each with its row, as far as they are large. */
export function sendingLimits(context: RuleContext, rows: Uint32Array): Evidence[] {
  const { limitedByWindow, limitedByBuffer } = context.index.table;
  return [
    largestLimit(context, rows, limitedByWindow, TEXTS.window),
    largestLimit(context, rows, limitedByBuffer, TEXTS.buffer),
  ].flat();
}

/** Whether a dump shows such limits, so that nobody has to look for them again. */
export function showsLimits({ limitedByWindow, limitedByBuffer }: SocketTable): boolean {
  return limitedByWindow !== undefined || limitedByBuffer !== undefined;
}

function largestLimit(
  context: RuleContext,
  rows: Uint32Array,
  percents: Float64Array | undefined,
  statement: (typeof TEXTS)['window'],
): Evidence[] {
  let most: number = NONE;
  for (const row of rows) {
    if (percents !== undefined && (most === NONE || percents[row]! > percents[most]!)) {
      most = row;
    }
  }
  const percent = most === NONE ? 0 : percents![most]!;
  return percent < LARGE
    ? []
    : [context.evidence(context.say(statement, { percent: Math.floor(percent) }), most)];
}
