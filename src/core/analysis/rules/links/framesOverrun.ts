import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { confirmKinds, interfaceChanges } from '../../kit/counting/interfaces';
import { each, rule } from '../../kit/rule';

const TEXTS = {
  title: say(
    'This host is too slow for {interface}; frames lost before they were read: {count}',
    'linux-if-link-h',
  ),
  why: say(
    'Overruns are frames for which the buffer of the network card was full; missed ones are those that the host did not take out of the ring in time.',
    'linux-if-link-h',
  ),
  remedy: say(
    'Enlarge the ring (`ethtool -g` shows it, `ethtool -G` sets it), and spread the queues of the card over several processors.',
    'ethtool.8',
    'general-practice',
  ),
  burst: say('A burst may fill a ring for an instant.', 'general-practice'),
};

export const framesOverrun = rule({
  code: 'IF-1',
  id: 'interface-overrun',
  title: label('Interfaces lose frames that the host does not read in time'),
  needs: { interfaces: true, time: true },
  find(context) {
    return each(interfaceChanges(context), change => {
      const count = change.received('overruns') + change.received('missed');
      return count <= 0
        ? undefined
        : {
            subject: change.after.name ?? 'interfaces',
            severity: 'warning',
            confidence: 'high',
            rows: [],
            describe: () => ({
              title: context.say(TEXTS.title, { interface: change.name(context), count }),
              why: [context.say(TEXTS.why)],
              evidence: change.evidence(context, ['overruns', 'missed', 'dropped']),
              confirm: confirmKinds(context, change),
              remedy: context.advise(on(LINUX, TEXTS.remedy)),
              alternatives: [context.say(TEXTS.burst)],
            }),
          };
    });
  },
});
