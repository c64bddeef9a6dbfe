import { where } from '../../../index/grouping';
import type { MessageEnd } from '../../../reading/around/messageEnd';
import { isAnyAddress, isIpv6, unmapped } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { addressOf } from '../reachable';
import type { RuleContext } from '../ruleContext';
import { isUdp } from '../udp';

/** What a name of the host stands for. */
const LOCALHOST = ['127.0.0.1', '::1'];

/** The addresses that an end which a message names may have. */
export function addressesOf({ address }: MessageEnd): readonly string[] {
  return address === 'localhost' ? LOCALHOST : [unmapped(address)];
}

/** What listens where a message says that a program wants to: on its address, or one of all. */
export function listeningAt(context: RuleContext, end: MessageEnd, overUdp = false): Uint32Array {
  const { index } = context;
  const { localAddress, localPort, remotePort } = index.table;
  const rows = overUdp
    ? where(
        index.rowsIn(State.None),
        row => localPort[row] === end.port && remotePort[row]! <= 0 && isUdp(index, row),
      )
    : index.listeners.on(end.port);
  const wanted = addressesOf(end);
  return where(
    rows,
    row =>
      index.isHidden(localAddress[row]!) ||
      wanted.some(address => meet(address, unmapped(addressOf(context, row)))),
  );
}

/** Whether two addresses of one port are in each other's way; `::` is also of IPv4 as a rule. */
function meet(one: string, other: string): boolean {
  return one === other || covers(one, other) || covers(other, one);
}

function covers(any: string, address: string): boolean {
  return isAnyAddress(any) && !(any === '0.0.0.0' && isIpv6(address) && address !== '::');
}
