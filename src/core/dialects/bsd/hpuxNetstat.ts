import { bsdDialect } from './bsdFamily';

/**
 * `netstat` of HP-UX. Only its title for IPv6, `Active Internet connections (IPv6, including
 * servers)`, is its own; the table for IPv4 has a header that others have as well, and is read as
 * BSD's where it stands alone.
 */
export const hpuxNetstat = bsdDialect({
  id: 'hpux-netstat',
  title: 'HP-UX netstat',
  systems: ['hpux'],
  commands: ['netstat'],
  best: { command: 'netstat -an', needs: null },
  tells: { pids: 'never', queues: 'always', timers: 'never' },

  ownsTitle: title => title.text.includes('(IPv6, '),
  ownsHeader: (header, layout) =>
    layout !== undefined && header.layout.section === 'internet' && header.state === '(state)',
});
