/*
 * When Linux retransmits. Times are in seconds since the first transmission.
 * Sources: ip-sysctl (tcp_syn_retries, tcp_syn_linear_timeouts, tcp_synack_retries,
 * tcp_retries2), include/net/tcp.h (RTO 200 ms to 120 s), measured on Linux 6.18.
 */

const RTO_MIN = 0.2;
const RTO_MAX = 120;

/** Least time since the first transmission at the nth retransmission of data: 0.2, 0.6, 1.4, … */
export function retransmittedFor(n: number): number {
  let at = 0;
  let wait = RTO_MIN;
  for (let i = 0; i < n; i++) {
    at += wait;
    wait = Math.min(wait * 2, RTO_MAX);
  }
  return at;
}

/** Time at the nth retransmission of a SYN or SYN,ACK that doubles from one second: 1, 3, 7, … */
export function doublingAt(n: number): number {
  return 2 ** n - 1;
}

/** Time at the nth retransmission of a SYN since kernel 6.5: 1, 2, 3, 4, 5, 7, 11, 19, … */
export function linearSynAt(n: number): number {
  return n <= 5 ? n : 3 + 2 ** (n - 4);
}

/** Seconds on the timer of a window probe that no reader left there who was merely slow. */
const CLOSED_WINDOW = 2;

/**
 * Seconds for which a peer's window has been closed, about and at least, by the seconds left to
 * the next probe; null where a peer that reads slowly leaves as many. The time between probes
 * begins with the retransmission timeout and doubles while the window stays closed, so what is
 * left is never much more than the time since it closed.
 */
export function windowClosedFor(secondsLeft: number | null): number | null {
  return secondsLeft !== null && secondsLeft >= CLOSED_WINDOW ? secondsLeft : null;
}

/** Retransmissions of a SYN that tcp_syn_retries 6 gives on each schedule. */
const LINEAR_RETRIES = 10;
const DOUBLING_RETRIES = 6;

/** Timers fire a little late and are printed rounded. */
const SLACK = 0.3;

/**
 * Seconds since the first SYN, by its count of retransmissions and the seconds to the next, on
 * the schedule of kernel 6.5 and later and on the one before; null for one that does not fit.
 * `null, null` is for counts that neither gives with default settings.
 */
export function synSentFor(
  retransmits: number,
  secondsLeft: number | null,
): { readonly linear: number | null; readonly doubling: number | null } {
  const elapsed = (at: (n: number) => number, most: number): number | null => {
    const last = at(retransmits);
    const next = at(retransmits + 1);
    if (retransmits > most || (secondsLeft !== null && secondsLeft > next - last + SLACK)) {
      return null;
    }
    return secondsLeft === null ? last : Math.max(last, next - secondsLeft);
  };
  return {
    linear: elapsed(linearSynAt, LINEAR_RETRIES),
    doubling: elapsed(doublingAt, DOUBLING_RETRIES),
  };
}
