import { label, say } from '../../../wording/statement';
import { confirmKinds, interfaceChanges } from '../../kit/counting/interfaces';
import { each, rule } from '../../kit/rule';

const TEXTS = {
  title: say(
    '{interface} most likely has a bad cable, port or duplex setting; frames with errors: {count}',
    'linux-if-link-h',
    'general-practice',
  ),
  lostTitle: say(
    '{interface} has lost its link; frames that could not be sent or had errors: {count}',
    'netdevice.7',
    'linux-if-link-h',
  ),
  lost: say(
    '{interface} has no link now: NO-CARRIER. It had one in the previous output.',
    'netdevice.7',
  ),
  lostRemedy: say(
    'Look for what is at the other end: a cable, a port of the switch, a virtual machine or container that has ended.',
    'general-practice',
  ),
  why: say(
    'Errors of an interface are frames with a bad checksum, length or framing, or that could not be sent: programs, addresses and routes do not cause them.',
    'linux-if-link-h',
  ),
  carrier: say('The link was lost while frames were being sent.', 'linux-if-link-h'),
  remedy: say(
    'Replace cable and plug, try another port of the switch, and compare speed and duplex at both ends.',
    'general-practice',
  ),
  driver: say(
    'Drivers of virtual interfaces and tunnels count other failures here, too.',
    'general-practice',
  ),
};

/** Of so many frames, one may be damaged on a good line. */
const MANY = 10_000;

export const framesDamaged = rule({
  code: 'IF-2',
  id: 'interface-errors',
  title: label('Interfaces count frames with errors'),
  needs: { interfaces: true, time: true },
  find(context) {
    return each(interfaceChanges(context), change => {
      const received = change.received('errors');
      const carrier = change.sent('carrier');
      const count = received + Math.max(change.sent('errors'), carrier);
      const frames = change.received('packets') + change.sent('packets') + count;
      // Overruns are among the errors of some drivers, and have a rule of their own.
      const lost = change.received('overruns') + change.received('missed');
      return count <= lost || count * MANY <= frames
        ? undefined
        : {
            subject: change.after.name ?? 'interfaces',
            severity: 'warning',
            confidence: change.lostLink ? 'high' : 'medium',
            rows: [],
            describe: () => ({
              title: context.say(change.lostLink ? TEXTS.lostTitle : TEXTS.title, {
                interface: change.name(context),
                count,
              }),
              why: [
                ...(change.lostLink
                  ? [context.say(TEXTS.lost, { interface: change.name(context) })]
                  : []),
                context.say(TEXTS.why),
                ...(carrier > 0 ? [context.say(TEXTS.carrier)] : []),
              ],
              evidence: change.evidence(context, ['errors'], ['errors', 'carrier', 'collisions']),
              confirm: confirmKinds(context, change),
              remedy: [context.say(change.lostLink ? TEXTS.lostRemedy : TEXTS.remedy)],
              alternatives: [context.say(TEXTS.driver)],
            }),
          };
    });
  },
});
