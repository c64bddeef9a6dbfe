import { label, say } from '../../../wording/statement';
import { confirmKinds, INTERFACE_TEXTS, interfaceChanges } from '../../kit/counting/interfaces';
import { each, rule } from '../../kit/rule';

const TEXTS = {
  title: say(
    '{interface} dropped frames, most likely of protocols that this host does not use: {count}',
    'linux-if-link-h',
    'measured',
  ),
  why: say(
    'Linux counts frames here that arrived whole and that no protocol took: LLDP, spanning tree, VLANs that are not set up.',
    'linux-if-link-h',
    'measured',
  ),
  noLoss: say(
    'Frames of such protocols are no loss: nothing that TCP sent is among them.',
    'measured',
  ),
  fewTitle: say('{interface} dropped frames: {count}', 'linux-if-link-h'),
  manyTitle: say('{interface} dropped {count} of {all} received frames', 'linux-if-link-h'),
  manyWhy: say(
    'Linux counts here what no protocol took, and what it had no room for: which of the two it was, this counter does not tell.',
    'linux-if-link-h',
  ),
  backlog: say(
    'A line for each processor: the second number, hexadecimal, is what was dropped because its queue was full.',
    'linux-net-procfs',
  ),
  missed: say(
    'netstat and /proc/net/dev include frames that were missed because the ring was full; `ip -s link` shows them separately.',
    'linux-if-link-h',
  ),
};

/** Protocols that are not used rarely send so many frames, and so large a part of all or so often. */
const MANY = 1000;
const SHARE = 0.05;
const PER_SECOND = 100;

export const framesDropped = rule({
  code: 'IF-3',
  id: 'interface-drops',
  title: label('Interfaces drop received frames'),
  needs: { interfaces: true, time: true },
  find(context) {
    return context.system !== 'linux'
      ? []
      : each(interfaceChanges(context), change => {
          const count = change.received('dropped');
          if (count <= 0 || change.received('overruns') + change.received('missed') > 0) {
            return undefined;
          }
          const all = change.received('packets');
          const isMuch = count >= MANY && (count >= SHARE * all || isOften(count, change.seconds));
          const isOneNumber = change.after.rx.missed === null;
          const args = { interface: change.name(context), count };
          return {
            subject: change.after.name ?? 'interfaces',
            severity: 'info',
            confidence: isMuch || isOneNumber ? 'high' : 'medium',
            rows: [],
            describe: () => ({
              title: isMuch
                ? context.say(TEXTS.manyTitle, { ...args, all })
                : context.say(isOneNumber ? TEXTS.fewTitle : TEXTS.title, args),
              why: isMuch
                ? [context.say(TEXTS.manyWhy)]
                : isOneNumber
                  ? [context.say(INTERFACE_TEXTS.dropped)]
                  : [context.say(TEXTS.why), context.say(TEXTS.noLoss)],
              evidence: change.evidence(context, ['dropped']),
              confirm: [
                ...(isMuch ? [context.check(TEXTS.backlog, 'cat /proc/net/softnet_stat')] : []),
                ...confirmKinds(context, change),
              ],
              alternatives: isOneNumber ? [context.say(TEXTS.missed)] : [],
            }),
          };
        });
  },
});

function isOften(count: number, seconds: number | null): boolean {
  return seconds !== null && seconds > 0 && count >= PER_SECOND * seconds;
}
