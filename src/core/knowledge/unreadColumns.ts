import { label, say } from '../wording/statement';

/** What Recv-Q tells of sockets in CLOSE_WAIT: the words that count them in reports, and what they mean. */
export const UNREAD_COLUMNS = {
  endRead: {
    title: label('End read'),
    note: say(
      'Nothing is unread (Recv-Q 0). On Linux the program has also read the FIN, and has not closed; other systems do not count the FIN.',
      'linux-tcp-diag',
      'measured',
    ),
  },
  finUnread: {
    title: label('FIN unread'),
    note: say(
      'Only the FIN is unread (Recv-Q 1 on Linux): the program has read all data, and not looked at the connection since.',
      'linux-tcp-diag',
      'measured',
    ),
  },
  dataUnread: {
    title: label('Data unread'),
    note: say(
      'Data came that the program has not read, so it does not know of the FIN behind it yet.',
      'linux-tcp-diag',
    ),
  },
  idleTls: {
    title: label('Idle TLS'),
    note: say(
      'Recv-Q is as large as a TLS close_notify and a FIN. Most likely the peer has closed an idle TLS connection, and the program has not looked at it since.',
      'general-practice',
      'measured',
    ),
  },
};
