import type { Family } from '../vocabulary/protocol';
import { Shut, TimerKind } from '../vocabulary/timer';

/** A number column's "not printed". */
export const NONE = -1;

/** What only some formats print, and {@link PlainRow} and {@link Row} hold alike. */
export class RowDetails {
  public inode = NONE;
  public timer: TimerKind = TimerKind.None;
  /** Seconds until the timer expires. */
  public timerSeconds = NONE;
  public retransmits = NONE;
  public probes = NONE;
  public shut: Shut = Shut.NotPrinted;
  /** Family, if the format says it otherwise than by protocol word and address. */
  public family: Family | null = null;
  /** Milliseconds since the last ACK came (`ss -i`). */
  public lastAck = NONE;
  /** Milliseconds since data was last sent (`ss -i`). */
  public lastSent = NONE;
  /** Milliseconds since data last came, which on Linux may be without news of an ACK (`ss -i`). */
  public lastReceived = NONE;
  /** Bytes since the connection was opened (`ss -i`): sent again and not needlessly, acknowledged and received. */
  public bytesRetransmitted = NONE;
  public bytesAcked = NONE;
  public bytesReceived = NONE;

  protected clearDetails(): void {
    this.inode = NONE;
    this.timer = TimerKind.None;
    this.timerSeconds = NONE;
    this.retransmits = NONE;
    this.probes = NONE;
    this.shut = Shut.NotPrinted;
    this.family = null;
    this.lastAck = NONE;
    this.lastSent = NONE;
    this.lastReceived = NONE;
    this.bytesRetransmitted = NONE;
    this.bytesAcked = NONE;
    this.bytesReceived = NONE;
  }
}
