import { label, say } from '../../wording/statement';
import { PHRASES } from '../../wording/words';

/** Words and remarks that several rules use. */
export const FINDING_TEXTS = {
  unknownProgram: label('finding.unknown-program', 'an unidentified program'),
  severalProcesses: label('finding.several-processes', 'more than one process'),
  oneEnd: label('finding.one-end', 'one of the ends'),
  port: label('finding.port', 'port {port}'),
  programOnPort: label('finding.program-on-port', 'the program listening on port {port}'),
  onPort: label('finding.on-port', '{program} on port {port}'),
  onPorts: label('finding.on-ports', '{program} on ports {ports}'),
  processes: label('finding.processes', '{program} ({n} processes)'),
  remotes: label('finding.remotes', '{n} remote addresses'),
  hiddenRemotes: label('finding.hidden-remotes', 'remote addresses that are not shown in full'),
  connection: PHRASES.oneConnection,
  connections: PHRASES.connections,
  handshake: label('finding.handshake', '1 handshake'),
  handshakes: label('finding.handshakes', '{n} handshakes'),
  row: label('finding.row', '{local} – {remote} {state}'),
  rowWithQueues: label(
    'finding.row-with-queues',
    '{local} – {remote} {state}, Recv-Q {recvQ}, Send-Q {sendQ}',
  ),
  user: say('finding.user', 'User of these sockets: {user}.', 'linux-proc-net-tcp', 'netstat.8'),
  noPids: say(
    'finding.no-pids',
    'This dump does not show processes. To see them, run `{command}`.',
    'netstat.8',
    'ss.8',
    'ms-netstat',
  ),
  unprivileged: say(
    'finding.unprivileged',
    "The dump was taken without permission to see other users' processes.",
    'netstat.8',
    'ss.8',
  ),
  holderAix: say(
    'finding.holder-aix',
    'AIX names the process that holds a socket with `rmsock PCB tcpcb`, run as root: PCB is the first column of `netstat -Aan`. A socket that no process holds is removed.',
    'general-practice',
  ),
  oneSnapshot: say(
    'finding.one-snapshot',
    'A single snapshot cannot show how long this has lasted.',
    'general-practice',
  ),
  untimed: say(
    'finding.untimed',
    'Some snapshots do not show when they were taken, so how long this has lasted is not known. Run `date` before each.',
    'general-practice',
  ),
  sight: say(
    'finding.sight',
    'First seen in snapshot {first} of {count}, last seen in snapshot {last}.',
    'general-practice',
  ),
  sightTimed: say(
    'finding.sight-timed',
    'First seen in snapshot {first} of {count} ({from}), last seen in snapshot {last} ({to}).',
    'general-practice',
  ),
  growth: say(
    'finding.growth',
    'Growing by {perMinute} per minute, measured over {time}.',
    'general-practice',
  ),
  growthSpread: say(
    'finding.growth-spread',
    'Growing by {perMinute} per minute, measured over {time}. The middle half of the rates between snapshots is {low} to {high}.',
    'general-practice',
  ),
  growthUntimed: say(
    'finding.growth-untimed',
    'Growing: {counts} in snapshots {snapshots}.',
    'general-practice',
  ),
  reaches: say(
    'finding.reaches',
    'At this rate, {limit} at about {clock}, {time} after the last snapshot.',
    'general-practice',
  ),
  reachesBetween: say(
    'finding.reaches-between',
    'At this rate, {limit} at about {clock}, {time} after the last snapshot (given the spread, between {soonest} and {latest}).',
    'general-practice',
  ),
  reachesLater: say(
    'finding.reaches-later',
    'At this rate, {limit} {time} after the last snapshot.',
    'general-practice',
  ),
  onHost: label('finding.on-host', '{host}: {program}'),
  translated: say(
    'finding.translated',
    'A NAT or load balancer between the hosts rewrites the address of {connections}. It may have closed first.',
    'general-practice',
  ),
};
