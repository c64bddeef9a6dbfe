import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { readDump } from '../../../../src/core/reading/reader';
import { assertAllCounted, briefly, sampleText } from '../../rows';

/*
 * Any row printed in a format's own layout is read back equal, and no damage to a dump makes a
 * line uncounted.
 */

interface Printed {
  readonly local: string;
  readonly localPort: number;
  readonly remote: string;
  readonly remotePort: number;
  readonly state: string;
  readonly recvQ: number;
  readonly sendQ: number;
  readonly pid: number;
  readonly process: string;
}

const address = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `198.51.${a}.${b}`),
  fc.constantFrom('2001:db8::10', 'fe80::1%lo0', '::1', 'host.example.net', '192.0.2.10'),
);
const printed: fc.Arbitrary<Printed> = fc.record({
  local: address,
  localPort: fc.integer({ min: 1, max: 65535 }),
  remote: address,
  remotePort: fc.integer({ min: 1, max: 65535 }),
  state: fc.constantFrom('ESTABLISHED', 'CLOSE_WAIT', 'FIN_WAIT_2', 'TIME_WAIT', 'SYN_SENT'),
  recvQ: fc.nat(9_999_999),
  sendQ: fc.nat(9_999_999),
  pid: fc.integer({ min: 1, max: 99999 }),
  process: fc.constantFrom('sshd', 'Example App Help', 'a.out', 'Code - Insiders', 'x: y', 'p 12'),
});

interface Format {
  readonly name: string;
  readonly header: string;
  readonly protocol: string;
  readonly queues: boolean;
  readonly owner: boolean;
  print(row: Printed): string;
}

const dotted = (host: string, port: number, width: number): string =>
  `${host}.${port}`.padEnd(width);

const FORMATS: readonly Format[] = [
  {
    name: 'macOS netstat -anvl',
    header:
      'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)          rxbytes      txbytes  rhiwat  shiwat          process:pid    state  options           gencnt    flags   flags1 usecnt rtncnt fltrs',
    protocol: 'tcp6',
    queues: true,
    owner: true,
    print: row =>
      `tcp6  ${String(row.recvQ).padStart(6)} ${String(row.sendQ).padStart(6)}  ${dotted(row.local, row.localPort, 22)} ${dotted(row.remote, row.remotePort, 22)} ${row.state.padEnd(11)}          250         2101  131328  131376 ${`${row.process}:${row.pid}`.padStart(20)}  00182 00000008 000000000180328a 20000081 04000900      3      0 000004`,
  },
  {
    name: 'FreeBSD netstat -an',
    header: 'Proto Recv-Q Send-Q Local Address          Foreign Address        (state)',
    protocol: 'tcp6',
    queues: true,
    owner: false,
    print: row =>
      `tcp6  ${String(row.recvQ).padStart(6)} ${String(row.sendQ).padStart(6)} ${dotted(row.local, row.localPort, 22)} ${dotted(row.remote, row.remotePort, 22)} ${row.state}`,
  },
  {
    name: 'OpenBSD netstat -an',
    header: 'Proto   Recv-Q Send-Q  Local Address          Foreign Address        TCP-State',
    protocol: 'tcp6',
    queues: true,
    owner: false,
    print: row =>
      `tcp6    ${String(row.recvQ).padStart(6)} ${String(row.sendQ).padStart(6)}  ${dotted(row.local, row.localPort, 22)} ${dotted(row.remote, row.remotePort, 22)} ${row.state}`,
  },
  {
    name: 'Solaris netstat -anu',
    header:
      'TCP: IPv6\n   Local Address        Remote Address      User    Pid       Command     Swind Send-Q Rwind Recv-Q    State\n-------------------- -------------------- ------ ------- --------------- ----- ------ ----- ------ -----------',
    protocol: 'tcp6',
    queues: true,
    owner: true,
    print: row =>
      `${dotted(row.local, row.localPort, 20)} ${dotted(row.remote, row.remotePort, 20)} root ${String(row.pid).padStart(7)} ${row.process.padEnd(15)} 49640 ${row.sendQ} 128872 ${row.recvQ} ${row.state}`,
  },
  {
    name: 'FreeBSD sockstat -s',
    header:
      'USER     COMMAND    PID   FD  PROTO  LOCAL ADDRESS         FOREIGN ADDRESS       CONN STATE',
    protocol: 'tcp6',
    queues: false,
    owner: true,
    print: row =>
      `www      ${row.process.padEnd(10)} ${String(row.pid).padEnd(5)} 9   tcp6   ${`${row.local}:${row.localPort}`.padEnd(21)} ${`${row.remote}:${row.remotePort}`.padEnd(21)} ${row.state}`,
  },
];

const STATES: Readonly<Record<string, string>> = {
  ESTABLISHED: 'ESTABLISHED',
  CLOSE_WAIT: 'CLOSE-WAIT',
  FIN_WAIT_2: 'FIN-WAIT-2',
  TIME_WAIT: 'TIME-WAIT',
  SYN_SENT: 'SYN-SENT',
};

function expectedOf(format: Format, row: Printed): string {
  const parts = [
    format.protocol,
    STATES[row.state] ?? '',
    `${row.local}|${row.localPort}`,
    `${row.remote}|${row.remotePort}`,
  ];
  if (format.queues) {
    parts.push(`${row.recvQ}/${row.sendQ}`);
  }
  if (format.owner) {
    const fd = format.name.includes('sockstat') ? '/9' : '';
    parts.push(`${row.pid}/${row.process}${fd}`);
  }
  return parts.join(' ');
}

describe('rows of BSD, Solaris and sockstat', () => {
  for (const format of FORMATS) {
    it(`are read back as printed: ${format.name}`, () => {
      fc.assert(
        fc.property(fc.array(printed, { minLength: 1, maxLength: 8 }), rows => {
          const dump = readDump([format.header, ...rows.map(row => format.print(row))].join('\n'));
          assert.deepEqual(
            briefly(dump),
            rows.map(row => expectedOf(format, row)),
          );
        }),
        { numRuns: 60 },
      );
    });
  }

  const samples = [
    'macos-netstat-anv',
    'freebsd-netstat',
    'openbsd-netstat',
    'netbsd-netstat',
    'aix-netstat',
    'hpux-netstat',
    'solaris-netstat',
    'solaris-netstat-u',
    'freebsd-sockstat',
    'cisco-show-tcp-brief',
  ].map(name => sampleText(`${name}.netstat`));

  it('count every line of a damaged dump', () => {
    const damage = fc.tuple(
      fc.constantFrom(...samples),
      fc.constantFrom(...samples),
      fc.nat(4000),
      fc.nat(200),
      fc.constantFrom('cut', 'insert', 'join', 'mix', 'narrow'),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(damage, ([first, second, at, length, kind, noise]) => {
        const text = damaged(first, second, at % first.length, length, kind, noise);
        const { lines, unrecognized, classes } = readDump(text);
        assertAllCounted({ lines });
        assert.equal(unrecognized.length, lines.unrecognized);
        assert.equal(classes.length, lines.total);
      }),
      { numRuns: 300 },
    );
  });
});

function damaged(
  first: string,
  second: string,
  at: number,
  length: number,
  kind: string,
  noise: string,
): string {
  switch (kind) {
    case 'cut':
      return first.slice(0, at) + first.slice(at + length);
    case 'insert':
      return first.slice(0, at) + noise + first.slice(at);
    case 'join':
      return first.replace(/\n/g, (feed, place: number) => (place % 7 === at % 7 ? ' ' : feed));
    case 'mix': {
      const other = second.split('\n');
      return first
        .split('\n')
        .flatMap((line, i) => [line, other[i] ?? ''])
        .join('\n');
    }
    default:
      return first.replace(/ +/g, ' ');
  }
}
