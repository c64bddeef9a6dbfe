/** What a threshold counts. */
export type ThresholdUnit =
  'sockets' | 'percent' | 'bytes' | 'snapshots' | 'retransmissions' | 'remotes';

/**
 * A number that a rule compares with: a setting and a command-line option are made from it. No
 * standard has such numbers.
 */
export interface ThresholdSpec {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: ThresholdUnit;
  /** One sentence, as settings and the command line's help show it. */
  readonly description: string;
}

const counted =
  (unit: ThresholdUnit, min: number, max: number) =>
  (byDefault: number, description: string): ThresholdSpec => {
    return { default: byDefault, min, max, unit, description };
  };

/** Makes a threshold, by what it counts, of its default and a description. */
export const threshold = {
  sockets: counted('sockets', 1, 1_000_000),
  percent: counted('percent', 1, 100),
  bytes: counted('bytes', 1, 1_073_741_824),
  snapshots: counted('snapshots', 2, 10_000),
  retransmissions: counted('retransmissions', 1, 255),
  remotes: counted('remotes', 2, 1_000_000),
};
