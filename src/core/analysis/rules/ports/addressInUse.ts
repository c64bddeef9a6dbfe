import { getOrAdd } from '../../../model/maps';
import type { OwnerIdentity } from '../../../index/owners';
import { mayBeOne } from '../../../index/owners';
import { EADDRINUSE } from '../../../knowledge/errors/eaddrinuse';
import type { ErrorMessage } from '../../../reading/around/errorMessage';
import { label, say } from '../../../wording/statement';
import { checkHttpSys } from '../../kit/closing/closeWaitRemedy';
import { listenerCommand } from '../../kit/commands';
import { messageEvidence, messagesOf, programName } from '../../kit/counting/messages';
import type { Draft } from '../../kit/draft';
import { FINDING_TEXTS } from '../../kit/findingTexts';
import { listeningAt } from '../../kit/listening/atEnd';
import { onlyOwner } from '../../kit/remoteGroups';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  title: say('{failed} could not bind port {port}: {program} has it', 'bind.2'),
  apart: say(
    'Give {failed} another port or address, or stop {program} if it is not needed.',
    'general-practice',
  ),
  older: say(
    'The message may be older than the listing: another program may have had the port then.',
    'general-practice',
  ),
};

export const addressInUse = rule({
  code: 'BND-2',
  id: 'address-in-use',
  title: label('A program could not bind a port that another one has'),
  culprit: 'local',
  find(context) {
    const byPort = new Map<string, ErrorMessage>();
    for (const message of messagesOf(context, 'inUse')) {
      // On Windows connect() fails in the same way where ports run out.
      if (message.end !== null && !message.connects) {
        getOrAdd(byPort, subjectOf(message), () => message);
      }
    }
    return each(byPort, ([, message]) => ofMessage(context, message));
  },
});

/** TCP and UDP have ports of their own. */
function subjectOf({ end, isUdp }: ErrorMessage): string {
  return `port ${end!.port}${isUdp ? '/udp' : ''}`;
}

function ofMessage(context: RuleContext, message: ErrorMessage): Draft | undefined {
  const { end, isUdp, pid } = message;
  const rows = listeningAt(context, end!, isUdp);
  const name = message.program === null ? null : programName(message.program);
  const holders = Array.from(rows).flatMap(row => holdersOf(context, row));
  // It has tried again since, or runs already.
  if (
    rows.length === 0 ||
    (name !== null && holders.some(({ process }) => process !== null && mayBeOne(process, name)))
  ) {
    return undefined;
  }
  const port = String(end!.port);
  const isKnown = name !== null && holders.every(({ process }) => process !== null);
  const owner = onlyOwner(context, rows);
  const failed = name === null ? null : { pid, process: name };
  return {
    subject: subjectOf(message),
    severity: isKnown ? 'warning' : 'info',
    confidence: isKnown ? 'medium' : 'low',
    rows,
    owner,
    describe: () => {
      const names = {
        failed: context.program(failed),
        program: owner === null ? context.programOf(rows) : context.program(owner),
      };
      return {
        title: context.say(TEXTS.title, { ...names, port }),
        why: [context.say(EADDRINUSE.text)],
        evidence: [messageEvidence(message, context.localizer), ...context.examples(rows)],
        confirm: [
          context.check(
            FINDING_TEXTS.listeners,
            listenerCommand(context.system, end!.port, isUdp ? 'udp' : 'tcp'),
          ),
          ...checkHttpSys(context, owner, rows),
        ],
        remedy: [context.say(TEXTS.apart, names)],
        alternatives: [context.say(TEXTS.older)],
        caveats: context.caveats({ owner }),
      };
    },
  };
}

/** All processes that have a socket; one without a name where none is shown. */
function holdersOf(context: RuleContext, row: number): readonly Pick<OwnerIdentity, 'process'>[] {
  return context.index.files.owners.get(row) ?? [context.ownerOf(row) ?? { process: null }];
}
