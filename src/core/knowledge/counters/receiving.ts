import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Received data, its order and its buffers: of nstat's `TcpExt…`. */
export const RECEIVING: readonly Counter[] = [
  counter(
    'TcpExtPruneCalled',
    'growth',
    say(
      'counter.prune-called',
      'The receive buffer of a connection was over its limit, and the kernel tried to make room in it.',
      'linux-tcp-input',
      'linux-snmp-counter',
      'measured',
    ),
    {
      misread: [
        say(
          'counter.prune-called.not',
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
      'counter.rcv-collapsed',
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
      'counter.rcv-pruned',
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
      'counter.ofo-pruned',
      'To make room in a receive buffer, data that had come out of order was dropped, and has to be sent again.',
      'linux-tcp-input',
      'linux-snmp-counter',
    ),
    { netTools: ['packets dropped from out-of-order queue because of socket buffer overrun'] },
  ),
  counter(
    'TcpExtTCPRcvQDrop',
    'each',
    say(
      'counter.rcv-q-drop',
      'A segment in order was dropped because memory was short.',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPOFODrop',
    'each',
    say(
      'counter.ofo-drop',
      'A segment out of order was dropped because memory was short.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPZeroWindowDrop',
    'growth',
    say(
      'counter.zero-window-drop',
      'Data came although this host had closed its window, and was dropped.',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPToZeroWindowAdv',
    'growth',
    say(
      'counter.to-zero-window-adv',
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
      'counter.from-zero-window-adv',
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
      'counter.want-zero-window-adv',
      'This host wanted to close the window of a connection, but could not take back what it had offered.',
      'linux-tcp-output',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPWinProbe',
    'growth',
    say(
      'counter.win-probe',
      'This host asked a peer whether its window is open again: the peer is not reading.',
      'linux-tcp-output',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPBacklogDrop',
    'each',
    say(
      'counter.backlog-drop',
      'A segment was dropped because its program was using the socket at that moment, and too much had come in meanwhile.',
      'linux-tcp-ipv4',
    ),
    {
      misread: [
        say(
          'counter.backlog-drop.not',
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
      'counter.backlog-coalesce',
      'A segment was joined with the one before, while a program was using the socket.',
      'linux-tcp-ipv4',
    ),
  ),
  counter(
    'TcpExtTCPRcvCoalesce',
    'normal',
    say(
      'counter.rcv-coalesce',
      'A segment was joined with the one before in the receive queue.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPOFOQueue',
    'growth',
    say(
      'counter.ofo-queue',
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
      'counter.ofo-merge',
      'A segment out of order overlapped one that was here already.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPDSACKOldSent',
    'growth',
    say(
      'counter.dsack-old-sent',
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
      'counter.dsack-ofo-sent',
      'Data came twice that this host still holds out of order.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['DSACKs sent for out of order packets'] },
  ),
];
