import type { SnapshotIndex } from '../../index/snapshotIndex';
import { protocolWord } from '../../vocabulary/protocol';
import { say } from '../../wording/statement';

/** Whether a row is of a UDP socket. */
export function isUdp({ table }: SnapshotIndex, row: number): boolean {
  return protocolWord(table.protocol[row]!).protocol === 'udp';
}

/** What there is to say of a program with many UDP sockets. */
export const UDP_TEXTS = {
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
