import type { RuleCode } from './finding';

/** What a threshold counts. */
export type ThresholdUnit =
  'sockets' | 'percent' | 'bytes' | 'snapshots' | 'retransmissions' | 'remotes';

export interface Threshold {
  readonly rule: RuleCode;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: ThresholdUnit;
  /** One sentence, as settings and the command line's help show it. */
  readonly description: string;
}

const SOCKETS = { unit: 'sockets', min: 1, max: 1_000_000 } as const;
const SHARE = { unit: 'percent', min: 1, max: 100 } as const;
const BYTES = { unit: 'bytes', min: 1, max: 1_073_741_824 } as const;
const SNAPSHOTS = { unit: 'snapshots', min: 2, max: 10_000 } as const;
const RETRANSMISSIONS = { unit: 'retransmissions', min: 1, max: 255 } as const;
const REMOTES = { unit: 'remotes', min: 2, max: 1_000_000 } as const;

/*
 * Every number that a rule compares with, and nothing else: settings and command-line options are
 * made from this table. No standard has such numbers; where these come from is in FACTS §5.
 */
const TABLE = {
  closeWaitWarning: {
    rule: 'CW-1',
    default: 5,
    ...SOCKETS,
    description: 'CLOSE_WAIT sockets of one program that make a warning.',
  },
  closeWaitError: {
    rule: 'CW-1',
    default: 50,
    ...SOCKETS,
    description: 'CLOSE_WAIT sockets of one program that make an error.',
  },
  closeWaitShare: {
    rule: 'CW-1',
    default: 20,
    ...SHARE,
    description:
      "Share of a program's sockets in CLOSE_WAIT that makes an error, from the number for a warning up.",
  },
  stuckSnapshots: {
    rule: 'CW-2',
    default: 3,
    ...SNAPSHOTS,
    description: 'Snapshots in which the same connection is in CLOSE_WAIT that make an error.',
  },
  growingSnapshots: {
    rule: 'CW-3',
    default: 3,
    ...SNAPSHOTS,
    description: 'Snapshots with more CLOSE_WAIT each time that show a growing leak.',
  },
  poolConnections: {
    rule: 'CW-6',
    default: 3,
    ...SOCKETS,
    description: 'CLOSE_WAIT sockets of one program to one remote port that show a stale pool.',
  },
  portsWarning: {
    rule: 'TW-1',
    default: 50,
    ...SHARE,
    description: 'Share of the ports for outgoing connections in use that makes a warning.',
  },
  portsError: {
    rule: 'TW-1',
    default: 80,
    ...SHARE,
    description: 'Share of the ports for outgoing connections in use that makes an error.',
  },
  timeWaitMany: {
    rule: 'TW-2',
    default: 1000,
    ...SOCKETS,
    description: 'TIME_WAIT sockets from which on they are explained.',
  },
  localReconnects: {
    rule: 'TW-3',
    default: 500,
    ...SOCKETS,
    description: 'TIME_WAIT sockets between local programs, on one port, that make a warning.',
  },
  boundWarning: {
    rule: 'BND-1',
    default: 500,
    ...SOCKETS,
    description: 'BOUND sockets of one program without a connection that make a warning.',
  },
  boundError: {
    rule: 'BND-1',
    default: 8000,
    ...SOCKETS,
    description: 'BOUND sockets of one program without a connection that make an error.',
  },
  synReceived: {
    rule: 'SR-1',
    default: 10,
    ...SOCKETS,
    description:
      'Unanswered SYN_RECV sockets of a port that make a warning where its backlog is not shown.',
  },
  synReceivedRemotes: {
    rule: 'SR-1',
    default: 20,
    ...REMOTES,
    description: 'Different remotes in SYN_RECV on one port that make an error.',
  },
  connecting: {
    rule: 'SS-1',
    default: 5,
    ...SOCKETS,
    description: 'SYN_SENT sockets to one remote that make a warning.',
  },
  connectingError: {
    rule: 'SS-1',
    default: 20,
    ...SOCKETS,
    description: 'SYN_SENT sockets to one remote that make an error.',
  },
  scannedRemotes: {
    rule: 'SS-2',
    default: 20,
    ...REMOTES,
    description: 'Different remotes that one program tries to reach that make an error.',
  },
  acceptQueueShare: {
    rule: 'LQ-1',
    default: 50,
    ...SHARE,
    description: 'Share of an accept queue in use that makes a warning.',
  },
  orphansOneRemote: {
    rule: 'F2-1',
    default: 100,
    ...SOCKETS,
    description: 'FIN_WAIT2 sockets without owner, to one remote, that make a warning.',
  },
  orphans: {
    rule: 'F2-1',
    default: 500,
    ...SOCKETS,
    description: 'FIN_WAIT2 sockets without owner that make a warning.',
  },
  unacknowledgedClose: {
    rule: 'F1-1',
    default: 100,
    ...SOCKETS,
    description: 'FIN_WAIT1, LAST_ACK and CLOSING sockets with unsent data that make an error.',
  },
  sendQueue: {
    rule: 'SQ-1',
    default: 65_536,
    ...BYTES,
    description: 'Bytes in the send queue of a connection that make a warning.',
  },
  receiveQueue: {
    rule: 'RQ-1',
    default: 65_536,
    ...BYTES,
    description: 'Bytes in the receive queue of a connection that make a warning.',
  },
  retransmissions: {
    rule: 'RT-1',
    default: 5,
    ...RETRANSMISSIONS,
    description: 'Retransmissions without an answer that make a warning.',
  },
  retransmissionsError: {
    rule: 'RT-1',
    default: 9,
    ...RETRANSMISSIONS,
    description: 'Retransmissions without an answer that make an error.',
  },
  withoutKeepalive: {
    rule: 'KA-1',
    default: 10,
    ...SOCKETS,
    description: 'Lasting connections of one program without keepalive that are pointed out.',
  },
  fromOneRemote: {
    rule: 'HO-1',
    default: 100,
    ...SOCKETS,
    description: 'Connections from one remote address to one port above which there is a warning.',
  },
} as const satisfies Record<string, Threshold>;

export type ThresholdId = keyof typeof TABLE;
export type Thresholds = Readonly<Record<ThresholdId, number>>;

/** Every threshold, by the name that settings and options use. */
export const thresholds: Readonly<Record<ThresholdId, Threshold>> = TABLE;

/** The thresholds with some of them replaced; a value that is out of range counts as its limit. */
export function thresholdValues(overrides: Partial<Thresholds> = {}): Thresholds {
  const values: Partial<Record<ThresholdId, number>> = {};
  for (const [id, threshold] of Object.entries(thresholds) as [ThresholdId, Threshold][]) {
    const value = overrides[id] ?? threshold.default;
    values[id] = Number.isFinite(value)
      ? Math.min(threshold.max, Math.max(threshold.min, value))
      : threshold.default;
  }
  return values as Thresholds;
}
