/** What a timer word means, whatever the tool and language. */
export const enum TimerKind {
  None,
  Off,
  On,
  Keepalive,
  TimeWait,
  Probe,
  Unknown,
}

/** What net-tools and `ss` call each {@link TimerKind}. */
export const TIMER_NAMES: readonly string[] = [
  '',
  'off',
  'on',
  'keepalive',
  'timewait',
  'probe',
  'unknown',
];

/** Whether what is lost of a connection are segments of the full size only. */
export const enum LargeLost {
  NotKnown,
  /** All that are in flight are, and none has ever been acknowledged, while smaller ones were. */
  All,
  /** Those that are lost are, and a smaller one that was sent later has arrived. */
  SmallArrived,
}

/** How one end of a socket was shut, as the arrows of `ss -e` say. */
export const enum Shut {
  NotPrinted,
  /** `<->` */
  Open,
  /** `-->`: nothing more will be received. */
  Receive,
  /** `<--`: nothing more will be sent. */
  Send,
  /** `---` */
  Both,
}
