import {
  NO_OWNER_REMARKS,
  NET_TOOLS_QUEUES,
  NET_TOOLS_REFCOUNTS,
  NET_TOOLS_TITLES,
  WINDOWS_HEADERS,
  WINDOWS_TITLES,
} from '../../src/core/vocabulary/printedHeaders';
import { type Health, healthOf } from '../../src/core/knowledge/health';
import { PROC_STATES, stateSpellings } from '../../src/core/vocabulary/stateSpellings';
import { timerWords } from '../../src/core/vocabulary/timerWords';
import { protocolWords } from '../../src/core/vocabulary/protocol';
import { TimerKind } from '../../src/core/vocabulary/timer';

/** An expression that matches any of the words; `\S{0,3}` stands for the broken Ö of ABHÖREN. */
function anyOf(words: readonly string[]): string {
  return words.map(word => (word === 'ABHÖREN' ? 'ABH\\S{0,3}REN' : escape(word))).join('|');
}

function escape(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Every spelling of the states of one class. */
export function stateWords(health: Health): string {
  return anyOf(
    stateSpellings.filter(s => s.tcp !== null && healthOf(s.tcp) === health).map(s => s.word),
  );
}

/** States of sockets that are no TCP: UNIX, SCTP, Bluetooth, connectionless. */
export const otherStateWords = anyOf(stateSpellings.filter(s => s.tcp === null).map(s => s.word));

/** The `st` column of /proc/net/tcp. */
export function procStates(health: Health): string {
  return Object.entries(PROC_STATES)
    .filter(([, state]) => healthOf(state) === health)
    .map(([code]) => code)
    .join('|');
}

// The last three of the table are no tool's words; the parser gives them by section.
const printed = protocolWords.filter(
  word => !['networkdirect', 'kernel', 'other'].includes(word.protocol),
);

/** Protocols of network sockets. */
export const protocols = anyOf(
  printed.filter(w => !isLocal(w.protocol) && w.protocol !== 'bluetooth').map(w => w.word),
);

/** Words of `ss` for sockets whose ends are names, not addresses. */
export const localNetids = anyOf(
  printed.filter(w => isLocal(w.protocol) && w.word !== 'unix').map(w => w.word),
);

function isLocal(protocol: string): boolean {
  return ['unix', 'netlink', 'packet', 'vsock', 'tipc', 'xdp'].includes(protocol);
}

/** Words for a timer that doesn't run. */
export const timersOff = anyOf(timerWords.filter(t => t.kind === TimerKind.Off).map(t => t.word));

/** Words for a timer that runs. */
export const timersOn = anyOf(timerWords.filter(t => t.kind !== TimerKind.Off).map(t => t.word));

/** How the titles of sections begin. Those of other systems than Linux and Windows are English. */
export const titles = anyOf([
  ...new Set([
    ...WINDOWS_TITLES,
    ...NET_TOOLS_TITLES.map(title => title.text.replace(/ ?\(.*/, '')),
    'Active RAW sockets',
    'Active Internet6 connections',
    'Active Multipath Internet connections',
    'Active LOCAL (UNIX) domain sockets',
    'Active NetworkDirect Connections',
    'Active kernel event sockets',
    'Active kernel control sockets',
    'Registered kernel control modules',
    'Netgraph sockets',
    'Current listen queue sizes',
    'TCP: IPv4',
    'TCP: IPv6',
    'UDP: IPv4',
    'UDP: IPv6',
    'SCTP:',
  ]),
]);

/** First words of header lines … */
export const headerStarts = anyOf([
  ...new Set([
    ...WINDOWS_HEADERS.map(columns => columns[0] ?? ''),
    'პროტო',
    'Netid',
    'State',
    'Recv-Q',
    'COMMAND',
    'USER',
    'LocalAddress',
    'Local Address',
    'sl',
    'Num',
    'sk',
    'PCB/ADDR',
    'SADR/PCB',
    'Tcpcb',
    'Socket',
    'Address',
    'Listen',
    'TCB',
    'Offset',
    'Offset(P)',
    'Offset(V)',
    'Mode',
    'Proto/ID',
    'Transport',
    'id',
  ]),
]);

/** … and words of which at least one must follow. */
export const headerWords = anyOf([
  ...new Set([
    ...WINDOWS_HEADERS.map(columns => columns[1] ?? ''),
    ...NET_TOOLS_QUEUES.map(([receive]) => receive),
    ...NET_TOOLS_REFCOUNTS,
    'Recv Q',
    'Send-Q',
    'Rexmit',
    'RefCount',
    'Flags',
    'Local',
    'Remote Address',
    'LocalAddr',
    'LocalPort',
    'local_address',
    'LOCAL ADDRESS',
    'Destination',
    'pcbcount',
    'PID',
    'Pid',
    'Type',
    'Listen',
    'IPv6',
  ]),
]);

/** What tools say between the rows, as whole lines or their beginnings. */
export const notices = anyOf([
  '(Not all processes could be identified',
  'will not be shown, you would have to be root',
  '(No info could be read for "-p"',
  'lsof: WARNING:',
  'lsof: avoiding stat',
  'lsof: no pwd entry',
  'Output information may be incomplete',
  'The requested operation requires elevation',
  'Der angeforderte Vorgang erfordert erhöhte Rechte',
  ...NO_OWNER_REMARKS,
]);

/** Names that only `ss` prints before a colon; they make a line one of its details. */
export const detailNames = anyOf([
  'users',
  'timer',
  'skmem',
  'mem',
  'ino',
  'uid',
  'sk',
  'cgroup',
  'wscale',
  'rto',
  'rtt',
  'mss',
  'cwnd',
  'bytes_sent',
  'bytes_acked',
  'bytes_received',
  'segs_out',
  'segs_in',
  'lastsnd',
  'bbr',
]);

/** Words that may come before the first such name. */
export const detailFlags = anyOf([
  'ts',
  'sack',
  'ecn',
  'ecnseen',
  'fastopen',
  'cubic',
  'reno',
  'bbr',
  'bbr2',
  'dctcp',
  'vegas',
  'westwood',
  'htcp',
]);

const powershellAddress = ['LocalAddress', 'RemoteAddress'];
const powershellPort = ['LocalPort', 'RemotePort'];
const powershellPid = ['OwningProcess'];
const powershellOther = [
  'AppliedSetting',
  'OffloadState',
  'CreationTime',
  'InstanceID',
  'ElementName',
];

/** Columns of PowerShell's Get-NetTCPConnection and Get-NetUDPEndpoint. */
export const powershell = {
  address: anyOf(powershellAddress),
  port: anyOf(powershellPort),
  pid: anyOf(powershellPid),
  other: anyOf(powershellOther),
  columns: anyOf([
    ...powershellAddress,
    ...powershellPort,
    'State',
    ...powershellPid,
    ...powershellOther,
  ]),
};
