import { label, say, whileItLasts } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import { LINUX, on } from '../../../knowledge/advice';
import { flowGroups, unansweredSyns } from '../../kit/flows';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';

const TEXTS = {
  title: say(
    'NAT sends {target} to {server}, which most likely does not answer; unanswered SYNs: {count}',
    'rfc9293-3.5',
    'conntrack8',
  ),
  why: say(
    'The target address is translated, and nothing came back from the server that it is translated to. That server is most likely gone or unreachable, while the translation still points to it.',
    'conntrack8',
  ),
  answered: say(
    'Connections to the same target address and port that were answered: {count}.',
    'conntrack8',
  ),
  confirm: say(
    'Is the server still there, and is it a backend of this target? Try its port from this host.',
    'general-practice',
  ),
  rules: say(
    'Take the server out of the rule or service that translates the target, or bring it back.',
    'general-practice',
  ),
  entries: whileItLasts(
    say(
      'Entries keep their translation while packets match them: delete those of the old server with `conntrack -D`.',
      'conntrack8',
    ),
  ),
  filter: say(
    'A filter may drop the SYN or its answer, or the answer may take another way.',
    'general-practice',
  ),
};

export const flowNatUnanswered = rule({
  code: 'FL-3',
  id: 'flow-nat-unanswered',
  title: label('NAT to a server that does not answer'),
  thresholds: {
    flowsUnanswered: threshold.sockets(5, 'Unanswered SYNs to one target that make a warning.'),
  },
  needs: { flows: true },
  culprit: 'remote',
  find(context) {
    const { index, thresholds } = context;
    return each(flowGroups(index, unansweredSyns(index), thresholds.flowsUnanswered), group => {
      const { server, target, answered } = group;
      if (server === null) {
        return undefined;
      }
      return {
        subject: `${target} ${server}`,
        severity: 'warning',
        confidence: 'medium',
        rows: group.rows,
        remote: target,
        describe: () => ({
          title: context.say(TEXTS.title, {
            target: quote(target),
            server: quote(server),
            count: group.rows.length,
          }),
          why: [context.say(TEXTS.why)],
          evidence: [
            ...(answered > 0
              ? [context.evidence(context.say(TEXTS.answered, { count: answered }))]
              : []),
            ...context.examples(group.rows),
          ],
          confirm: [context.check(TEXTS.confirm, null)],
          remedy: context.advise(TEXTS.rules, on(LINUX, TEXTS.entries)),
          alternatives: [context.say(TEXTS.filter)],
          caveats: context.caveats({ time: true }),
        }),
      };
    });
  },
});
