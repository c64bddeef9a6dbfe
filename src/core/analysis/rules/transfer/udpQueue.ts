import { label, say } from '../../../wording/statement';
import { protocolWord } from '../../../vocabulary/protocol';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { each, rule } from '../../kit/rule';
import { groupBy, where } from '../../../index/grouping';

const TEXTS = {
  title: say(
    'udp-1.title',
    '{program} reads UDP too slowly: {bytes} wait, in two snapshots',
    'linux-udp',
    'measured',
  ),
  why: say(
    'udp-1.why',
    'Datagrams come faster than they are read. When the buffer is full, further ones are dropped, and nobody is told.',
    'linux-udp',
    'measured',
  ),
  memory: say(
    'udp-1.memory',
    'On Linux this counts buffer memory, which is several times the data.',
    'linux-udp',
    'measured',
  ),
  drops: say('udp-1.drops', 'd in skmem counts the datagrams that were dropped.', 'ss.8'),
  remedy: say(
    'udp-1.remedy',
    'Read faster (more threads, recvmmsg()), or give bursts more room: SO_RCVBUF with `net.core.rmem_max`.',
    'socket.7',
  ),
};

export const udpQueue = rule({
  code: 'UDP-1',
  id: 'udp-queue',
  title: label('rule.UDP-1', 'A program reads UDP too slowly'),
  needs: { queues: true, time: true },
  find(context) {
    const { index, history } = context;
    const { protocol, recvQ } = index.table;
    const rows = where(index.received.rowsIn(State.None), row => {
      const before = history.previous(row);
      return (
        before !== NONE && recvQ[before]! > 0 && protocolWord(protocol[row]!).protocol === 'udp'
      );
    });
    return each(
      groupBy(rows, row => index.owners.of(row)),
      ([number, own]) => {
        const { owner, program, subject } = context.holder(number);
        return {
          subject,
          severity: 'warning',
          confidence: 'medium',
          rows: own,
          owner,
          describe: () => ({
            title: context.say(TEXTS.title, {
              program,
              bytes: context.bytes(own.reduce((total, row) => total + recvQ[row]!, 0)),
            }),
            why: [context.say(TEXTS.why), ...(index.linux ? [context.say(TEXTS.memory)] : [])],
            evidence: context.examples(own),
            confirm: index.linux ? [{ text: context.say(TEXTS.drops), command: 'ss -uanpm' }] : [],
            remedy: [context.say(TEXTS.remedy)],
            caveats: context.caveats({ owner }),
          }),
        };
      },
    );
  },
});
