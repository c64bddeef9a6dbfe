import { bsdDialect, continuesUnix } from './bsdFamily';

/**
 * `netstat` of FreeBSD 10 and later: a single blank before `Local Address`, `Tcpcb` with `-A`,
 * retransmissions with `-T`, buffers and timers with `-x`, `Log ID` with `-P` (FreeBSD
 * usr.bin/netstat/inet.c). It never prints processes; `sockstat` does.
 */
export const freebsdNetstat = bsdDialect({
  id: 'freebsd-netstat',
  title: 'FreeBSD netstat',
  systems: ['freebsd'],
  commands: ['netstat'],
  best: { command: 'netstat -anx', needs: null },
  tells: { pids: 'never', queues: 'always', timers: 'with options' },

  ownsTitle: () => false,
  ownsHeader: (header, layout) => {
    switch (header.layout.section) {
      case 'internet':
        return (
          header.address === 'Tcpcb' ||
          !header.layout.queues ||
          header.layout.rexmt !== -1 ||
          (header.localGap === 1 && header.state === '(state)')
        );
      case 'listeners':
        return header.address === 'Tcpcb' || header.protocolGap > 0;
      default:
        return continuesUnix(header, layout);
    }
  },
});
