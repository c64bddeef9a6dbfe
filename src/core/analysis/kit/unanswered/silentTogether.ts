import { quote, type Text } from '../../../wording/text';
import { say } from '../../../wording/statement';
import { networkOf, reachOf } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { groupBy, NO_ROWS, union, where } from '../../../index/grouping';
import { hasRemotes, type Remotes } from '../../../index/remotes';
import type { OwnerIdentity } from '../../../index/owners';
import { largest } from '../columns';
import { listState, remoteCommand } from '../commands';
import { messagesOf } from '../counting/messages';
import type { Confirmation, Draft, Severity } from '../draft';
import { isUnanswered } from '../lastHeard';
import { isPublicRemote } from '../reachable';
import { remedyFor } from '../remedy';
import { onlyOwner, type RemoteGroup } from '../remoteGroups';
import type { RuleContext } from '../ruleContext';
import { answeredOn } from './answered';
import { HUNTED } from './hunted';

/* Attempts to connect that are silent together, so that what they have in common is to blame. */

/** Ports below are those of well-known services, and of clients that only root can be. */
const WELL_KNOWN = 1024;

const SMTP = 25;

/** Addresses of which none answers on a port, from which on it is the port. */
const ADDRESSES = 5;

/** Networks that are silent over one version of IP, from which on it is no service. */
const NETWORKS = 3;

/** Retransmitted SYNs from which on the silence has lasted for 2 s at least. */
export const SILENT = 2;

/** The versions of IP, each with the other one. */
const FAMILIES = [
  ['IPv6', 'IPv4'],
  ['IPv4', 'IPv6'],
] as const;
type Family = (typeof FAMILIES)[number][0];

const TEXTS = {
  path: say('Run this now, and test the same port from another host, too.', 'general-practice'),
  blocked: say(
    'Outgoing port {port} is most likely blocked: {program} is getting no answer from {count} remote addresses',
    'general-practice',
  ),
  blockedWhy: say(
    'No remote address answers on port {port}. A filter on the path is more likely than so many hosts that are down at once.',
    'general-practice',
  ),
  wayOut: say(
    'This host most likely has no way out: {program} is getting no answer from {count} remote addresses',
    'general-practice',
  ),
  source: say(
    'Everything from the local address {address} is most likely unanswered: {count} in SYN_SENT',
    'general-practice',
  ),
  sourceWhy: say(
    'Connections from other addresses of this host are answered: {count}. The interface with this address, or the VPN or tunnel behind it, most likely lets nothing through.',
    'general-practice',
  ),
  sourceRemedy: say(
    'Check whether the interface, VPN, or tunnel with this address is up, and connect it again.',
    'general-practice',
  ),
  wayOutWhy: say(
    'Different services in different networks are silent at once, and nothing else outside answers. One cause on the way out of this host is more likely than several servers that are down.',
    'general-practice',
  ),
  wayOutRemedy: say(
    'Before the services, check the default route, gateway, firewall, and NAT of this host.',
    'general-practice',
  ),
  allSilentWhy: say(
    'Several programs ask these addresses, and nothing outside this host answers. One cause at its own network is more likely than so many hosts that are down.',
    'general-practice',
  ),
  allSilentRemedy: say(
    'Before the services, check the interface of this host and its link, then its firewall, routes, and gateway.',
    'general-practice',
  ),
  common: say(
    'The services can have something else in common, such as a provider, a VPN, or a firewall of their own.',
    'general-practice',
  ),
  relay: say(
    'Many clouds and providers block outgoing port 25. Send through a relay on port 587 or 465, or ask the provider to open port 25.',
    'general-practice',
  ),
  egress: say(
    'Check what this host, its security group, its gateway, and its provider let out to this port.',
    'general-practice',
  ),
  family: say(
    'Everything over {family} is most likely unanswered: {count} in SYN_SENT',
    'general-practice',
    'rfc8305',
  ),
  familyWhy: say(
    'Connections over {other} to the same ports are answered: {count}. Most likely the {family} route, a router, or a firewall lets nothing through.',
    'general-practice',
    'rfc8305',
  ),
  familyRemedy: say(
    'Check the {family} address, default route, and firewall of this host, and whether its network has {family} at all.',
    'general-practice',
  ),
};

/** Attempts that are silent together, and what they have in common. */
interface Together {
  readonly subject: string;
  readonly rows: Uint32Array;
  /** Warning where it is left out. */
  readonly severity?: Severity;
  readonly explains?: Draft['explains'];
  readonly words: (
    remotes: Remotes,
    owner: OwnerIdentity | null,
  ) => {
    readonly title: Text;
    readonly why: Text;
    readonly remedy: readonly Text[];
    readonly alternatives?: readonly Text[];
  };
}

function draftOf(context: RuleContext, together: Together): Draft {
  const { rows, subject, severity = 'warning', explains, words } = together;
  const owner = onlyOwner(context, rows);
  const remotes = context.remotes(rows);
  return {
    cause: 'connecting',
    subject,
    severity,
    confidence: 'medium',
    rows,
    owner,
    ...(explains === undefined ? {} : { explains }),
    describe: () => {
      const { why, ...others } = words(remotes, owner);
      return {
        ...others,
        why: [why],
        evidence: context.examples(rows),
        confirm: [checkPath(context, remotes, owner)],
        caveats: context.caveats({ owner, time: true }),
      };
    },
  };
}

/**
 * What is silent together among attempts to connect: over one version of IP, from one local
 * address, or to one port.
 */
export function silentTogether(context: RuleContext, all: Uint32Array): Draft[] {
  const drafts: Draft[] = [];
  let rows = all;
  for (const find of [silentFamilies, silentSources, blockedPorts]) {
    const found = find(context, rows);
    const taken = new Set(found.flatMap(draft => [...draft.rows]));
    rows = taken.size === 0 ? rows : where(rows, row => !taken.has(row));
    drafts.push(...found);
  }
  return drafts;
}

/**
 * A version of IP over which nothing outside is answered, while connections to the same ports are
 * over the other one.
 */
function silentFamilies(context: RuleContext, rows: Uint32Array): Draft[] {
  const { index } = context;
  const { remotePort } = index.table;
  const drafts: Draft[] = [];
  for (const [family, other] of context.isFiltered ? [] : FAMILIES) {
    const tried = where(
      rows,
      row => !index.isHere(row) && !HUNTED.has(remotePort[row]!) && isOver(context, row, family),
    );
    const ports = new Set(Array.from(tried, row => remotePort[row]!));
    const answered = where(
      tried.length < NETWORKS ? NO_ROWS : union([...ports].map(port => answeredOn(context, port))),
      row => isOver(context, row, other) && !isUnanswered(index.table, row),
    );
    const own = where(tried, row => isPublicRemote(index, row));
    const count = where(answered, row => isPublicRemote(index, row)).length;
    if (count >= NETWORKS && !isHeardOver(context, family) && areSilentWidely(context, own)) {
      drafts.push(
        draftOf(context, {
          subject: `over ${family}`,
          rows: own,
          explains: { rows: [own], symptoms: ['SS-2'] },
          words: () => ({
            title: context.say(TEXTS.family, { family, count: own.length }),
            why: context.say(TEXTS.familyWhy, { family, other, count }),
            remedy: [context.say(TEXTS.familyRemedy, { family })],
          }),
        }),
      );
    }
  }
  return drafts;
}

function remoteOf({ index }: RuleContext, row: number): string {
  return index.table.pool.get(index.plainAddress(index.table.remoteAddress[row]!));
}

function isOver(context: RuleContext, row: number, family: Family): boolean {
  return remoteOf(context, row).includes(':') === (family === 'IPv6');
}

/** Whether anything outside is open over a version of IP, or was lately. */
function isHeardOver(context: RuleContext, family: Family): boolean {
  const { index } = context;
  return union([index.rowsIn(State.Established), index.rowsIn(State.TimeWait)]).some(
    row =>
      !index.isHere(row) &&
      isOver(context, row, family) &&
      !isUnanswered(index.table, row) &&
      isPublicRemote(index, row),
  );
}

/**
 * Whether attempts that have been silent for seconds go to several networks; without counts of
 * retransmissions, those of several programs, or many: one may just have begun some.
 */
function areSilentWidely(context: RuleContext, rows: Uint32Array): boolean {
  const { history, index } = context;
  const { retransmits } = index.table;
  const old = where(rows, row => (retransmits?.[row] ?? 0) >= SILENT || history.run(row) > 1);
  const untold = retransmits === undefined && old.length === 0;
  const owners = new Set(Array.from(rows, row => index.owners.of(row)));
  const networks = new Set<string | null>();
  for (const row of untold ? rows : old) {
    networks.add(networkOf(remoteOf(context, row)));
  }
  return (
    networks.size >= NETWORKS &&
    (!untold || hasRemotes(index, rows, owners.size > 1 ? ADDRESSES : ADDRESSES * 2))
  );
}

/** Local addresses that are told apart: more are no interfaces. */
const MOST_SOURCES = 10;

/** Local addresses from which nothing is answered, where others have answers. */
function silentSources(context: RuleContext, rows: Uint32Array): Draft[] {
  const { index } = context;
  const { localAddress, pool, retransmits, sendQ } = index.table;
  const sourceOf = (row: number): number => index.plainAddress(localAddress[row]!);
  const outside = where(rows, row => !index.isHere(row));
  // Without counts of retransmissions, a few may be on their way.
  const fewest = retransmits === undefined ? ADDRESSES * 2 : ADDRESSES;
  if (!hasRemotes(index, outside, fewest)) {
    return [];
  }
  const open = where(
    union([index.rowsIn(State.Established), index.rowsIn(State.TimeWait)]),
    row => !index.isHere(row),
  );
  // Without those counts, data that waits shows no answer.
  const waits = (row: number): boolean => retransmits === undefined && sendQ[row]! > 0;
  const heard = where(open, row => !isUnanswered(index.table, row) && !waits(row));
  const count = heard.length;
  const answered = groupBy(heard, sourceOf);
  const openFrom = groupBy(open, sourceOf);
  const drafts: Draft[] = [];
  for (const [source, own] of groupBy(outside, sourceOf).withAtLeast(fewest)) {
    if (drafts.length === MOST_SOURCES) {
      break;
    }
    if (
      answered.of(source).length > 0 ||
      count < ADDRESSES ||
      index.isHidden(source) ||
      !hasRemotes(index, own, fewest) ||
      (retransmits !== undefined && largest(own, retransmits) < SILENT)
    ) {
      continue;
    }
    drafts.push(
      draftOf(context, {
        subject: `from ${pool.get(source)}`,
        rows: own,
        explains: { rows: [own, openFrom.of(source)], symptoms: ['SS-2', 'RT-1', 'SQ-1', 'F1-1'] },
        words: () => ({
          title: context.say(TEXTS.source, {
            address: quote(pool.get(source)),
            count: own.length,
          }),
          why: context.say(TEXTS.sourceWhy, { count }),
          remedy: [context.say(TEXTS.sourceRemedy)],
        }),
      }),
    );
  }
  return drafts;
}

/** Well-known ports on which many addresses are asked and none answers; not where the log has another reason. */
function blockedPorts(context: RuleContext, rows: Uint32Array): Draft[] {
  const { index } = context;
  const { remotePort, retransmits } = index.table;
  const wellKnown = where(
    messagesOf(context, 'conntrack').length > 0 ? NO_ROWS : rows,
    row =>
      remotePort[row]! > 0 &&
      remotePort[row]! < WELL_KNOWN &&
      !HUNTED.has(remotePort[row]!) &&
      !index.isHere(row),
  );
  const drafts: Draft[] = [];
  for (const [port, own] of groupBy(wellKnown, row => remotePort[row]!).withAtLeast(ADDRESSES)) {
    const isSilent =
      retransmits === undefined ||
      largest(own, retransmits) >= SILENT ||
      context.history.longestRun(own) > 1;
    if (
      isSilent &&
      hasRemotes(index, own, ADDRESSES) &&
      answeredOn(context, port).length === 0 &&
      isOnline(context)
    ) {
      drafts.push(blockedPort(context, port, own));
    }
  }
  return drafts;
}

function blockedPort(context: RuleContext, port: number, rows: Uint32Array): Draft {
  return draftOf(context, {
    subject: `to port ${port}`,
    rows,
    explains: { rows: [rows], symptoms: ['SS-2'] },
    words: (remotes, owner) => ({
      title: context.say(TEXTS.blocked, {
        port: String(port),
        program: context.programOf(rows),
        count: remotes.least,
      }),
      why: context.say(TEXTS.blockedWhy, { port: String(port) }),
      // No provider is on the way to private networks.
      remedy: remotes.top.every(({ address }) => reachOf(address) === 'private')
        ? remedyFor(context, 'SYN-SENT', owner, rows)
        : [context.say(port === SMTP ? TEXTS.relay : TEXTS.egress)],
    }),
  });
}

/** Silent groups that have the way out of this host in common: far ones, or all. */
export function wayOut(
  context: RuleContext,
  silent: readonly RemoteGroup[],
  areFar: boolean,
  severity: Severity,
): Draft {
  const rows = union(silent.map(group => group.rows));
  return draftOf(context, {
    subject: 'way out',
    rows,
    severity,
    words: remotes => ({
      title: context.say(TEXTS.wayOut, {
        program: context.programOf(rows),
        count: remotes.least,
      }),
      why: context.say(areFar ? TEXTS.wayOutWhy : TEXTS.allSilentWhy),
      remedy: [context.say(areFar ? TEXTS.wayOutRemedy : TEXTS.allSilentRemedy)],
      alternatives: [context.say(TEXTS.common)],
    }),
  });
}

/** How to look at connects that get no answer. */
export function checkPath(
  context: RuleContext,
  { whole }: Remotes,
  owner: OwnerIdentity | null,
): Confirmation {
  const { system } = context.index;
  return context.check(
    TEXTS.path,
    remoteCommand(system, whole) ?? listState(system, 'SYN-SENT', owner),
  );
}

/** Whether nothing speaks against some other host that answers, so that there is a network. */
export function isOnline({ index }: RuleContext): boolean {
  return index
    .rowsIn(State.Established)
    .some(row => !index.isHere(row) && !isUnanswered(index.table, row));
}
