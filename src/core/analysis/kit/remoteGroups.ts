import type { OwnerIdentity } from '../../index/owners';
import { leave, NO_ROWS, pick, union, where, whereInSteps } from '../../index/grouping';
import { State } from '../../vocabulary/state';
import { say } from '../../wording/statement';
import { quote, type Text } from '../../wording/text';
import type { Evidence } from './draft';
import { isUnanswered } from './lastHeard';
import { isOfNetwork, type OneNetwork, oneNetwork } from './oneNetwork';
import { PerSnapshot } from './perSnapshot';
import { ownerOfHolder } from '../../index/holder';
import { onlyRemote, type RuleContext } from './ruleContext';
import { numberRemotes, type Remotes } from '../../index/remotes';

/** How many remotes get a finding of their own. */
const MOST = 10;

/** Silent addresses of a network from which on it is the network, and not this or that host. */
const ADDRESSES = 10;

const TEXTS = {
  inNetwork: say('{count} remote addresses of {network}', 'general-practice'),
  only: say(
    'Everything to {remote} is unanswered. Without retransmissions, to other addresses: {others}.',
    'linux-tcp-timer',
  ),
};

/** Rows to one remote address; or to many, of which none stands out. */
export interface RemoteGroup {
  readonly subject: string;
  readonly rows: Uint32Array;
  readonly remotes: Remotes;
  /** The one remote; null where there are many. */
  readonly remote: string | null;
  /** The network that all are of, where it alone fails. */
  readonly network?: OneNetwork;
}

/**
 * Rows by their remote address, the most first. Where there are many remotes, only those with at
 * least `heavy` rows stand alone.
 */
export function remoteGroups(
  context: RuleContext,
  rows: Uint32Array,
  heavy: number,
): RemoteGroup[] {
  if (rows.length === 0) {
    return [];
  }
  const { numbers, groups: addresses } = numberRemotes(context.index, rows);
  const least = addresses.size > MOST ? heavy : 1;
  const alone = addresses
    .commonest(MOST)
    .filter(
      number =>
        addresses.counts[number]! >= least && !context.index.isHidden(addresses.get(number)),
    );
  const groups: RemoteGroup[] = [];
  for (const own of pick(rows, numbers, addresses, alone)) {
    const remotes = context.remotes(own);
    groups.push({
      subject: remotes.top[0]!.address,
      rows: own,
      remotes,
      remote: onlyRemote(remotes),
    });
  }
  if (alone.length < addresses.size) {
    const rest = leave(rows, numbers, addresses, alone);
    groups.push(groupOfMany(context, rest));
  }
  return groups;
}

/** Rows to many remotes, of which none stands out. */
export function groupOfMany(context: RuleContext, rows: Uint32Array): RemoteGroup {
  return { subject: 'many', rows, remotes: context.remotes(rows), remote: null };
}

/**
 * The same, but where connections fail to nearly all of one network, and to it alone, they are one
 * group.
 * @param isSilent Whether a row is not just on its way.
 */
export function silentGroups(
  context: RuleContext,
  rows: Uint32Array,
  heavy: number,
  isSilent: (row: number) => boolean,
): RemoteGroup[] {
  const silent = rows.length < ADDRESSES ? NO_ROWS : where(rows, isSilent);
  const network =
    silent.length < ADDRESSES
      ? null
      : oneNetwork(context, silent, answeringRows.of(context.index), ADDRESSES);
  if (network === null) {
    return remoteGroups(context, rows, heavy);
  }
  const isOfIt = (row: number): boolean => isOfNetwork(context.index, row, network.network);
  const own = where(rows, isOfIt);
  const rest = where(rows, row => !isOfIt(row));
  return [
    {
      subject: network.network,
      rows: own,
      remotes: context.remotes(own),
      remote: null,
      network,
    },
    ...remoteGroups(context, rest, heavy),
  ];
}

/** Whom a group leads to, in texts. */
export function groupText(context: RuleContext, { remotes, network }: RemoteGroup): Text {
  return network === undefined
    ? context.remoteText(remotes)
    : context.say(TEXTS.inNetwork, { count: remotes.total, network: quote(network.network) });
}

/** That a whole network fails, and what does not, as evidence. */
export function networkTexts(
  context: RuleContext,
  network: OneNetwork | null | undefined,
): Evidence[] {
  return network ? [onlySilent(context, quote(network.network), network.elsewhere)] : [];
}

/** That everything to a remote or a network is unanswered, and so many others are not, as evidence. */
export function onlySilent(context: RuleContext, remote: Text, others: number): Evidence {
  return context.evidence(context.say(TEXTS.only, { remote, others: context.connections(others) }));
}

/** Connections with other hosts that show nothing unanswered, or were closed by both ends just now. */
const answeringRows = new PerSnapshot<Uint32Array>(function* (index) {
  return yield* whereInSteps(
    union([index.rowsIn(State.Established), index.rowsIn(State.TimeWait)]),
    row => !index.isHere(row) && !isUnanswered(index.table, row),
  );
});

/** The one owner of some rows; null where there are several or it is not shown. */
export function onlyOwner(context: RuleContext, rows: Uint32Array): OwnerIdentity | null {
  const { owners } = context.index;
  const first = owners.of(rows[0]!);
  for (const row of rows) {
    if (owners.of(row) !== first) {
      return null;
    }
  }
  return ownerOfHolder(context.index, first);
}

/** The remote port of at least four in five rows; null where there is none. */
export function onlyRemotePort({ index }: RuleContext, rows: Uint32Array): number | null {
  const { remotePort } = index.table;
  const ports = index.portTally();
  for (const row of rows) {
    ports.add(Math.max(0, remotePort[row]!));
  }
  const [commonest] = ports.commonest(1);
  const port = commonest === undefined ? 0 : ports.get(commonest);
  return port > 0 && ports.countOf(port) * 5 >= rows.length * 4 ? port : null;
}
