import type { Text } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import type { Protocol } from '../../../vocabulary/protocol';
import { protocolWord } from '../../../vocabulary/protocol';
import { FREEBSD, LINUX, on } from '../../../knowledge/advice';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { totalEvidence, totalOf } from '../../kit/counting/counters';
import type { Confirmation, Draft, Evidence } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { FINDING_TEXTS } from '../../kit/findingTexts';
import type { RuleContext } from '../../kit/ruleContext';
import { groupBy, where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';

/**
 * Bytes of a receive buffer on Linux where nobody changed net.core.rmem_default, and of a send buffer
 * (wmem_default), which is what limits a UNIX socket: SO_RCVBUF has no effect there (unix(7)).
 */
const DEFAULT_BUFFER = 212_992;

/** The same for UDP on FreeBSD: 40 datagrams of 1 KiB with their addresses (net.inet.udp.recvspace). */
const FREEBSD_BUFFER = 42_080;

/** Shares of a buffer: it is nearly full; it is full from time to time, as drops show. */
const NEARLY = 0.9;
const HALF = 0.5;

/** Bytes that are more than some datagrams just came, where the buffer's size is not known. */
const MUCH = 32_768;

/** How many ports a title names. */
const PORTS = 4;

const DATAGRAMS: ReadonlySet<Protocol> = new Set<Protocol>(['udp', 'udplite', 'raw', 'icmp']);

const TEXTS = {
  dropped: say(
    'Datagrams for {program} are dropped: {bytes} wait in its receive buffer',
    'linux-udp',
    'measured',
  ),
  full: say(
    'Datagrams for {program} are most likely dropped: its receive buffer is full with {bytes}',
    'linux-udp',
    'linux-sock-h',
    'measured',
  ),
  slow: say(
    '{program} is most likely not reading datagrams, or too slowly: {bytes} wait, in two snapshots',
    'linux-udp',
    'measured',
  ),
  waits: say('{program} has not read {bytes} of datagrams yet', 'linux-udp'),
  once: say('Datagrams for {program} dropped since its sockets were opened: {drops}', 'ss.8'),
  unix: say(
    '{program} is most likely not reading its UNIX sockets: {bytes} wait',
    'unix.7',
    'linux-sock-h',
  ),
  why: say(
    'Datagrams wait in Recv-Q until the program reads them. When the receive buffer is full, further ones are dropped, and neither end is told.',
    'linux-udp',
    'measured',
  ),
  unixWaits: say('{program} has {bytes} to read on UNIX sockets', 'unix.7'),
  unixWhy: say(
    'When the buffer is full the sender has to wait, or its write fails with EAGAIN.',
    'unix.7',
  ),
  unixBuffer: say(
    'Only the send buffer of the sender limits what waits; its default is taken, 212,992 bytes (`net.core.wmem_default`). It counts more than the data.',
    'unix.7',
    'measured',
  ),
  unixBulk: say(
    'A sender that is faster than its reader looks like this while it has more to send.',
    'general-practice',
  ),
  memory: say(
    'On Linux Recv-Q of a datagram socket counts buffer memory, which is several times the data.',
    'linux-udp',
    'measured',
  ),
  buffer: say(
    'The receive buffer is taken to have the default size, 212,992 bytes (`net.core.rmem_default`).',
    'linux-sock-h',
  ),
  bufferFreebsd: say(
    'The receive buffer is taken to have the default size, 42,080 bytes (`net.inet.udp.recvspace`).',
    'freebsd-udp',
  ),
  count: say('Datagrams dropped so far: {drops}.', 'ss.8'),
  drops: say(
    'Run this twice: in `skmem`, d counts dropped datagrams, and rb is the size of the buffer.',
    'ss.8',
  ),
  counter: say(
    'Check whether the datagrams "dropped due to full socket buffers" are growing in number.',
    'network-cmds-inet',
  ),
  again: say('Run this twice: a queue that stays is not read.', 'netstat.8'),
  read: say(
    'Look whether {program} still reads, and let it read faster, with more threads for instance.',
    'general-practice',
  ),
  room: say('A larger receive buffer (SO_RCVBUF) gives bursts more room.', 'socket.7'),
  roomLinux: say(
    '`net.core.rmem_max` limits it; recvmmsg() reads many datagrams with one call.',
    'socket.7',
  ),
  sender: say(
    'A program that only sends, and raw sockets of one that wants few packets of many, fill their buffer with what they never meant to read.',
    'raw.7',
  ),
};

/** What a row can show, the weightiest first. */
const DATAGRAM_SIGHTS = ['dropped', 'full', 'slow', 'once', 'waits'] as const;

const UNIX_SIGHTS = ['unix', 'unixWaits'] as const;

const SIGHTS = [...DATAGRAM_SIGHTS, ...UNIX_SIGHTS] as const;
type Sight = (typeof SIGHTS)[number];

const WEIGHTS: Readonly<Record<Sight, Pick<Draft, 'severity' | 'confidence'>>> = {
  dropped: { severity: 'warning', confidence: 'high' },
  full: { severity: 'warning', confidence: 'medium' },
  slow: { severity: 'warning', confidence: 'medium' },
  // Long ago, perhaps; or of the moment.
  once: { severity: 'info', confidence: 'high' },
  waits: { severity: 'info', confidence: 'low' },
  unix: { severity: 'warning', confidence: 'medium' },
  // As any reader that is slower than its sender, at one moment.
  unixWaits: { severity: 'info', confidence: 'low' },
};

export const udpQueue = rule({
  code: 'UDP-1',
  id: 'udp-queue',
  title: label('Full receive buffers of datagram sockets'),
  needs: { states: [State.None], queues: true },
  find(context) {
    const { index } = context;
    const { firstRow, endRow } = index.snapshot;
    const sights = new Uint8Array(endRow - firstRow);
    // Without a count of drops only what waits can tell.
    const rows = where(
      index.table.drops === undefined
        ? index.received.rowsIn(State.None)
        : index.rowsIn(State.None),
      row => (sights[row - firstRow] = placeOf(sightOf(context, row))) > 0,
    );
    const groups = groupBy(rows, row => index.owners.of(row));
    return each(groups, ([number, own]) => {
      const has = (row: number, sight: Sight): boolean =>
        SIGHTS[sights[row - firstRow]! - 1] === sight;
      return [DATAGRAM_SIGHTS, UNIX_SIGHTS].flatMap(kind => {
        const weightiest = kind.find(sight => own.some(row => has(row, sight)));
        return weightiest === undefined
          ? []
          : [
              draft(
                context,
                number,
                own.filter(row => has(row, weightiest)),
                weightiest,
              ),
            ];
      });
    });
  },
});

function draft(context: RuleContext, number: number, rows: Uint32Array, sight: Sight): Draft {
  const { index } = context;
  const { recvQ, drops, receiveBuffer } = index.table;
  const { owner, program, subject } = context.holder(number);
  const bytes = context.bytes(rows.reduce((total, row) => total + recvQ[row]!, 0));
  const dropped = rows.reduce((total, row) => total + Math.max(0, drops?.[row] ?? 0), 0);
  const unix = sight === 'unix' || sight === 'unixWaits';
  const reader = (): Text => onPorts(context, rows, program());
  const weight = WEIGHTS[sight];
  const { protocol } = protocolWord(index.table.protocol[rows[0]!]!);
  const isUdp = protocol === 'udp';
  return {
    cause: 'datagrams',
    subject: unix ? `${subject} unix` : subject,
    ...weight,
    rows,
    owner,
    describe: () => ({
      title:
        sight === 'once'
          ? context.say(TEXTS.once, { program: reader, drops: dropped })
          : context.say(TEXTS[sight], { program: reader, bytes }),
      why: unix
        ? [context.say(TEXTS.unixWhy)]
        : [context.say(TEXTS.why), ...context.advise(on(LINUX, TEXTS.memory))],
      evidence: [
        ...(dropped > 0 && sight !== 'once'
          ? [context.evidence(context.say(TEXTS.count, { drops: dropped }))]
          : []),
        ...(isUdp && sight !== 'waits' ? COUNTERS.flatMap(name => counted(context, name)) : []),
        ...context.examples(rows),
      ],
      confirm: confirm(context, protocol),
      remedy:
        weight.severity === 'info'
          ? []
          : [
              context.say(TEXTS.read, { program }),
              ...(unix ? [] : context.advise(TEXTS.room, on(LINUX, TEXTS.roomLinux))),
            ],
      alternatives: unix
        ? sight === 'unix'
          ? []
          : [context.say(TEXTS.unixBulk)]
        : [context.say(TEXTS.sender)],
      caveats: [
        ...(unix ? [context.say(TEXTS.unixBuffer)] : []),
        ...(sight === 'full' && (receiveBuffer?.[rows[0]!] ?? NONE) <= 0
          ? context.advise(on(LINUX, TEXTS.buffer), on(FREEBSD, TEXTS.bufferFreebsd))
          : []),
        ...context.caveats({
          owner,
          ...(sight === 'waits' || sight === 'unixWaits' ? { time: true } : {}),
        }),
      ],
    }),
  };
}

/** Of all UDP sockets together: that datagrams were dropped for what is seen here. */
const COUNTERS = ['UdpRcvbufErrors', 'Udp6RcvbufErrors'];

function counted(context: RuleContext, name: string): Evidence[] {
  const counter = totalOf(context, name);
  return counter === undefined || counter.value === 0 ? [] : [totalEvidence(context, counter)];
}

/** A program with the ports of its rows, which others know it by. */
function onPorts({ index, localizer }: RuleContext, rows: Uint32Array, program: Text): Text {
  const { protocol, localPort } = index.table;
  const ports = new Set<number>();
  for (const row of rows) {
    // What netstat prints as the port of a raw socket is a protocol.
    if (protocolWord(protocol[row]!).protocol.startsWith('udp') && localPort[row]! > 0) {
      ports.add(localPort[row]!);
    }
  }
  const [port] = ports;
  const text =
    port === undefined || ports.size > PORTS
      ? program
      : ports.size === 1
        ? localizer.format(FINDING_TEXTS.onPort, { program, port: String(port) })
        : localizer.format(FINDING_TEXTS.onPorts, { program, ports: [...ports].join(', ') });
  return program.verbatim === undefined ? text : { ...text, verbatim: true };
}

/** How to see whether it goes on. */
function confirm(context: RuleContext, protocol: Protocol): Confirmation[] {
  switch (context.system) {
    case 'linux':
    case 'android':
      return protocol === 'unix'
        ? [context.check(TEXTS.again, 'ss -xanp')]
        : [context.check(TEXTS.drops, `ss -${protocol === 'udp' ? 'u' : 'w'}anpm`)];
    case 'macos':
    case 'freebsd':
      return protocol === 'udp' ? [context.check(TEXTS.counter, 'netstat -s -p udp')] : [];
    default:
      return [];
  }
}

/** What a row shows of its receive buffer. */
function sightOf({ index, history }: RuleContext, row: number): Sight | null {
  const { table, linux } = index;
  const { protocol } = protocolWord(table.protocol[row]!);
  const waiting = table.recvQ[row]!;
  const size = table.receiveBuffer?.[row] ?? NONE;
  if (protocol === 'unix') {
    return !linux || !isNear(waiting, DEFAULT_BUFFER)
      ? null
      : isNotLess(table.recvQ, row, history.previous(row))
        ? 'unix'
        : 'unixWaits';
  }
  if (!DATAGRAMS.has(protocol)) {
    return null;
  }
  const before = history.previous(row);
  const drops = Math.max(0, table.drops?.[row] ?? 0);
  const grown = before !== NONE && drops > Math.max(0, table.drops?.[before] ?? drops);
  const half = (size > 0 ? size : DEFAULT_BUFFER) * HALF;
  if (grown || (drops > 0 && waiting >= half) || (size > 0 && waiting >= size)) {
    return 'dropped';
  }
  if (size > 0 ? waiting >= size * NEARLY : isNear(waiting, defaultBuffer(index, protocol))) {
    return 'full';
  }
  if (isNotLess(table.recvQ, row, before)) {
    return 'slow';
  }
  if (drops > 0) {
    return 'once';
  }
  // A buffer of another size: how full it is cannot be told.
  return size <= 0 && waiting > (defaultBuffer(index, protocol) || Infinity) ? 'waits' : null;
}

/** Whether much waited in the snapshot before, and no less does now. */
function isNotLess(recvQ: ArrayLike<number>, row: number, before: number): boolean {
  return before !== NONE && recvQ[before]! >= MUCH && recvQ[row]! >= recvQ[before]!;
}

/** The place of what a row shows from 1 on; 0 where it shows nothing. */
function placeOf(sight: Sight | null): number {
  return sight === null ? 0 : SIGHTS.indexOf(sight) + 1;
}

/** Bytes of a datagram socket's receive buffer by default; 0 where it is not known. */
function defaultBuffer({ linux, system }: SnapshotIndex, protocol: Protocol): number {
  return linux ? DEFAULT_BUFFER : system === 'freebsd' && protocol === 'udp' ? FREEBSD_BUFFER : 0;
}

/** Whether a buffer of a size is full; one that holds much more has another size. */
function isNear(waiting: number, size: number): boolean {
  return size > 0 && waiting >= size * NEARLY && waiting <= size * (2 - NEARLY);
}
