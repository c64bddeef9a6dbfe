import { label, say } from '../knowledge/statement';

/** Words and remarks that several rules use. */
export const SAYINGS = {
  unknownProgram: label('finding.unknown-program', 'a program that is not shown'),
  programOnPort: label('finding.program-on-port', 'the program on port {port}'),
  remotes: label('finding.remotes', '{n} remotes'),
  connection: label('finding.connection', '1 connection'),
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
  notInLast: say(
    'finding.not-in-last',
    'Seen in snapshot {snapshot} of {count}, and no more in the last.',
    'general-practice',
  ),
};
