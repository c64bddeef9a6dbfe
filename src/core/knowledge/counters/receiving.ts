import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Received data, its order and its buffers: of nstat's `TcpExt…`. */
export const RECEIVING: readonly Counter[] = [
  counter(
    'TcpExtPruneCalled',
    'growth',
    say(
      'The receive buffer of a connection was over its limit, and the kernel tried to make room in it.',
      'linux-tcp-input',
      'linux-snmp-counter',
      'measured',
    ),
    {
      misread: [
        say(
          '"So many packets were pruned." It counts attempts, and as a rule nothing is lost: 4 calls were measured without a drop. TcpExtRcvPruned and TcpExtOfoPruned count losses.',
          'measured',
          'linux-tcp-input',
        ),
      ],
      netTools: ['packets pruned from receive queue because of socket buffer overrun'],
    },
  ),
  counter(
    'TcpExtTCPRcvCollapsed',
    'growth',
    say(
      'Small received segments were joined to save memory. Nothing was lost.',
      'linux-tcp-input',
      'measured',
    ),
    { netTools: ['packets collapsed in receive queue due to low socket buffer'] },
  ),
  counter(
    'TcpExtRcvPruned',
    'each',
    say(
      'Making room in a receive buffer did not help: data that came in was dropped, and has to be sent again.',
      'linux-tcp-input',
      'linux-snmp-counter',
    ),
    { netTools: ['packets pruned from receive queue'] },
  ),
  counter(
    'TcpExtOfoPruned',
    'each',
    say(
      'To make room in a receive buffer, data that had come out of order was dropped, and has to be sent again.',
      'linux-tcp-input',
      'linux-snmp-counter',
    ),
    { netTools: ['packets dropped from out-of-order queue because of socket buffer overrun'] },
  ),
  counter(
    'TcpExtTCPRcvQDrop',
    'each',
    say('A segment in order was dropped because memory was short.', 'linux-tcp-input'),
  ),
  counter(
    'TcpExtTCPOFODrop',
    'each',
    say(
      'A segment out of order was dropped because memory was short.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPZeroWindowDrop',
    'growth',
    say('Data came although this host had closed its window, and was dropped.', 'linux-tcp-input'),
  ),
  counter(
    'TcpExtTCPToZeroWindowAdv',
    'growth',
    say(
      'This host closed the window of a connection: its program is not reading fast enough.',
      'linux-tcp-output',
      'linux-snmp-counter',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPFromZeroWindowAdv',
    'growth',
    say(
      'This host opened the window of a connection again. TcpExtTCPToZeroWindowAdv minus this is about how many are closed.',
      'linux-tcp-output',
      'linux-snmp-counter',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPWantZeroWindowAdv',
    'growth',
    say(
      'This host wanted to close the window of a connection, but could not take back what it had offered.',
      'linux-tcp-output',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPWinProbe',
    'growth',
    say(
      'This host asked a peer whether its window is open again: the peer is not reading.',
      'linux-tcp-output',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPBacklogDrop',
    'each',
    say(
      'A segment was dropped because its program was using the socket at that moment, and too much had come in meanwhile.',
      'linux-tcp-ipv4',
    ),
    {
      misread: [
        say(
          '"The backlog of listen() is too small." It is about data of established connections, not about the accept queue: see TcpExtListenOverflows.',
          'linux-tcp-ipv4',
        ),
      ],
    },
  ),
  counter(
    'TcpExtTCPBacklogCoalesce',
    'normal',
    say(
      'A segment was joined with the one before, while a program was using the socket.',
      'linux-tcp-ipv4',
    ),
  ),
  counter(
    'TcpExtTCPRcvCoalesce',
    'normal',
    say(
      'A segment was joined with the one before in the receive queue.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPOFOQueue',
    'growth',
    say(
      'A segment came out of order and was kept: one before it was lost or overtaken on the way to this host.',
      'linux-snmp-counter',
      'linux-tcp-input',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPOFOMerge',
    'growth',
    say(
      'A segment out of order overlapped one that was here already.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPDSACKOldSent',
    'growth',
    say(
      'Data came that this host had acknowledged: the peer sends again needlessly, because ACKs are lost or late.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['DSACKs sent for old packets'] },
  ),
  counter(
    'TcpExtTCPDSACKOfoSent',
    'growth',
    say(
      'Data came twice that this host still holds out of order.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['DSACKs sent for out of order packets'] },
  ),
];
