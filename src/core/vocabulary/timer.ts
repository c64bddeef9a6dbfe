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
