import { type Label, label, say, whileItLasts } from '../../wording/statement';
import type { Localizer, Text } from '../../wording/text';
import { PHRASES } from '../../wording/words';

/** Words and remarks that several rules use. */
export const FINDING_TEXTS = {
  unknownProgram: label('an unidentified program'),
  mount: label("the kernel's NFS client"),
  severalProcesses: label('more than one process'),
  oneEnd: label('one of the ends'),
  port: label('port {port}'),
  programOnPort: label('the program listening on port {port}'),
  onPort: label('{program} on port {port}'),
  onPorts: label('{program} on ports {ports}'),
  processes: label('{program} ({n} processes)'),
  remotes: label('{n} remote addresses'),
  hiddenRemotes: label('remote addresses that are not shown in full'),
  connection: PHRASES.oneConnection,
  connections: PHRASES.connections,
  handshake: label('1 handshake'),
  handshakes: label('{n} handshakes'),
  row: label('{local} – {remote} {state}'),
  rowWithQueues: label('{local} – {remote} {state}, Recv-Q {recvQ}, Send-Q {sendQ}'),
  apart: say(
    'Stop one of the programs, or give it another port or address.',
    'ms-exclusiveaddruse',
    'general-practice',
  ),
  portRange: say('This assumes the default port range, {range}.', 'general-practice'),
  freePorts: whileItLasts(
    say('Closing or restarting the program frees the ports, for now.', 'ms-port-exhaustion'),
  ),
  update: say('Look for an update of the program.', 'ms-port-exhaustion'),
  listeners: say('List what listens on this port.', 'general-practice'),
  user: say('User of these sockets: {user}.', 'linux-proc-net-tcp', 'netstat.8'),
  inside: say(
    'These are the sockets of {machine}, not of the machine around it: run the commands there.',
    'network-namespaces.7',
  ),
  noPids: say(
    'This dump does not show processes. To see them, run `{command}`.',
    'netstat.8',
    'ss.8',
    'ms-netstat',
  ),
  unprivileged: say(
    "The dump was taken without permission to see other users' processes.",
    'netstat.8',
    'ss.8',
  ),
  holderAix: say(
    'AIX names the process that holds a socket with `rmsock PCB tcpcb`, run as root: PCB is the first column of `netstat -Aan`. A socket that no process holds is removed.',
    'general-practice',
  ),
  oneSnapshot: say('A single snapshot cannot show how long this has lasted.', 'general-practice'),
  untimed: say(
    'Some snapshots do not show when they were taken, so how long this has lasted is not known. Run `date` before each.',
    'general-practice',
  ),
  sight: say(
    'First seen in snapshot {first} of {count}, last seen in snapshot {last}.',
    'general-practice',
  ),
  sightTimed: say(
    'First seen in snapshot {first} of {count} ({from}), last seen in snapshot {last} ({to}).',
    'general-practice',
  ),
  growth: say('Growing by {perMinute} per minute, measured over {time}.', 'general-practice'),
  growthSpread: say(
    'Growing by {perMinute} per minute, measured over {time}. The middle half of the rates between snapshots is {low} to {high}.',
    'general-practice',
  ),
  growthUntimed: say('Growing: {counts} in snapshots {snapshots}.', 'general-practice'),
  reaches: say(
    'At this rate, {limit} at about {clock}, {time} after the last snapshot.',
    'general-practice',
  ),
  reachesBetween: say(
    'At this rate, {limit} at about {clock}, {time} after the last snapshot (given the spread, between {soonest} and {latest}).',
    'general-practice',
  ),
  reachesLater: say('At this rate, {limit} {time} after the last snapshot.', 'general-practice'),
  kept: say(
    'Run this now and again in a minute. Ports listed both times are of connections that are kept.',
    'general-practice',
  ),
  oneAddress: say(
    'A proxy, load balancer, NAT, or connection pool puts many clients behind one address.',
    'general-practice',
  ),
  stuckSocket: label('1 stuck socket'),
  stuckSockets: label('{count} stuck sockets'),
  restarted: say(
    'Too early to say: {program} was restarted and has PID {pid} now. Gone with the old process: {sockets}.',
    'general-practice',
  ),
  onHost: label('{host}: {program}'),
  translated: say(
    'A NAT or load balancer between the hosts rewrites the address of {connections}. It may have closed first.',
    'general-practice',
  ),
};

/** How many sockets are stuck. */
export function stuckText(count: number, localizer: Localizer): Text {
  return count === 1
    ? localizer.format(FINDING_TEXTS.stuckSocket)
    : localizer.format(FINDING_TEXTS.stuckSockets, { count });
}

/** What texts are known by that say how something grows. */
export const GROWTH_TEXTS: ReadonlySet<string> = idsOf(
  FINDING_TEXTS.growth,
  FINDING_TEXTS.growthSpread,
  FINDING_TEXTS.growthUntimed,
);

/** What texts are known by that say how much time is left. */
export const LEFT_TEXTS: ReadonlySet<string> = idsOf(
  FINDING_TEXTS.reaches,
  FINDING_TEXTS.reachesBetween,
  FINDING_TEXTS.reachesLater,
);

function idsOf(...statements: readonly Label<string>[]): ReadonlySet<string> {
  return new Set(statements.map(({ text }) => text));
}
