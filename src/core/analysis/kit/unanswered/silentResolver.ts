import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import type { RuleContext } from '../ruleContext';
import { isUdp } from '../udp';

const TEXTS = {
  title: say(
    'The DNS server {remote} is most likely not answering: {count} in SYN_SENT, and {sockets} UDP sockets connected to it',
    'rfc9293-3.5',
    'udp.7',
  ),
  remedy: say(
    'Check whether the DNS server is up, and whether firewalls let UDP and TCP port 53 through, both ways. Name lookups wait for it.',
    'general-practice',
  ),
};

/** What to say of a DNS server that does not answer, and to do. */
export const { remedy: DNS_REMEDY, title: DNS_TITLE } = TEXTS;

const DNS = 53;

/** Sockets of lookups from which on they are not just a round trip away. */
const SEVERAL = 3;

/**
 * How many UDP sockets are connected to the DNS server that some attempts go to; 0 for a few, or another
 * service, and where its answers wait to be read.
 */
export function lookupsWaiting({ index }: RuleContext, rows: Uint32Array): number {
  const { recvQ, remoteAddress, remotePort } = index.table;
  const addressOf = (row: number): number => index.plainAddress(remoteAddress[row]!);
  const server = addressOf(rows[0]!);
  if (rows.some(row => remotePort[row] !== DNS || addressOf(row) !== server)) {
    return 0;
  }
  const waiting = index
    .rowsIn(State.None)
    .filter(row => remotePort[row] === DNS && addressOf(row) === server && isUdp(index, row));
  return waiting.length < SEVERAL || waiting.some(row => recvQ[row]! > 0) ? 0 : waiting.length;
}
