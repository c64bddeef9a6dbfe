import { ECONNREFUSED } from '../../../knowledge/errors/econnrefused';
import { getOrAdd } from '../../../model/maps';
import type { ErrorMessage } from '../../../reading/around/errorMessage';
import type { MessageEnd } from '../../../reading/around/messageEnd';
import { isIpv6, isLoopback, unmapped } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { quote } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { listenerCommand } from '../../kit/commands';
import { messageEvidence, messagesOf } from '../../kit/counting/messages';
import type { Draft } from '../../kit/draft';
import { FINDING_TEXTS } from '../../kit/findingTexts';
import { addressesOf, listeningAt } from '../../kit/listening/atEnd';
import { addressOf } from '../../kit/reachable';
import { each, rule } from '../../kit/rule';
import { remoteName, type RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  title: say(
    'Connections to {remote} were refused: nothing is listening there',
    'connect.2',
    'rfc9293-3.5.2',
  ),
  remedy: say(
    'Start the program that belongs there, and look in its log for why it stopped. Or correct the address that is connected to.',
    'general-practice',
  ),
  elsewhere: say(
    'Connect to the address that it is listening on, or let it listen on this one, too.',
    'general-practice',
  ),
  family: say(
    'Nothing in this listing is listening over {family}: it may have been asked for the other version only.',
    'general-practice',
  ),
  container: say(
    'Where a container has written the message, {remote} is in that container: list the sockets there.',
    'network-namespaces.7',
  ),
};

export const connectRefused = rule({
  code: 'SS-4',
  id: 'connect-refused',
  title: label('Connections were refused, and nothing is listening there'),
  needs: { states: [State.Listen] },
  culprit: 'remote',
  find(context) {
    const byEnd = new Map<string, ErrorMessage>();
    for (const message of listsAllListeners(context) ? messagesOf(context, 'refused') : []) {
      if (message.end !== null && !message.isUdp) {
        getOrAdd(byEnd, remoteName({ ...message.end, count: 0 }), () => message);
      }
    }
    return each(byEnd, ([remote, message]) => ofMessage(context, remote, message));
  },
});

function ofMessage(context: RuleContext, remote: string, message: ErrorMessage): Draft | undefined {
  const { port } = message.end!;
  if (
    !isOwn(context, message) ||
    listeningAt(context, message.end!).length > 0 ||
    isConnected(context, message.end!)
  ) {
    return undefined;
  }
  const isListed = listsFamilyOf(context, message.end!);
  const elsewhere = context.index.listeners.on(port);
  return {
    subject: remote,
    severity: isListed ? 'warning' : 'info',
    confidence: isListed ? 'medium' : 'low',
    rows: elsewhere,
    remote,
    describe: () => ({
      title: context.say(TEXTS.title, { remote: quote(remote) }),
      why: [context.say(ECONNREFUSED.text)],
      evidence: [messageEvidence(message, context.localizer), ...context.examples(elsewhere)],
      confirm: [context.check(FINDING_TEXTS.listeners, listenerCommand(context.system, port))],
      remedy: [context.say(elsewhere.length > 0 ? TEXTS.elsewhere : TEXTS.remedy)],
      alternatives: [context.say(TEXTS.container, { remote: quote(remote) })],
      caveats: [
        ...(isListed
          ? []
          : [
              context.say(TEXTS.family, { family: isIpv6(message.end!.address) ? 'IPv6' : 'IPv4' }),
            ]),
        ...context.caveats({}),
      ],
    }),
  };
}

/**
 * Whether a listener that is not listed is not there: of the newest listing of a host, in whole, by
 * numbers, and by a tool that shows sockets of all users.
 */
function listsAllListeners({ history, index, isFiltered }: RuleContext): boolean {
  const { dialects, listing, unprivileged } = index.snapshot;
  const ownOnly =
    dialects.some(({ perFile }) => perFile === true) && (unprivileged || !listing.root);
  return (
    !isFiltered &&
    !ownOnly &&
    history.hosts.of(index.number).snapshots.at(-1) === index.number &&
    index.rowsIn(State.Listen).every(row => index.table.localPort[row]! > 0)
  );
}

/** Whether something of the IP version of an end is listening: else a listing may be of the other one. */
function listsFamilyOf({ index }: RuleContext, end: MessageEnd): boolean {
  const families = addressesOf(end).map(address => (isIpv6(address) ? 'ipv6' : 'ipv4'));
  return index.rowsIn(State.Listen).some(row => {
    // What ss prints as `*` listens over both.
    const family = index.table.familyOf(row);
    return family === null || families.includes(family);
  });
}

/** Whether the listing shows an open connection to an end, so that something was listening since. */
function isConnected(context: RuleContext, end: MessageEnd): boolean {
  const { index } = context;
  const { pool, remoteAddress, remotePort } = index.table;
  const addresses = addressesOf(end);
  return index
    .rowsIn(State.Established)
    .some(
      row =>
        remotePort[row] === end.port &&
        addresses.includes(pool.get(index.plainAddress(remoteAddress[row]!))),
    );
}

/** Whether a message is about an address of this host. */
function isOwn(context: RuleContext, { end }: ErrorMessage): boolean {
  const { index } = context;
  const addresses = addressesOf(end!);
  return (
    addresses.some(isLoopback) ||
    (end!.address !== '*' &&
      index
        .rowsBetween(State.Listen, State.Count)
        .some(row => addresses.includes(unmapped(addressOf(context, row)))))
  );
}
