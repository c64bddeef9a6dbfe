import type { BsdSection } from './bsdHeader';
import { readBsdRow } from './bsdRow';
import { aixNetstat } from './aixNetstat';
import { type BsdDialect, bsdDialect } from './bsdFamily';
import { freebsdNetstat } from './freebsdNetstat';
import { hpuxNetstat } from './hpuxNetstat';
import { macosNetstat } from './macosNetstat';
import { netbsdNetstat } from './netbsdNetstat';
import { openbsdNetstat } from './openbsdNetstat';

const RELATIVES = [
  macosNetstat,
  freebsdNetstat,
  openbsdNetstat,
  netbsdNetstat,
  aixNetstat,
  hpuxNetstat,
];

/** Sections that only macOS has; below rows of this dialect they go on being read by it. */
const APPLE_SECTIONS: ReadonlySet<BsdSection> = new Set(['multipath', 'modules', 'kernel']);

const member = bsdDialect({
  id: 'bsd-netstat',
  title: 'BSD netstat',
  systems: ['macos', 'freebsd', 'openbsd', 'netbsd', 'aix', 'hpux', 'junos'],
  commands: ['netstat', 'show system connections'],
  best: { command: 'netstat -an', needs: null },
  tells: { pids: 'never', queues: 'always', timers: 'never' },

  // Linux's net-tools have this title as well, and with it the word "only".
  ownsTitle: title => !title.text.includes('(only servers)'),
  ownsHeader: (header, layout) =>
    APPLE_SECTIONS.has(header.layout.section)
      ? layout?.section === header.layout.section
      : !RELATIVES.some(relative => relative.ownsHeader(header, undefined)),
  systemOfTitle: title => RELATIVES.find(relative => relative.ownsTitle(title))?.systems[0] ?? null,
  bareRow: (line, row) => readBsdRow(line, undefined, row),
});

/**
 * `netstat` of the BSD family where nothing tells which member printed it: rows without a header,
 * and the header `Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)` that macOS, older
 * FreeBSD, AIX without `-A`, HP-UX and Junos have in common (blanks at its end, by which macOS is
 * known, do not survive every copy). macOS is by far the likeliest of them, but a row does not
 * prove it, so the system stays undetermined until a title proves it. It declares the titles and
 * headers of the whole family.
 */
export const bsdNetstat: BsdDialect = {
  ...member,
  titles: [
    'Active Internet connections',
    'Active Internet6 connections',
    'Active Multipath Internet connections',
    'Active LOCAL (UNIX) domain sockets',
    'Active UNIX domain sockets',
    'Active RAW sockets',
    'Active kernel event sockets',
    'Active kernel control sockets',
    'Registered kernel control modules',
    'Netgraph sockets',
    'Current listen queue sizes',
  ],
  headers: [
    'Proto Recv-Q',
    'Proto Rexmit',
    'Proto Listen',
    'Proto/ID Flags',
    'Tcpcb Proto',
    'Tcpcb Listen',
    'Socket Proto',
    'Socket Flowhash',
    'PCB/ADDR Proto',
    'SADR/PCB Type',
    'pcb Proto',
    'Listen Local Address',
    'Address Type Recv-Q',
    'id flags pcbcount',
  ],
};
