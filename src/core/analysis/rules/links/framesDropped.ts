import { label, say } from '../../../wording/statement';
import { confirmKinds, interfaceChanges } from '../../kit/interfaces';
import { each, rule } from '../../kit/rule';

const TEXTS = {
  title: say(
    'if-3.title',
    '{interface} dropped {count} frames: most likely of protocols that this host does not use',
    'linux-if-link-h',
    'measured',
  ),
  why: say(
    'if-3.why',
    'Linux counts frames here that arrived whole and that no protocol took: LLDP, spanning tree, VLANs that are not set up.',
    'linux-if-link-h',
    'measured',
  ),
  noLoss: say(
    'if-3.no-loss',
    'Frames of such protocols are no loss: nothing that TCP sent is among them.',
    'measured',
  ),
  missed: say(
    'if-3.missed',
    'netstat and /proc/net/dev add frames that were missed because the ring was full: `ip -s link` shows them apart.',
    'linux-if-link-h',
  ),
};

export const framesDropped = rule({
  code: 'IF-3',
  id: 'interface-drops',
  title: label('rule.IF-3', 'Interfaces drop frames of protocols that are not used'),
  needs: { interfaces: true, time: true },
  find(context) {
    return context.system !== 'linux'
      ? []
      : each(interfaceChanges(context), change => {
          const count = change.received('dropped');
          return count <= 0 || change.received('overruns') + change.received('missed') > 0
            ? undefined
            : {
                subject: change.after.name ?? 'interfaces',
                severity: 'info',
                confidence: 'medium',
                rows: [],
                describe: () => ({
                  title: context.say(TEXTS.title, { interface: change.name(context), count }),
                  why: [context.say(TEXTS.why), context.say(TEXTS.noLoss)],
                  evidence: change.evidence(context, ['dropped']),
                  confirm: confirmKinds(context, change),
                  alternatives: change.after.rx.missed === null ? [context.say(TEXTS.missed)] : [],
                }),
              };
        });
  },
});
