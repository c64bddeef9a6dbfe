import type { System } from '../vocabulary/system';

/** What a text is that holds no socket, by marks that nothing else has. */
export interface OtherOutput {
  /** As in "This looks like …". */
  readonly name: string;
  /** The system whose tools list its sockets; null where it may be any. */
  readonly system: System | null;
  /** What to do instead of running those tools; null where they are what helps. */
  readonly instead: string | null;
}

/** Nothing but commands whose filters have let nothing pass. */
export const NOTHING_PASSED: OtherOutput = {
  name: 'a command whose filter let no row pass',
  system: null,
  instead: 'That says nothing of the other sockets of the host: run it without the filter.',
};

/** Lines from the top in which it is looked for. */
export const OTHER_LINES = 200;

/** Lines are looked at so far: marks stand at their beginning. */
const LOOKED_AT = 240;

const THROUGH =
  'It lists what passes through the device: list the sockets of a host at either end, with netstat or ss.';
const NOT_YET = 'Its format is not read yet: a request with a sample brings it in.';

type Mark = readonly [mark: RegExp, name: string, system?: System | null, instead?: string];

/** Each with a line of its output that no other tool prints. */
const MARKS: readonly Mark[] = [
  // show security flow session
  [
    /^Session ID: \d{1,20}, Policy name: /,
    'the session table of a Juniper firewall',
    null,
    'It lists what passes through the firewall. For its own sockets run: show system connections',
  ],
  // show conn
  [
    /^\d{1,9} in use, \d{1,9} most used$|^(?:TCP|UDP) \S{1,60} {1,2}\S{3,60}:\d{1,5} \S{1,60} {1,2}\S{3,60}:\d{1,5}, idle \d{1,4}:\d\d:\d\d, bytes \d/,
    'the connection table of a Cisco ASA',
    null,
    THROUGH,
  ],
  [
    /^\s{0,8}PCB\s{1,20}VRF-ID\s{1,20}Recv-Q\s{1,20}Send-Q\s/,
    'show tcp brief of Cisco IOS XR',
    null,
    NOT_YET,
  ],
  [/^(?:EZZ2350I )?MVS TCP\/IP (?:NETSTAT|onetstat)\s/i, 'netstat of z/OS', null, NOT_YET],
  [/^\s{0,4}TCPCB\s{1,20}Tid\/Soid\s/, 'display tcp status of Huawei VRP', null, NOT_YET],
  [
    /^\s{0,4}Local Addr:port\s{1,40}Foreign Addr:port\s{1,40}State\s/,
    'display tcp of HPE or H3C Comware',
    null,
    NOT_YET,
  ],
  [
    /^Sys::Connections$/,
    'the connection table of an F5 BIG-IP',
    'linux',
    'It lists what passes through the device. For its own sockets run in its bash: ss -tunapoeim',
  ],
  [/^\s{0,20}(?:tcp|udp)[46] \S{3,80}<->\S{3,80}(?:\s|,|$)/, 'nettop of macOS', 'macos'],
  [/^\s{0,60}Work with IPv[46] Connection Status\b/, 'NETSTAT *CNN of IBM i', null, NOT_YET],
  [
    /^(?:TCP|UDP)\s{1,10}\S{3,40}\s{0,20}:\s{0,6}\d{1,5} \S{3,40}\s{0,20}:\s{0,6}\d{1,5}\s/,
    'linux_netstat of Volatility 2',
    null,
    NOT_YET,
  ],
  [
    /^(?:\d\d:\d\d:\d\d\.\d{6}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}) (?:\S{1,20} (?:In|Out) {1,3})?(?:IP6?|ARP)[ ,]/,
    'packets that tcpdump saw',
  ],
  [/^top - \d\d:\d\d:\d\d up /, 'top', 'linux'],
  [/^USER\s{1,20}PID\s{1,20}%CPU\s{1,8}%MEM\s{1,20}VSZ\s/, 'the processes that ps lists'],
  [/^\s{0,10}UID\s{1,20}PID\s{1,20}PPID\s{1,20}C\s{1,20}STIME\s/, 'the processes that ps lists'],
  [
    /^\s{0,10}PID\s{1,10}TTY\s{1,20}(?:STAT\s{1,10})?TIME\s{1,10}(?:CMD|COMMAND)$/,
    'the processes that ps lists',
  ],
  [
    /^Image Name\s{1,40}PID\s{1,10}(?:Session Name|Services)\s/,
    'the processes that tasklist lists',
    'windows',
  ],
  [
    /^Chain [\w.-]{1,60} \((?:policy [A-Z]{4,10}|\d{1,6} references)/,
    'the rules of iptables',
    'linux',
  ],
  // netstat -ant | awk '{print $5}' | sort | uniq -c
  [
    /^\s{0,9}[1-9]\d{0,8} (?:\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-f]{0,4}:[\da-f:.]{1,42}\]?|\*)(?:[:.](?:\d{1,5}|\*))?$/i,
    'counts by address (sort | uniq -c)',
    null,
    'They show neither states nor programs. List the sockets themselves, with netstat or ss.',
  ],
  [/^Windows IP Configuration$/, 'the addresses that ipconfig lists', 'windows'],
];

/** What a line shows its text to be; null if it is nothing known. */
export function otherOutputOf(line: string): OtherOutput | null {
  const start = line.length > LOOKED_AT ? line.slice(0, LOOKED_AT) : line.trimEnd();
  for (const [mark, name, system = null, instead = null] of MARKS) {
    if (mark.test(start)) {
      return { name, system, instead };
    }
  }
  return null;
}

type Magic = readonly [bytes: readonly number[], name: string, instead: string];

const unpacked = (command: string): string => `Unpack it first: ${command}`;

const UTF32 = [
  'text in UTF-32',
  'Convert it first: iconv -f UTF-32 -t UTF-8 FILE | netstat-lens -',
] as const;

/** How files begin that are no text. */
const MAGIC: readonly Magic[] = [
  [[0x1f, 0x8b], 'data that gzip compressed', unpacked('gzip -dc FILE | netstat-lens -')],
  [
    [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0],
    'data that xz compressed',
    unpacked('xz -dc FILE | netstat-lens -'),
  ],
  [
    [0x28, 0xb5, 0x2f, 0xfd],
    'data that zstd compressed',
    unpacked('zstd -dc FILE | netstat-lens -'),
  ],
  [[0x42, 0x5a, 0x68], 'data that bzip2 compressed', unpacked('bzip2 -dc FILE | netstat-lens -')],
  [[0x50, 0x4b, 3, 4], 'a zip archive', unpacked('unzip -p FILE | netstat-lens -')],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7z archive', unpacked('7z x -so FILE | netstat-lens -')],
  [
    [0xd4, 0xc3, 0xb2, 0xa1],
    'packets that tcpdump saved',
    'List the sockets of a host instead, with netstat or ss.',
  ],
  [
    [0x0a, 0x0d, 0x0d, 0x0a],
    'packets that Wireshark saved',
    'List the sockets of a host instead, with netstat or ss.',
  ],
  [[0xff, 0xfe, 0, 0], ...UTF32],
  [[0, 0, 0xfe, 0xff], ...UTF32],
];

/** What a file is that begins with `bytes`; null where it may be text. */
export function binaryOf(bytes: Uint8Array): OtherOutput | null {
  for (const [magic, name, instead] of MAGIC) {
    if (magic.every((byte, i) => bytes[i] === byte) && (magic.length > 3 || hasControl(bytes))) {
      return { name, system: null, instead };
    }
  }
  return isUtf32(bytes) ? { name: UTF32[0], system: null, instead: UTF32[1] } : null;
}

/** Whether so many characters of ASCII stand in four bytes each, without a mark before them. */
function isUtf32(bytes: Uint8Array): boolean {
  const place = bytes[0] === 0 ? 3 : 0;
  return (
    bytes.length >= 32 &&
    bytes
      .subarray(0, 32)
      .every((byte, i) => (i % 4 === place ? byte > 0 && byte < 127 : byte === 0))
  );
}

/** Whether control characters follow, which text has none of: `BZh` may begin a sentence. */
function hasControl(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 64).some(byte => byte < 9 || (byte > 13 && byte < 27));
}
