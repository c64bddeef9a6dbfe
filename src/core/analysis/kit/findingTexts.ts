import { label, say } from '../../wording/statement';
import { PHRASES } from '../../wording/words';

/** Words and remarks that several rules use. */
export const FINDING_TEXTS = {
  unknownProgram: label('finding.unknown-program', 'a program that is not shown'),
  severalProcesses: label('finding.several-processes', 'more than one process'),
  oneEnd: label('finding.one-end', 'one of the ends'),
  port: label('finding.port', 'port {port}'),
  programOnPort: label('finding.program-on-port', 'the program on port {port}'),
  remotes: label('finding.remotes', '{n} remote addresses'),
  connection: PHRASES.oneConnection,
  connections: label('finding.connections', '{n} connections'),
  handshake: label('finding.handshake', '1 handshake'),
  handshakes: label('finding.handshakes', '{n} handshakes'),
  row: label('finding.row', '{local} – {remote} {state}'),
  rowWithQueues: label(
    'finding.row-with-queues',
    '{local} – {remote} {state}, Recv-Q {recvQ}, Send-Q {sendQ}',
  ),
  noPids: say(
    'finding.no-pids',
    'The dump does not show programs. `{command}` does.',
    'netstat.8',
    'ss.8',
    'ms-netstat',
  ),
  unprivileged: say(
    'finding.unprivileged',
    'The dump was taken without the rights to see the programs of other users.',
    'netstat.8',
    'ss.8',
  ),
  oneSnapshot: say(
    'finding.one-snapshot',
    'One snapshot cannot show how long it has been so.',
    'general-practice',
  ),
  sight: say(
    'finding.sight',
    'First seen in snapshot {first} of {count}, last in snapshot {last}.',
    'general-practice',
  ),
  sightTimed: say(
    'finding.sight-timed',
    'First seen in snapshot {first} of {count} ({from}), last in snapshot {last} ({to}).',
    'general-practice',
  ),
  growth: say('finding.growth', '{perMinute} more each minute, over {time}.', 'general-practice'),
  growthSpread: say(
    'finding.growth-spread',
    '{perMinute} more each minute, over {time}; the middle half of the rates between its snapshots is {low} to {high}.',
    'general-practice',
  ),
  reaches: say(
    'finding.reaches',
    'At this rate {limit} about {clock}, {time} after the last snapshot.',
    'general-practice',
  ),
  reachesBetween: say(
    'finding.reaches-between',
    'At this rate {limit} about {clock}, {time} after the last snapshot; between {soonest} and {latest} by the spread.',
    'general-practice',
  ),
  reachesLater: say(
    'finding.reaches-later',
    'At this rate {limit} {time} after the last snapshot.',
    'general-practice',
  ),
  onHost: label('finding.on-host', '{host}: {program}'),
  translated: say(
    'finding.translated',
    'Between the hosts the address of {connections} is changed: a NAT or load balancer there may have closed first.',
    'general-practice',
  ),
  notInLast: say(
    'finding.not-in-last',
    'Seen in snapshot {snapshot} of {count}, and no more in the last.',
    'general-practice',
  ),
};
