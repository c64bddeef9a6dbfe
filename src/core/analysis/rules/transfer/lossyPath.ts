import { where } from '../../../index/grouping';
import { NONE } from '../../../model/row';
import { reachOf } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { detailsCommand } from '../../kit/commands';
import type { Draft } from '../../kit/draft';
import { COMMON_PATH, LOSSY, WIRELESS } from '../../kit/transfer/loss';
import { oneNetwork } from '../../kit/oneNetwork';
import { groupText, onlyOwner, type RemoteGroup, remoteGroups } from '../../kit/remoteGroups';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

/** Bytes of a connection below which a share says little: some 70 segments. */
const ENOUGH = 100_000;

/** The same of all connections of a finding. */
const ENOUGH_IN_ALL = 1_000_000;

/** Connections, or addresses, from which on it is no matter of this or that one. */
const SEVERAL = 3;

/** Clean connections for each lossy one, where these are of single clients. */
const MANY_OTHERS = 10;

/** Percent up to which a connection is none that shows loss. */
const CLEAN = 1;

const TEXTS = {
  title: say(
    '{program} had to send {percent}% of all data to {remote} again: segments are most likely lost on the path',
    'iproute2-ss',
    'general-practice',
  ),
  some: say(
    '{program} had to send {percent}% of all data on {connections} to {remote} again, unlike on others to the same address',
    'iproute2-ss',
  ),
  beside: say(
    'Connections to the same addresses with at most 1% sent again: {count}. They carried {bytes}, so not every path there loses segments.',
    'iproute2-ss',
    'general-practice',
  ),
  again: say('Sent again: {again} of {all} (`bytes_retrans`, `bytes_acked`).', 'iproute2-ss'),
  clean: say('Connections to other addresses with at most 1% sent again: {count}.', 'iproute2-ss'),
  over: say('The bytes count since a connection was opened. The loss may be over.', 'iproute2-ss'),
  needless: say(
    'What was only late is sent again, too: `dsack_dups` counts what the peer had already.',
    'iproute2-ss',
  ),
  growing: say(
    'Run this twice, some seconds apart: `bytes_retrans` grows where data is still lost.',
    'ss.8',
  ),
};

export const lossyPath = rule({
  code: 'RT-2',
  id: 'lossy-path',
  title: label('Much data sent again on some paths'),
  needs: { states: [State.Established] },
  culprit: 'remote',
  find(context) {
    const { index } = context;
    if (index.table.bytesRetransmitted === undefined) {
      return [];
    }
    const lossyRows: number[] = [];
    const cleanRows: number[] = [];
    for (const row of index.rowsIn(State.Established)) {
      const carried = carriedBy(context, row);
      const percent = percentOf(carried);
      if (carried.all >= ENOUGH && percent >= LOSSY) {
        lossyRows.push(row);
      } else if (carried.all >= ENOUGH && percent <= CLEAN) {
        cleanRows.push(row);
      }
    }
    if (lossyRows.length === 0) {
      return [];
    }
    const lossy = Uint32Array.from(lossyRows);
    const clean = Uint32Array.from(cleanRows);
    return each(groupsOf(context, lossy, clean), group => judge(context, group, clean));
  },
});

/** The one network that all are of, as far as others are clean; else by remote address. */
function groupsOf(context: RuleContext, lossy: Uint32Array, clean: Uint32Array): RemoteGroup[] {
  const network = oneNetwork(context, lossy, clean, SEVERAL);
  return network === null
    ? remoteGroups(context, lossy, SEVERAL)
    : [
        {
          subject: network.network,
          rows: network.rows,
          remotes: context.remotes(network.rows),
          remote: null,
          network,
        },
      ];
}

function judge(context: RuleContext, group: RemoteGroup, clean: Uint32Array): Draft | undefined {
  const { rows, subject, remote, remotes } = group;
  const since = carriedByAll(context, rows);
  // That little was sent since the snapshot before does not mean that the loss is over.
  const sum = since.all < ENOUGH_IN_ALL ? carriedByAll(context, rows, carriedInAll) : since;
  if (sum.all < ENOUGH_IN_ALL || percentOf(sum) < LOSSY) {
    return undefined;
  }
  // Another interface, link, or subflow of MPTCP.
  const beside = toSameAddresses(context, rows, clean);
  const carried = carriedByAll(context, beside).all;
  const isPassable = carried >= sum.all;
  const others = clean.length - beside.length;
  const owner = onlyOwner(context, rows);
  const few = areOfClients(context, group, clean);
  return {
    cause: 'unanswered',
    subject,
    severity: few || isPassable ? 'info' : 'warning',
    confidence: 'medium',
    rows,
    owner,
    remote,
    describe: () => ({
      title: context.say(beside.length === 0 ? TEXTS.title : TEXTS.some, {
        program: context.programOf(rows),
        remote: groupText(context, group),
        percent: Number(percentOf(sum).toFixed(1)),
        connections: context.connections(rows.length),
      }),
      evidence: [
        context.evidence(
          context.say(TEXTS.again, {
            again: context.bytes(sum.again),
            all: context.bytes(sum.all),
          }),
        ),
        ...(beside.length > 0
          ? [
              context.evidence(
                context.say(TEXTS.beside, {
                  count: beside.length,
                  bytes: context.bytes(carried),
                }),
              ),
            ]
          : []),
        ...(others > 0 ? [context.evidence(context.say(TEXTS.clean, { count: others }))] : []),
        ...context.examples(rows),
      ],
      confirm: [context.check(TEXTS.growing, detailsCommand(context.system, remotes.whole))],
      remedy: few || isPassable ? [] : [context.say(COMMON_PATH)],
      alternatives: [
        ...(few ? [context.say(WIRELESS)] : []),
        context.say(TEXTS.over),
        context.say(TEXTS.needless),
      ],
      caveats: context.caveats({ owner }),
    }),
  };
}

/**
 * Whether these are clients of a server that have no path in common: a few of many, or of public
 * addresses, as Wi-Fi and mobile clients are. What is lost is lost near them.
 */
function areOfClients(
  context: RuleContext,
  { rows, remote, remotes, network }: RemoteGroup,
  clean: Uint32Array,
): boolean {
  return (
    network === undefined &&
    (remote === null || rows.length < SEVERAL) &&
    (reachOf(remotes.whole) === 'public' || clean.length >= rows.length * MANY_OTHERS) &&
    rows.every(row => context.index.roleOf(row) === 'server')
  );
}

/** Bytes that a connection has sent, as far as they were acknowledged, and those sent again. */
interface Carried {
  readonly all: number;
  readonly again: number;
}

/** Those of some rows that go to an address that others go to. */
function toSameAddresses(
  { index }: RuleContext,
  rows: Uint32Array,
  some: Uint32Array,
): Uint32Array {
  const address = (row: number): number => index.plainAddress(index.table.remoteAddress[row]!);
  const addresses = new Set(Array.from(rows, address));
  return where(some, row => addresses.has(address(row)));
}

function carriedByAll(context: RuleContext, rows: Uint32Array, carriedOn = carriedBy): Carried {
  const sum = { all: 0, again: 0 };
  for (const row of rows) {
    const { all, again } = carriedOn(context, row);
    sum.all += all;
    sum.again += again;
  }
  return sum;
}

/** Since the snapshot before where that is enough to say, else since it was opened. */
function carriedBy(context: RuleContext, row: number): Carried {
  const now = carriedInAll(context, row);
  const before = context.history.previous(row);
  if (before === NONE) {
    return now;
  }
  const then = carriedInAll(context, before);
  const since = { all: now.all - then.all, again: now.again - then.again };
  return since.all >= ENOUGH ? since : now;
}

/** Since it was opened. */
function carriedInAll({ index: { table } }: RuleContext, row: number): Carried {
  const again = Math.max(0, table.bytesRetransmitted?.[row] ?? 0);
  return { all: again + Math.max(0, table.bytesAcked?.[row] ?? 0), again };
}

function percentOf({ all, again }: Carried): number {
  return all === 0 ? 0 : (again * 100) / all;
}
