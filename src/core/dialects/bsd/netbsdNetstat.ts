import { bsdDialect, continuesUnix } from './bsdFamily';

/**
 * `netstat` of NetBSD, and of QNX, which has it from there: the header ends in `State` (Linux has
 * the same words, but a single blank before `Local`), IPv6 has a title of its own, `Active
 * Internet6 connections`, and below it a header in `(state)` (NetBSD usr.bin/netstat/inet6.c).
 */
export const netbsdNetstat = bsdDialect({
  id: 'netbsd-netstat',
  title: 'NetBSD netstat',
  systems: ['netbsd'],
  commands: ['netstat'],
  best: { command: 'netstat -an', needs: null },
  tells: { pids: 'never', queues: 'always', timers: 'never' },

  ownsTitle: title => title.text.startsWith('Active Internet6'),
  ownsHeader: (header, layout) =>
    (header.layout.section === 'internet' &&
      ((header.state === 'State' &&
        header.localGap > 1 &&
        (header.layout.columns.length === 0 || header.layout.columns[0] === 'Expires')) ||
        (layout !== undefined && header.state === '(state)' && !header.padded))) ||
    continuesUnix(header, layout),
});
