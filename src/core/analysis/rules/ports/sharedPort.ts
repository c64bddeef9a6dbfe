import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { listenerCommand } from '../../kit/commands';
import { each, rule } from '../../kit/rule';
import { groupBy, where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';

const TEXTS = {
  title: say(
    'dup-1.title',
    'Port {port} has {count} programs that listen: {first}, {second}',
    'socket.7',
  ),
  reuse: say(
    'dup-1.reuse',
    'On one address that is SO_REUSEPORT: the kernel divides new connections among them.',
    'socket.7',
  ),
  split: say(
    'dup-1.split',
    'On different addresses each gets the connections to its own; the more exact address goes before "all".',
    'socket.7',
  ),
  look: say('dup-1.look', 'Shows which program listens on which address.', 'ss.8'),
};

export const sharedPort = rule({
  code: 'DUP-1',
  id: 'shared-port',
  title: label('rule.DUP-1', 'Several programs listen on one port'),
  needs: { pids: true },
  find(context) {
    const { index } = context;
    const { localPort } = index.table;
    const listeners = where(
      index.rowsIn(State.Listen),
      row => localPort[row]! > 0 && index.owners.of(row) !== NONE,
    );
    const byPort = groupBy(listeners, row => localPort[row]!);
    return each(byPort.withAtLeast(2), ([port, rows]) => {
      const first = index.owners.of(rows[0]!);
      const second = rows.find(row => index.owners.of(row) !== first);
      if (second === undefined) {
        return undefined;
      }
      const owners = new Set<number>();
      for (const row of rows) {
        owners.add(index.owners.of(row));
      }
      return {
        subject: `port ${port}`,
        severity: 'info',
        confidence: 'high',
        rows,
        owner: context.ownerOf(rows[0]!),
        describe: () => ({
          title: context.say(TEXTS.title, {
            port: String(port),
            count: owners.size,
            first: context.holder(first).program,
            second: context.holderOf(second).program,
          }),
          why: [context.say(haveCommonAddress(index, rows) ? TEXTS.reuse : TEXTS.split)],
          evidence: context.examples(rows),
          confirm: [
            { text: context.say(TEXTS.look), command: listenerCommand(index.system, port) },
          ],
        }),
      };
    });
  },
});

function haveCommonAddress(index: SnapshotIndex, rows: Uint32Array): boolean {
  const addresses = index.tally();
  for (const row of rows) {
    addresses.add(index.plainAddress(index.table.localAddress[row]!));
  }
  return addresses.size < rows.length;
}
