import { forwardsPorts } from '../../../knowledge/relays';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { fullListeners } from '../../kit/listening/acceptQueue';
import { listState } from '../../kit/commands';
import type { Draft } from '../../kit/draft';
import { groupBy, union, where } from '../../../index/grouping';
import { silentFor } from '../../kit/lastHeard';
import { onlyOwner } from '../../kit/remoteGroups';
import { type Drafts, each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';
import type { Fleet } from '../../hosts/fleet';
import { type Host, hostName } from '../../hosts/hosts';
import { coverageOf, isOfAll } from '../../time/gaps';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { Tuples } from '../../../model/tuples';

const TEXTS = {
  title: say(
    '{program} has {connections} within this host whose other end is not in the dump',
    'rfc9293-3.5.1',
  ),
  why: say(
    'Both addresses belong to this host, but the dump has a row for only one end. Either the other end has forgotten the connection (half-open), or it is not in this dump.',
    'rfc9293-3.5.1',
  ),
  again: say(
    'Run this again. A row that is still alone is half-open, or its connection goes through address translation.',
    'ss.8',
  ),
  paired: say(
    'Of other connections to the same listener both ends are in the dump, so nothing hides them.',
    'general-practice',
  ),
  nat: say(
    'Address translation and network namespaces (containers) can also hide the other end.',
    'measured',
  ),
  race: say('The other end may have opened or closed while the tool was running.', 'measured'),
  apart: say('{program} has {connections} that {host} does not list', 'rfc9293-3.5.1'),
  apartWhy: say(
    'The address of the other end is one of {host}, whose listing has no row for it. Either {host} has forgotten the connection (half-open), for example by a restart, or its listing does not show it.',
    'rfc9293-3.5.1',
  ),
  stands: say(
    'There both before {host} was listed and when this host was listed last: {count}.',
    'rfc9293-3.5.1',
  ),
  together: say(
    'List both hosts at the same time again. A row that is still alone is half-open, or its connection goes through address translation.',
    'ss.8',
  ),
  between: say(
    'The connections may have opened or closed between the two listings.',
    'general-practice',
  ),
  remedy: say(
    'Keepalive or a heartbeat finds such connections; without either they stay until something is sent.',
    'rfc9293-3.8.4',
    'cloudflare-die',
  ),
};

/** Seconds by which the clocks of synchronized hosts differ, or that a tool takes to list. */
const CLOCKS = 2;

/** Seconds between two listings in which hardly all of several connections end or begin. */
const NEAR = 10;
const SEVERAL = 5;

/** Of connections, one in so many may be what a proxy or a NAT makes of them. */
const GATHERED = 4;

export const halfOpen = rule({
  code: 'PAIR-3',
  id: 'half-open',
  title: label('Connection with only one end in the dump'),
  needs: { states: [State.Established, State.FinWait2] },
  culprit: 'remote',
  find: context => each([within, acrossHosts], find => find(context)),
});

/** Of connections within the host. */
function within(context: RuleContext): Draft[] {
  const { index } = context;
  if (!index.connections.hasLocal || !showsAllStates(index) || context.isFiltered) {
    return [];
  }
  const rows = lonelyRows(index);
  if (rows.length === 0) {
    return [];
  }
  const owner = onlyOwner(context, rows);
  const program = context.programOf(rows);
  const again = rows.filter(row => context.history.run(row) > 1);
  // Behind a listener of which no connection has both ends here, translation can explain it.
  const whole = again.length > 0 ? withWholeConnections(index) : null;
  const sure = again.filter(row => whole?.has(index.listenerAt(row)) === true);
  return [
    {
      subject: 'host',
      severity: sure.length > 0 ? 'warning' : 'info',
      confidence: sure.length > 0 ? 'medium' : 'low',
      rows,
      owner,
      describe: () => ({
        title: context.say(TEXTS.title, {
          program,
          connections: context.connections(rows.length),
        }),
        why: [context.say(TEXTS.why)],
        evidence: [
          ...(sure.length > 0 ? [context.evidence(context.say(TEXTS.paired))] : []),
          ...context.examples(sure.length > 0 ? sure : rows),
        ],
        confirm: [context.check(TEXTS.again, listState(index.system, 'ESTABLISHED'))],
        remedy: [context.say(TEXTS.remedy)],
        alternatives: [
          context.say(TEXTS.nat),
          ...(again.length > 0 ? [] : [context.say(TEXTS.race)]),
        ],
        caveats: context.caveats({ owner, time: true }),
      }),
    },
  ];
}

/** Of connections with other hosts of the dump, which their listings would show. */
function acrossHosts(context: RuleContext): Drafts {
  const {
    index,
    fleet,
    history: { hosts },
  } = context;
  if (!hosts.several || !hosts.isLast(index.number)) {
    return [];
  }
  const byHost = groupBy(index.rowsIn(State.Established), row => {
    const host = fleet.remoteHost(row, index.number);
    return host !== null &&
      (index.isServed(row) || listenerFor(index, row, fleet.newest(host)) !== NONE)
      ? host.number
      : NONE;
  });
  return each(byHost, ([number, rows]) =>
    number === NONE ? undefined : apart(context, hosts.list[number]!, rows),
  );
}

/** Judges the connections with another host by its own listing. */
function apart(context: RuleContext, host: Host, all: Uint32Array): Draft | undefined {
  const { index, fleet } = context;
  const other = fleet.newest(host);
  if (!listsAll(other)) {
    return undefined;
  }
  const lists: Uint32Array[] = [];
  const standingOnes: Uint32Array[] = [];
  const sureOnes: Uint32Array[] = [];
  let isPaired = false;
  for (const [port, own] of groupBy(all, row => servedPort(index, row))) {
    const alone = where(own, row => isAlone(fleet, row));
    if (
      (port > 0 && isTranslated(index, alone, strangersOn(other, fleet, port))) ||
      isDropped(index, alone, other)
    ) {
      continue;
    }
    const stands = where(alone, row => isThereAround(context, other, row));
    const listed = own.length - alone.length;
    standingOnes.push(stands);
    if (stands.length > 0 || alone.length > listed) {
      lists.push(stands.length > 0 ? stands : alone);
    }
    // Clients in containers, and what is forwarded to some, are in no listing of their host.
    if (port > 0 && (listed > 0 || isServedDirectly(context, alone, other))) {
      const isGone = stands.length === 0 && listed === 0 && areAllGone(context, alone, other);
      sureOnes.push(isGone ? alone : stands);
      isPaired ||= listed > 0 && stands.length > 0;
    }
  }
  if (lists.length === 0) {
    return undefined;
  }
  const shown = union(lists);
  const standing = union(standingOnes);
  const sure = union(sureOnes);
  const owner = onlyOwner(context, shown);
  const name = hostName(host, context.localizer);
  return {
    subject: `host ${host.number}`,
    severity: sure.length > 0 ? 'warning' : 'info',
    confidence: sure.length > 0 ? 'medium' : 'low',
    rows: shown,
    owner,
    describe: () => ({
      title: context.say(TEXTS.apart, {
        program: context.programOf(shown),
        connections: context.connections(shown.length),
        host: name,
      }),
      why: [context.say(TEXTS.apartWhy, { host: name })],
      evidence: [
        ...(standing.length > 0
          ? [context.evidence(context.say(TEXTS.stands, { host: name, count: standing.length }))]
          : []),
        ...(isPaired ? [context.evidence(context.say(TEXTS.paired))] : []),
        ...context.examples(sure.length > 0 ? sure : shown),
      ],
      confirm: [context.check(TEXTS.together, listState(index.system, 'ESTABLISHED'))],
      remedy: [context.say(TEXTS.remedy)],
      alternatives: [
        ...(standing.length > 0 ? [] : [context.say(TEXTS.between)]),
        context.say(TEXTS.nat),
      ],
      caveats: context.caveats({ owner, ...(standing.length > 0 ? {} : { time: true }) }),
    }),
  };
}

/** Whether a listing of a host shows all its connections. */
function listsAll(index: SnapshotIndex): boolean {
  const coverage = index.once(coverageOf, () => coverageOf(index));
  return (
    coverage.listsConnections &&
    !coverage.isCut &&
    !index.snapshot.listing.filtered &&
    (coverage.users === null || isOfAll(coverage))
  );
}

/** The port of the server's end of a connection; below NONE where that is on this host. */
function servedPort(index: SnapshotIndex, row: number): number {
  const { localPort, remotePort } = index.table;
  return index.isServed(row) ? NONE - localPort[row]! : remotePort[row]!;
}

/** Whether a connection was there before another host was listed, and still afterwards. */
function isThereAround(
  { index, history }: RuleContext,
  other: SnapshotIndex,
  row: number,
): boolean {
  const then = history.secondsOf(other.number);
  const now = history.secondsOf(index.number);
  const seen = history.secondsOf(history.since(row));
  return (
    then !== null &&
    now !== null &&
    then <= now + CLOCKS &&
    Math.min(seen ?? now, now - silentFor(index.table, row)) <= then - CLOCKS
  );
}

/** Whether a connection has no other end on another host of the dump. */
function isAlone(fleet: Fleet, row: number): boolean {
  return fleet.otherEnd(row) === NONE && fleet.translated(row) === NONE;
}

/**
 * Whether several connections of this host, none of which another one lists at about the same
 * moment, are no short ones: of those some always are closing, or just began.
 */
function areAllGone({ index, history }: RuleContext, rows: Uint32Array, other: SnapshotIndex) {
  const apart = history.secondsBetweenHosts(index.number, other.number);
  if (rows.length < SEVERAL || apart === null || apart > NEAR) {
    return false;
  }
  const { table } = index;
  const port = table.remotePort[rows[0]!]!;
  const server = index.plainAddress(table.remoteAddress[rows[0]!]!);
  const locals = new Set(Array.from(rows, row => index.plainAddress(table.localAddress[row]!)));
  return (
    !changing(index).some(
      row =>
        table.remotePort[row] === port && index.plainAddress(table.remoteAddress[row]!) === server,
    ) &&
    !changing(other).some(
      row =>
        table.localPort[row] === port && locals.has(other.plainAddress(table.remoteAddress[row]!)),
    )
  );
}

/** Connections that begin or end. */
function changing(index: SnapshotIndex): Uint32Array {
  return index.once(changing, () =>
    where(
      index.rowsBetween(State.SynSent, State.Closed),
      row => index.table.state[row] !== State.Established,
    ),
  );
}

/**
 * Whether what listens where connections lead to is shown, hands them on to no container, and has
 * so few other clients that this host is not behind them by a NAT or a proxy.
 */
function isServedDirectly({ index, fleet }: RuleContext, rows: Uint32Array, other: SnapshotIndex) {
  const [row] = rows;
  const listener = row === undefined ? NONE : listenerFor(index, row, other);
  const owner = listener === NONE ? NONE : other.owners.of(listener);
  return (
    owner !== NONE &&
    !forwardsPorts(other.owners.get(owner).process) &&
    strangersOn(other, fleet, index.table.remotePort[row!]!).length * GATHERED < rows.length
  );
}

/**
 * Whether connections lead to an accept queue that is full: what the client holds to be open was
 * dropped there (tcp_v4_syn_recv_sock in net/ipv4/tcp_ipv4.c), and LQ-1 tells of it.
 */
function isDropped(index: SnapshotIndex, rows: Uint32Array, other: SnapshotIndex): boolean {
  const full = fullListeners(other);
  return full.size > 0 && rows.length > 0 && full.has(listenerFor(index, rows[0]!, other));
}

/** Whether a host lists as many other clients of a port, some with the very ports of rows: a NAT. */
function isTranslated({ table }: SnapshotIndex, rows: Uint32Array, strangers: Uint32Array) {
  const ports = new Set(Array.from(strangers, row => table.remotePort[row]!));
  const same = where(rows, row => ports.has(table.localPort[row]!));
  return (
    same.length > 0 && same.length * GATHERED >= rows.length && strangers.length >= rows.length
  );
}

/** The connections of a host on a port of its own whose other end no host of the dump shows. */
function strangersOn(index: SnapshotIndex, fleet: Fleet, port: number): Uint32Array {
  const strangers = index.once(strangersOn, () =>
    groupBy(
      where(index.rowsIn(State.Established), row => !index.isHere(row) && isAlone(fleet, row)),
      row => index.table.localPort[row]!,
    ),
  );
  return strangers.of(port);
}

/** The row of another host that listens where a connection leads to; NONE where none does. */
function listenerFor({ table }: SnapshotIndex, row: number, other: SnapshotIndex): number {
  return other.listeners.at(other.plainAddress(table.remoteAddress[row]!), table.remotePort[row]!);
}

/** `ss` without -a hides LISTEN, SYN_RECV and TIME_WAIT: then partners are missing anyhow. */
function showsAllStates(index: SnapshotIndex): boolean {
  return index.counts[State.Listen]! > 0;
}

/**
 * Rows without partner whose listener, the other end's side, is in the dump, so that its other
 * connections are, too.
 */
function lonelyRows(index: SnapshotIndex): Uint32Array {
  const full = fullListeners(index);
  const isLonely = (row: number): boolean =>
    index.isHere(row) &&
    index.otherEnd(row) === NONE &&
    index.listenerAt(row) !== NONE &&
    !full.has(index.listenerAt(row));
  const established = where(index.rowsIn(State.Established), isLonely);
  const finWait2 = where(index.rowsIn(State.FinWait2), isLonely);
  const rows = new Uint32Array(established.length + finWait2.length);
  rows.set(established);
  rows.set(finWait2, established.length);
  return rows.length === 0 ? rows : withoutTranslated(index, rows);
}

/** Listeners to which some connection has both its ends in the dump. */
function withWholeConnections(index: SnapshotIndex): ReadonlySet<number> {
  const listeners = new Set<number>();
  for (const row of index.rowsIn(State.Established)) {
    if (index.isHere(row) && index.otherEnd(row) !== NONE && index.otherEnd(row) !== row) {
      listeners.add(index.listenerAt(row));
    }
  }
  return listeners;
}

/**
 * Leaves out rows that another row answers from a different address or port: REDIRECT and DNAT
 * give ends that do not mirror each other.
 */
function withoutTranslated(index: SnapshotIndex, rows: Uint32Array): Uint32Array {
  const { table, snapshot } = index;
  const wanted = new Tuples(rows.length);
  for (const row of rows) {
    wanted.add(index.plainAddress(table.localAddress[row]!), table.localPort[row]!, 0);
  }
  const answered = new Uint8Array(wanted.size);
  for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
    const remote = index.plainAddress(table.remoteAddress[row]!);
    const number = wanted.find(remote, table.remotePort[row]!, 0);
    if (number !== NONE) {
      answered[number] = 1;
    }
  }
  return where(rows, row => {
    const local = index.plainAddress(table.localAddress[row]!);
    return answered[wanted.find(local, table.localPort[row]!, 0)] === 0;
  });
}
