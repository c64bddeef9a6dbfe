import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { TimerKind } from '../../../vocabulary/timer';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import { remedyFor } from '../../kit/remedy';
import { each, rule } from '../../kit/rule';
import { groupBy, where } from '../../../index/grouping';

const TEXTS = {
  title: say(
    'f2-2.title',
    '{program} has half-closed {connections} and still holds on',
    'linux-ip-sysctl',
    'measured',
  ),
  again: say(
    'f2-2.again',
    '{program} has half-closed {connections} and holds on in {snapshots} snapshots',
    'linux-ip-sysctl',
    'measured',
  ),
  lasting: say('f2-2.lasting', 'Each has been so for at least {time}.', 'general-practice'),
  why: say(
    'f2-2.why',
    'FIN_WAIT2 with a process: it called shutdown() and not close(). No timer ends that while the peer does not close; only keepalive or a reset does.',
    'linux-ip-sysctl',
    'measured',
  ),
  list: say('f2-2.list', 'Lists them as they are now.', 'ss.8'),
  purpose: say(
    'f2-2.purpose',
    'rsync, `ssh -W` and proxies half-close on purpose and wait for the rest.',
    'general-practice',
  ),
};

export const halfClosedHeld = rule({
  code: 'F2-2',
  id: 'half-closed-held',
  title: label('rule.F2-2', 'A program half-closes connections and holds them'),
  needs: { pids: true, timers: true },
  find(context) {
    const { index, history } = context;
    const { timer } = index.table;
    const held = where(
      index.rowsIn(State.FinWait2),
      row => index.owners.of(row) !== NONE && timer?.[row] !== TimerKind.TimeWait,
    );
    return each(
      groupBy(held, row => index.owners.of(row)),
      ([number, all]) => {
        const again = all.filter(row => history.run(row) > 1);
        const rows = again.length > 0 ? again : all;
        const { owner, program, subject } = context.holder(number);
        const connections = context.connections(rows.length);
        // The title is about all of these rows, so it says what is true of each.
        const snapshots = rows.reduce(
          (shortest, row) => Math.min(shortest, history.run(row)),
          Infinity,
        );
        const seconds = rows.reduce(
          (shortest, row) => Math.min(shortest, history.secondsSeen(row, index.number) ?? 0),
          Infinity,
        );
        return {
          subject,
          severity: again.length > 0 ? 'warning' : 'info',
          confidence: again.length > 0 ? 'medium' : 'low',
          rows,
          owner,
          describe: () => ({
            title:
              snapshots > 1
                ? context.say(TEXTS.again, { program, connections, snapshots })
                : context.say(TEXTS.title, { program, connections }),
            why: [context.say(TEXTS.why)],
            evidence: [
              ...(seconds > 0
                ? [
                    context.evidence(
                      context.say(TEXTS.lasting, { time: context.measured(seconds) }),
                    ),
                  ]
                : []),
              ...context.examples(rows),
            ],
            confirm: [
              {
                text: context.say(TEXTS.list),
                command: listState(index.system, 'FIN-WAIT-2', owner),
              },
            ],
            remedy: remedyFor(context, 'FIN-WAIT-2', owner),
            alternatives: [context.say(TEXTS.purpose)],
            caveats: context.caveats({ owner, time: true }),
          }),
        };
      },
    );
  },
});
