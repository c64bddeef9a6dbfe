import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { LINUX, on } from '../../../knowledge/advice';
import { PASSING } from '../../kit/closing/closeWaitReadings';
import { listState } from '../../kit/commands';
import type { Draft, Severity } from '../../kit/draft';
import { isReceiving } from '../../kit/transfer/queues';
import { where } from '../../../index/grouping';
import { NONE } from '../../../model/row';
import { halfClosedPairs, heldFinWait2, MANY_HALF_CLOSED } from '../../kit/closing/halfClosed';
import { each, rule } from '../../kit/rule';
import { onlyRemote, type RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  title: say(
    '{program} has called shutdown() on {connections}, but not close() (FIN_WAIT_2)',
    'shutdown.2',
    'measured',
  ),
  titleOne: say(
    '{program} has called shutdown() on 1 connection and still holds it (FIN_WAIT_2)',
    'shutdown.2',
    'measured',
  ),
  again: say(
    '{program} has held {connections} in FIN_WAIT_2 after shutdown(), in {snapshots} snapshots',
    'shutdown.2',
    'measured',
  ),
  lasting: say('In FIN_WAIT_2 for at least {time}.', 'general-practice'),
  why: say(
    'FIN_WAIT_2 with a process: the program has called shutdown() and not close(). The FIN of the peer, a reset, or the program ends that.',
    'rfc9293-3.6',
    'measured',
  ),
  timeout: say(
    '`tcp_fin_timeout` does not apply: it is for sockets that no process holds.',
    'linux-ip-sysctl',
    'measured',
  ),
  check: say(
    'Run this now and again a minute later. Ports that are listed both times wait for peers that do not close.',
    'rfc9293-3.6',
  ),
  close: say(
    'Program: after shutdown(), read with a timeout, then call close(). Peer: close after the end of the stream.',
    'rfc9293-3.6',
    'general-practice',
  ),
  purpose: say(
    'rsync, `ssh -W`, and proxies half-close on purpose and wait for the rest.',
    'general-practice',
  ),
};

export const halfClosedHeld = rule({
  code: 'F2-2',
  id: 'half-closed-held',
  title: label('Half-closed connections that a program still holds'),
  needs: { states: [State.FinWait2], pids: true },
  find(context) {
    const { index } = context;
    return each(heldFinWait2.of(index), ([number, all]) => {
      const rows = where(all, row => !isAnswered(context, row));
      // What a half-closed pair explains is not said again.
      return rows.length === 0 || halfClosedPairs.of(index).has(number)
        ? undefined
        : draft(context, number, rows);
    });
  },
});

/** Whether the peer of a row still sends: what it waits for is coming. */
function isAnswered(context: RuleContext, row: number): boolean {
  const peer = context.otherEnd(row);
  return (
    isReceiving(context, row) ||
    (peer !== NONE &&
      context.index.table.state[peer] === State.CloseWait &&
      context.index.table.sendQ[peer]! > 0)
  );
}

/** Whether the other end of a row is shown to wait for its own program, of which others tell. */
function isLeftOpen(context: RuleContext, row: number): boolean {
  const peer = context.otherEnd(row);
  return peer !== NONE && context.index.table.state[peer] === State.CloseWait;
}

function draft(context: RuleContext, number: number, all: Uint32Array): Draft {
  const { index, history } = context;
  const longest = history.longestRun(all);
  const rows = longest > 1 ? all.filter(row => history.run(row) > 1) : all;
  const { owner, program, subject } = context.holder(number);
  const connections = context.connections(rows.length);
  // The title is about all of these rows, so it says what is true of each.
  const snapshots = rows.reduce((least, row) => Math.min(least, history.run(row)), Infinity);
  const youngest = rows.find(row => history.run(row) === snapshots)!;
  const seconds = history.secondsSeen(youngest, index.number);
  const isTold = rows.every(row => isLeftOpen(context, row));
  const severity = isTold ? 'info' : severityOf(all.length, longest, seconds);
  return {
    subject,
    severity,
    confidence: severity === 'warning' && longest > 1 ? 'medium' : 'low',
    rows,
    owner,
    remote: onlyRemote(context.remotes(rows)),
    describe: () => ({
      title:
        snapshots > 1
          ? context.say(TEXTS.again, { program, connections, snapshots })
          : rows.length === 1
            ? context.say(TEXTS.titleOne, { program })
            : context.say(TEXTS.title, { program, connections }),
      why: [context.say(TEXTS.why), ...context.advise(on(LINUX, TEXTS.timeout))],
      evidence: [
        ...(seconds === null || seconds === 0
          ? []
          : [context.evidence(context.say(TEXTS.lasting, { time: context.measured(seconds) }))]),
        ...context.examples(rows),
      ],
      confirm: [context.check(TEXTS.check, listState(index.system, 'FIN-WAIT-2', owner))],
      remedy: [context.say(TEXTS.close)],
      alternatives: [context.say(TEXTS.purpose)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

/** A transfer that ends within the minute looks so; many at once, or long ones, do not. */
function severityOf(count: number, snapshots: number, seconds: number | null): Severity {
  // Without times, two snapshots may be of one second.
  const long = snapshots > 1 && (seconds ?? 0) >= PASSING;
  return long || count >= MANY_HALF_CLOSED ? 'warning' : 'info';
}
