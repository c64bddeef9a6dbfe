import { label, say } from '../../../wording/statement';
import { FREEBSD, LINUX, MACOS, on, WINDOWS } from '../../../knowledge/advice';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { listenerCommand } from '../../kit/commands';
import { FINDING_TEXTS } from '../../kit/findingTexts';
import { each, rule } from '../../kit/rule';
import { groupBy, where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';

const TEXTS = {
  title: say('{count} programs listen on port {port}: {first}, {second}', 'socket.7'),
  more: say(
    '{count} programs listen on port {port}: {first}, {second}, and {more} more',
    'socket.7',
  ),
  workers: say('Several sockets of {program} listen on port {port}', 'socket.7'),
  reuse: say(
    'On one address that is SO_REUSEPORT: the kernel divides new connections among the sockets.',
    'socket.7',
  ),
  windows: say(
    'On one address that is SO_REUSEADDR, and it is not defined which of the programs gets a connection. SO_EXCLUSIVEADDRUSE keeps others off a port.',
    'ms-exclusiveaddruse',
  ),
  macos: say(
    'On one address that is SO_REUSEPORT, or a socket that was inherited. Connections need not be divided evenly: one program may get all of them.',
    'macos-setsockopt.2',
  ),
  freebsd: say(
    'On one address that is SO_REUSEPORT or SO_REUSEPORT_LB; only the latter divides new connections among the programs.',
    'freebsd-setsockopt.2',
  ),
  split: say(
    'On different addresses, each gets the connections to its own address. A specific address takes precedence over "all addresses".',
    'socket.7',
  ),
};

export const sharedPort = rule({
  code: 'DUP-1',
  id: 'shared-port',
  title: label('Several programs listen on one port'),
  needs: { states: [State.Listen], pids: true },
  culprit: 'local',
  find(context) {
    const { index } = context;
    const { inode, localPort } = index.table;
    const sockets = new Set<number>();
    const listeners = where(index.rowsIn(State.Listen), row => {
      if (!(localPort[row]! > 0) || index.owners.of(row) === NONE) {
        return false;
      }
      // One socket that child processes have inherited is a row for each of them in lsof.
      const socket = inode?.[row] ?? NONE;
      const isNew = !(socket > 0 && sockets.has(socket));
      sockets.add(socket);
      return isNew;
    });
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
      if (isOneOfEachFamily(index, rows)) {
        return undefined;
      }
      const common = haveCommonAddress(index, rows);
      const names = new Set(Array.from(owners, owner => index.owners.get(owner).process));
      const [name = null] = names;
      // Of two programs with one address, Windows does not say which one a connection reaches.
      const isUndefined =
        common && context.system === 'windows' && names.size > 1 && !names.has(null);
      return {
        subject: `port ${port}`,
        severity: isUndefined ? 'warning' : 'info',
        confidence: common && context.system !== 'linux' ? 'medium' : 'high',
        rows,
        owner: context.ownerOf(rows[0]!),
        describe: () => ({
          title:
            names.size === 1 && name !== null
              ? context.say(TEXTS.workers, {
                  port: String(port),
                  program: context.processes(name, owners.size),
                })
              : context.say(owners.size === 2 ? TEXTS.title : TEXTS.more, {
                  port: String(port),
                  count: owners.size,
                  first: context.holder(first).program,
                  second: context.holderOf(second).program,
                  more: owners.size - 2,
                }),
          why: common
            ? context.advise(
                on(LINUX, TEXTS.reuse),
                on(WINDOWS, TEXTS.windows),
                on(MACOS, TEXTS.macos),
                on(FREEBSD, TEXTS.freebsd),
              )
            : [context.say(TEXTS.split)],
          evidence: context.examples(rows),
          confirm: [context.check(FINDING_TEXTS.listeners, listenerCommand(context.system, port))],
          remedy: isUndefined ? [context.say(FINDING_TEXTS.apart)] : [],
        }),
      };
    });
  },
});

/** Whether one program has a process for IPv4 and one for IPv6, as docker publishes a port. */
function isOneOfEachFamily({ owners, table }: SnapshotIndex, rows: Uint32Array): boolean {
  const [first, second, ...others] = Array.from(rows, row => ({
    name: owners.get(owners.of(row)).process,
    isIpv6: table.pool.get(table.localAddress[row]!).includes(':'),
  }));
  return (
    others.length === 0 &&
    first!.name !== null &&
    first!.name === second!.name &&
    first!.isIpv6 !== second!.isIpv6
  );
}

function haveCommonAddress(index: SnapshotIndex, rows: Uint32Array): boolean {
  const addresses = index.tally();
  for (const row of rows) {
    addresses.add(index.plainAddress(index.table.localAddress[row]!));
  }
  return addresses.size < rows.length;
}
