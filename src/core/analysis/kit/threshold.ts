/** What a threshold counts. */
export type ThresholdUnit =
  'sockets' | 'percent' | 'bytes' | 'snapshots' | 'retransmissions' | 'remotes';

/**
 * A number that a rule compares with: a setting and a command-line option are made from it. No
 * standard has such numbers; where ours come from is in FACTS §5.
 */
export interface ThresholdSpec {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: ThresholdUnit;
  /** One sentence, as settings and the command line's help show it. */
  readonly description: string;
}

/** The thresholds of a rule, by the names that settings and options use. */
export type ThresholdSpecs = Readonly<Record<string, ThresholdSpec>>;

export const SOCKETS = { unit: 'sockets', min: 1, max: 1_000_000 } as const;
export const SHARE = { unit: 'percent', min: 1, max: 100 } as const;
export const BYTES = { unit: 'bytes', min: 1, max: 1_073_741_824 } as const;
export const SNAPSHOTS = { unit: 'snapshots', min: 2, max: 10_000 } as const;
export const RETRANSMISSIONS = { unit: 'retransmissions', min: 1, max: 255 } as const;
export const REMOTES = { unit: 'remotes', min: 2, max: 1_000_000 } as const;
