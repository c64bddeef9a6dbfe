import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { gaugesOf, totalEvidence } from '../../kit/counting/counters';
import { rule } from '../../kit/rule';

const ESTABLISHED = ['TcpCurrEstab', 'SsTcpEstab'];

/** How far a count and a list may differ that are not of the very same instant. */
const TOLERANCE = 0.2;
const LEAST = 10;

const TEXTS = {
  title: say(
    'Counters and sockets do not agree on connections: {counted} counted, {listed} listed',
    'rfc4022',
    'measured',
  ),
  why: say(
    'The counter has connections in ESTABLISHED and CLOSE_WAIT. The list is cut off or of another moment, another network namespace, or one family of addresses.',
    'rfc4022',
    'measured',
  ),
  again: say(
    'Take both again with one command line, and do not compare them until they fit.',
    'general-practice',
  ),
};

export const listMismatch = rule({
  code: 'CT-17',
  id: 'counter-list-mismatch',
  title: label('Counters that contradict the list of sockets'),
  needs: { counters: true },
  find(context) {
    const { index, isFiltered } = context;
    const listed = index.counts[State.Established]! + index.counts[State.CloseWait]!;
    if (listed === 0 || isFiltered || index.hasFlows) {
      return [];
    }
    const name = ESTABLISHED.find(one => gaugesOf(context, one).length > 0);
    if (name === undefined) {
      return [];
    }
    const gauges = gaugesOf(context, name);
    const counted = gauges.reduce((sum, { value }) => sum + value, 0);
    const difference = Math.abs(counted - listed);
    return difference < LEAST || difference <= Math.max(counted, listed) * TOLERANCE
      ? []
      : [
          {
            subject: 'list of sockets',
            severity: 'info',
            confidence: 'high',
            rows: [],
            describe: () => ({
              title: context.say(TEXTS.title, { counted, listed }),
              why: [context.say(TEXTS.why)],
              evidence: gauges.map(gauge => totalEvidence(context, gauge)),
              remedy: [context.say(TEXTS.again)],
            }),
          },
        ];
  },
});
