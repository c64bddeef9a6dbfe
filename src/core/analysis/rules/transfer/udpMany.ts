import { label, say } from '../../../wording/statement';
import { protocolWord } from '../../../vocabulary/protocol';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { groupBy, where } from '../../../index/grouping';

const TEXTS = {
  title: say('{program} holds {count} connected UDP sockets, to {remote}', 'udp.7'),
  why: say(
    'UDP has no end of a connection: such a socket stays, with its descriptor and its port, until the program closes it.',
    'udp.7',
  ),
  again: say(
    'List the UDP sockets of this program again in some minutes. Ports that are listed both times are kept open.',
    'general-practice',
  ),
  normal: say(
    'Resolvers, browsers (QUIC), and game or media servers hold many UDP sockets, and close them in time.',
    'general-practice',
  ),
};

export const udpMany = rule({
  code: 'UDP-2',
  id: 'udp-many',
  title: label('A program holds very many connected UDP sockets'),
  thresholds: {
    connectedUdp: threshold.sockets(
      500,
      'Connected UDP sockets of one program that are pointed out.',
    ),
  },
  needs: { states: [State.None] },
  find(context) {
    const { index, thresholds } = context;
    if (index.counts[State.None]! < thresholds.connectedUdp || index.hasFlows) {
      return [];
    }
    const { protocol, remotePort } = index.table;
    const rows = where(
      index.rowsIn(State.None),
      row =>
        remotePort[row]! > 0 &&
        index.owners.of(row) !== NONE &&
        protocolWord(protocol[row]!).protocol === 'udp',
    );
    const byOwner = groupBy(rows, row => index.owners.of(row));
    return each(byOwner.withAtLeast(thresholds.connectedUdp), ([number, own]) => {
      const { owner, program, subject } = context.holder(number);
      return {
        subject,
        severity: 'info',
        confidence: 'low',
        rows: own,
        owner,
        describe: () => ({
          title: context.say(TEXTS.title, {
            program,
            count: own.length,
            remote: context.remoteText(context.remotes(own)),
          }),
          why: [context.say(TEXTS.why)],
          evidence: context.examples(own),
          confirm: [context.check(TEXTS.again, null)],
          alternatives: [context.say(TEXTS.normal)],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    });
  },
});
