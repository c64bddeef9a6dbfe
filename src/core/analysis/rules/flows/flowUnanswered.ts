import { label, say } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import { flowGroups, unansweredSyns } from '../../kit/flows';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';

const TEXTS = {
  title: say(
    '{target} most likely does not answer; unanswered SYNs that passed: {count}',
    'rfc9293-3.5',
  ),
  some: say('Unanswered SYNs to {target}, while others are answered: {count}', 'rfc9293-3.5'),
  answered: say('Connections to it that were answered: {count}.', 'conntrack8'),
  why: say(
    'A SYN passed here, and neither a SYN-ACK nor a reset came back the same way. The target is down, packets are dropped on the way there or back, or the answers take another way.',
    'rfc9293-3.5.2',
    'conntrack8',
  ),
  moment: say(
    'A connection that has just begun looks the same until its first answer comes.',
    'rfc9293-3.5',
  ),
  confirm: say(
    'Capture on both sides of this host: is the SYN sent on, and does an answer reach this host?',
    'general-practice',
  ),
  remedy: say(
    'Find out where the SYN or its answer is lost: rules on this host, the way to the target and back, the target itself.',
    'general-practice',
  ),
};

export const flowUnanswered = rule({
  code: 'FL-1',
  id: 'flow-unanswered',
  title: label('SYNs that pass and get no answer'),
  thresholds: {
    flowsUnanswered: threshold.sockets(5, 'Unanswered SYNs to one target that make a warning.'),
  },
  needs: { flows: true },
  culprit: 'remote',
  find(context) {
    const { index, thresholds } = context;
    return each(flowGroups(index, unansweredSyns(index), thresholds.flowsUnanswered), group => {
      if (group.server !== null) {
        return undefined;
      }
      const args = { target: quote(group.target), count: group.rows.length };
      const { answered } = group;
      return {
        subject: group.target,
        severity: 'warning',
        confidence: answered > 0 ? 'low' : 'medium',
        rows: group.rows,
        remote: group.target,
        describe: () => ({
          title: answered > 0 ? context.say(TEXTS.some, args) : context.say(TEXTS.title, args),
          why: [context.say(TEXTS.why)],
          evidence: [
            ...(answered > 0
              ? [context.evidence(context.say(TEXTS.answered, { count: answered }))]
              : []),
            ...context.examples(group.rows),
          ],
          confirm: [context.check(TEXTS.confirm, null)],
          remedy: [context.say(TEXTS.remedy)],
          alternatives: [context.say(TEXTS.moment)],
          caveats: context.caveats({ time: true }),
        }),
      };
    });
  },
});
