import { NO_ROWS, where } from '../../../index/grouping';
import { LINUX, on } from '../../../knowledge/advice';
import { NONE } from '../../../model/row';
import { protocolWord } from '../../../vocabulary/protocol';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { confirmGrowth, counterCaveats, movedIn } from '../../kit/counting/counters';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

const ERRORS = ['UdpRcvbufErrors', 'Udp6RcvbufErrors'];

const TEXTS = {
  one: say(
    '{program} is not reading datagrams fast enough; dropped at a full receive buffer: {count}',
    'linux-udp',
    'measured',
  ),
  likely: say(
    '{program} is most likely not reading datagrams fast enough; dropped: {count}',
    'linux-udp',
    'measured',
  ),
  some: say(
    'A program is not reading datagrams fast enough; dropped at a full receive buffer: {count}',
    'linux-udp',
    'measured',
  ),
  why: say(
    'Each was dropped because the receive buffer of its socket was full; neither end is told.',
    'linux-udp',
    'measured',
  ),
  which: say(
    'Counters do not say which socket: in `ss -uanpm` it is the one whose d in skmem grows.',
    'ss.8',
    'measured',
  ),
  read: say(
    'Let the program read faster, with more threads for instance. A larger receive buffer (SO_RCVBUF) gives bursts more room.',
    'general-practice',
    'socket.7',
  ),
  burst: say(
    'A burst of datagrams, after a start for instance, fills a receive buffer for an instant.',
    'general-practice',
  ),
};

export const datagramsDropped = rule({
  code: 'CT-3',
  id: 'counter-datagrams-dropped',
  title: label('Counters show datagrams dropped at a full receive buffer'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    const count = moved?.by(...ERRORS) ?? 0;
    if (moved === null || count <= 0) {
      return [];
    }
    const { rows, certain } = fullRows(context);
    const [row] = rows;
    const { owners } = context.index;
    const { owner, program, subject } =
      row !== undefined && rows.every(other => owners.of(other) === owners.of(row))
        ? context.holderOf(row)
        : { owner: null, program: null, subject: 'datagrams' };
    return [
      {
        cause: 'datagrams',
        subject,
        severity: 'warning',
        confidence: program === null || certain ? 'high' : 'medium',
        rows,
        owner,
        describe: () => ({
          title:
            program === null
              ? context.say(TEXTS.some, { count })
              : context.say(certain ? TEXTS.one : TEXTS.likely, { program, count }),
          why: [context.say(TEXTS.why)],
          evidence: [...moved.evidence(context, ...ERRORS), ...context.examples(rows)],
          confirm: confirmGrowth(context, ...ERRORS),
          remedy: [context.say(TEXTS.read)],
          alternatives: [context.say(TEXTS.burst)],
          caveats: [
            ...(program === null ? context.advise(on(LINUX, TEXTS.which)) : []),
            ...counterCaveats(context),
          ],
        }),
      },
    ];
  },
});

/** Sockets whose own count of drops grew; where none shows that, those with datagrams waiting. */
function fullRows({ index, history }: RuleContext): { rows: Uint32Array; certain: boolean } {
  const { drops, protocol } = index.table;
  const isUdp = (row: number): boolean => protocolWord(protocol[row]!).protocol === 'udp';
  const growing =
    drops === undefined
      ? NO_ROWS
      : where(index.rowsIn(State.None), row => {
          const before = history.previous(row);
          return before !== NONE && drops[row]! > Math.max(0, drops[before]!) && isUdp(row);
        });
  return growing.length > 0
    ? { rows: growing, certain: true }
    : { rows: where(index.received.rowsIn(State.None), isUdp), certain: false };
}
