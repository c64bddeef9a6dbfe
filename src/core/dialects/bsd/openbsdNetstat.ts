import { bsdDialect, continuesUnix } from './bsdFamily';

/**
 * `netstat` of OpenBSD: `Proto` is seven characters wide, the state's column is called
 * `TCP-State` (`(state)` before 6.x) and is there only where the table is of TCP; every address
 * family has its own title and header (OpenBSD usr.bin/netstat/inet.c). `-B` adds the windows.
 */
export const openbsdNetstat = bsdDialect({
  id: 'openbsd-netstat',
  title: 'OpenBSD netstat',
  systems: ['openbsd'],
  commands: ['netstat'],
  best: { command: 'netstat -anB', needs: null },
  tells: { pids: 'never', queues: 'always', timers: 'never' },

  ownsTitle: () => false,
  ownsHeader: (header, layout) =>
    header.state === 'TCP-State' ||
    (header.layout.section === 'internet' && header.state !== 'State' && header.protocolGap > 2) ||
    continuesUnix(header, layout),
});
