import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { isUdp, UDP_TEXTS } from '../../kit/udp';
import { groupBy, where } from '../../../index/grouping';

const TEXTS = {
  title: say('{program} holds {count} connected UDP sockets, to {remote}', 'udp.7'),
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
    const { remotePort } = index.table;
    const rows = where(
      index.rowsIn(State.None),
      row => remotePort[row]! > 0 && index.owners.of(row) !== NONE && isUdp(index, row),
    );
    const byOwner = groupBy(rows, row => index.owners.of(row));
    return each(byOwner.withAtLeast(thresholds.connectedUdp), ([number, own]) => {
      const { owner, program, subject } = context.holder(number);
      return {
        cause: 'udp-sockets',
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
          why: [context.say(UDP_TEXTS.why)],
          evidence: context.examples(own),
          confirm: [context.check(UDP_TEXTS.again, null)],
          alternatives: [context.say(UDP_TEXTS.normal)],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    });
  },
});
