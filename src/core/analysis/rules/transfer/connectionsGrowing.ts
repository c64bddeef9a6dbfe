import { pick } from '../../../index/grouping';
import { portKey } from '../../../index/equalEnds';
import { holderOf, subjectOfHolder } from '../../../index/holder';
import { numberRemotes } from '../../../index/remotes';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { isRelay } from '../../../knowledge/relays';
import { NONE } from '../../../model/row';
import { Tuples } from '../../../model/tuples';
import { reachOf } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { detailsCommand, listStateOfPort, remoteCommand } from '../../kit/commands';
import { checkDescriptors, descriptorLimit } from '../../kit/growing/commonLimits';
import { Courses } from '../../kit/growing/courses';
import type { Draft } from '../../kit/draft';
import { FINDING_TEXTS } from '../../kit/findingTexts';
import { course } from '../../kit/growing/growth';
import { each, rule } from '../../kit/rule';
import { onlyRemote, remoteName, type RuleContext } from '../../kit/ruleContext';
import { isSteadyRise, type Rise, Rises, type Rising, weightOf } from '../../kit/growing/rises';
import { threshold } from '../../kit/threshold';

/** Connections of one program to one service from which on their number is followed. */
const FOLLOWED = 10;

/** How many of these are followed in one snapshot. */
const MOST = 1000;

/** Connections to each address from which on they are of one service, and no peers. */
const PER_ADDRESS = 3;

const TEXTS = {
  opens: say(
    '{program} has more and more connections to {remote}: {first}, then {count} in {snapshots} snapshots',
    'general-practice',
  ),
  opened: say(
    '{remote} has more and more connections to {program}: {first}, then {count} in {snapshots} snapshots',
    'general-practice',
  ),
  why: say(
    'Connections are added, and hardly any ends. A program that neither reuses nor closes the connections that it opens looks like this.',
    'general-practice',
  ),
  remedy: say(
    'In the program that opens them, use one client or pool with a limit for all requests. Close each connection and each response on every path, including errors.',
    'general-practice',
  ),
  filling: say(
    'A pool that is filling up, and load that grows, look like this for a while. Then the number stays, or falls again.',
    'general-practice',
  ),
};

const THRESHOLDS = {
  connectionsAdded: threshold.sockets(
    30,
    'Report connections that only grow in number from this many added ones.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const connectionsGrowing = rule({
  code: 'ES-1',
  id: 'connections-growing',
  title: label('Open connections that only grow in number'),
  thresholds: THRESHOLDS,
  needs: { states: [State.Established], time: true },
  find(context) {
    const { history, index } = context;
    const { streams, rises } = COURSES.to(context);
    if (!history.hosts.isLast(index.number)) {
      // What fills up looks the same until its number stays.
      return [];
    }
    // What is told of one address is not told of all addresses of the service again.
    const told = new Set<string>();
    return each(streams, stream => {
      const rise = rises.get(stream.key);
      const service = `${stream.holder} ${stream.port}`;
      if (rise === undefined || (stream.isSpread && told.has(service))) {
        return undefined;
      }
      const found = draft(context, stream, rise);
      if (found !== undefined && !stream.isServed) {
        told.add(service);
      }
      return found;
    });
  },
});

/**
 * The connections of one program to one service, at one address or at all of its addresses, or those of
 * one client to a port here.
 */
interface Stream extends Rising {
  readonly holder: number;
  readonly isServed: boolean;
  /** Whether they go to several addresses, among which a name or a balancer chooses. */
  readonly isSpread: boolean;
  readonly port: number;
}

const COURSES = new Courses(history => new Rises(history, streamsOf));

/** What has many connections of one program and one remote address, or one port of several. */
function streamsOf(index: SnapshotIndex): Stream[] | null {
  if (!index.listsConnections) {
    return null;
  }
  const { table } = index;
  const rows = index.rowsIn(State.Established);
  if (rows.length < FOLLOWED || index.hasFlows) {
    return [];
  }
  const { numbers: remotes, groups } = numberRemotes(index, rows);
  const single = new Tuples();
  const spread = new Tuples();
  const served = new Tuples();
  const ofOne = new Int32Array(rows.length).fill(NONE);
  const ofAll = new Int32Array(rows.length).fill(NONE);
  let all = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const isServed = isServer(index, row);
    const holder = holderOf(index, row);
    if (isServed) {
      served.add(holder, 0, 0);
      all++;
    }
    const port = isServed
      ? portKey(table.localPort[row]!, table.localService?.[row])
      : portKey(table.remotePort[row]!, table.remoteService?.[row]);
    const isHere = index.isHere(row);
    // Of connections within the host, the end counts that opens them.
    if (groups.counts[remotes[i]!]! >= FOLLOWED && !(isServed && isHere)) {
      ofOne[i] = single.add(holder, remotes[i]! * 2 + Number(isServed), port);
    }
    if (!isServed && !isHere) {
      ofAll[i] = spread.add(holder, NONE, port);
    }
  }
  const listed = (numbers: Int32Array, streams: Tuples): Stream[] => {
    const followed = streams.commonest(MOST).filter(one => streams.counts[one]! >= FOLLOWED);
    return pick(rows, numbers, streams, followed).map((own, i) => {
      const [holder, remote, port] = streams.get(followed[i]!);
      const isSpread = remote === NONE;
      const isServed = !isSpread && (remote & 1) === 1;
      const address = isSpread ? '' : groups.get(remote >> 1);
      const owner = served.find(holder, 0, 0);
      const servedByIt = owner === NONE ? 0 : served.counts[owner]!;
      return {
        key: `${index.showsPids} ${subjectOfHolder(index, holder)} ${Number(isServed)} ${address} ${port}`,
        holder,
        isServed,
        isSpread,
        port,
        rows: own,
        // Those of the host where the program is not known; what is served does not explain itself.
        served: isServed ? 0 : holder < 0 ? all : servedByIt,
      };
    });
  };
  return [...listed(ofOne, single), ...listed(ofAll, spread)];
}

function isServer(index: SnapshotIndex, row: number): boolean {
  return (
    index.isServed(row) || (index.counts[State.Listen] === 0 && index.roleOf(row) === 'server')
  );
}

function draft(context: Context, stream: Stream, rise: Rise): Draft | undefined {
  const { index, history } = context;
  const { holder, isServed, isSpread, rows } = stream;
  const { table } = index;
  const all = history.hosts.of(index.number).snapshots;
  const seconds = history.secondsBetween(all[rise.places[0]!]!, index.number);
  const address = table.pool.get(index.plainAddress(table.remoteAddress[rows[0]!]!));
  const weight = weightOf(rise, seconds);
  if (
    !isSteadyRise(rise, stream.served, context.thresholds.connectionsAdded) ||
    weight === null ||
    // A public address, or that of a router, is often that of a NAT, whose many clients come.
    (isServed && (reachOf(address) === 'public' || isGateway(index, address)))
  ) {
    return undefined;
  }
  const remotes = context.remotes(rows);
  if (isSpread && remotes.least < 2) {
    return undefined;
  }
  const { owner, program, subject } = context.holder(holder);
  const count = rows.length;
  // Later snapshots go on with these lists.
  const { length } = rise.places;
  const name = remoteName({ address, port: null, count });
  // Clients of a relay need not have connections of their own; peers have one each.
  const isUnsure =
    isRelay(owner?.process ?? null) || (isSpread && remotes.total * PER_ADDRESS > count);
  if (isUnsure && weight === 'soon') {
    return undefined;
  }
  return {
    ...(isServed
      ? { cause: 'one-client', subject: `${address} ${table.localPort[rows[0]!]}` }
      : {
          subject: `${subject} to ${isSpread ? 'all' : address} ${table.remotePort[rows[0]!]}`,
        }),
    severity: !isUnsure && weight === 'much' ? 'warning' : 'info',
    confidence:
      seconds === null || weight === 'soon' || isServed || isUnsure || owner === null
        ? 'low'
        : 'medium',
    rows,
    owner,
    remote: isSpread ? onlyRemote(remotes) : name,
    explains: { rows: [rows], symptoms: ['HO-1', 'KA-1'] },
    describe: () => {
      const snapshots = rise.places.slice(0, length).map(place => all[place]!);
      const used = holder < 0 ? count : Math.max(count, index.owners.count(holder));
      const { growth, texts } = course(context, snapshots, (_, i) => rise.counts[i]!, {
        limit: descriptorLimit(context, owner, used),
      });
      return {
        title: context.say(isServed ? TEXTS.opened : TEXTS.opens, {
          program,
          remote: isServed ? name : context.remoteText(remotes),
          first: rise.counts[0]!,
          count,
          snapshots: length,
        }),
        why: [context.say(TEXTS.why)],
        evidence: [...texts.map(text => context.evidence(text)), ...context.examples(rows)],
        confirm: [
          context.check(
            FINDING_TEXTS.kept,
            isSpread && stream.port > 0
              ? listStateOfPort(context.system, 'ESTABLISHED', 'client', stream.port)
              : (detailsCommand(context.system, address) ?? remoteCommand(context.system, address)),
          ),
          ...checkDescriptors(context, owner?.pid ?? null),
        ],
        remedy: [context.say(TEXTS.remedy)],
        alternatives: [
          ...(isServed ? [context.say(FINDING_TEXTS.oneAddress)] : []),
          context.say(TEXTS.filling),
        ],
        caveats: context.caveats({ owner, time: true }),
        growth,
      };
    },
  };
}

/** Whether an address is the next hop of a listed route: a router may translate its clients to it. */
function isGateway({ snapshot }: SnapshotIndex, address: string): boolean {
  return snapshot.routes.some(({ gateway }) => gateway === address);
}
