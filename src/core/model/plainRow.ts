import type { Family } from '../vocabulary/protocol';
import { NONE } from './row';
import { Shut, TimerKind } from '../vocabulary/timer';
import { State } from '../vocabulary/state';

/**
 * A row as nearly all rows are, read from bytes: what the table keeps of it, and no spans. Words
 * are numbers of vocabularies and of the table's string pool already.
 */
export class PlainRow {
  /** Number of the protocol word (see protocolWordAt); 0 where the row does not print it. */
  public protocol = 0;
  /** Number of the state word, 0 where there is none. */
  public stateWord = 0;
  /** State, and pool number of what is printed for it, where that is no word. */
  public state: State = State.None;
  public statePoolId = 0;
  public recvQ = NONE;
  public sendQ = NONE;
  /** Pool numbers. */
  public localAddress = 0;
  public remoteAddress = 0;
  public hasRemote = false;
  public localPort = NONE;
  public remotePort = NONE;
  public pid = NONE;
  /** Pool number of the program's name. */
  public process = 0;
  public ownerUnknown = false;
  /** Whether any of the fields below is set. */
  public rare = false;
  public fd = NONE;
  public inode = NONE;
  /** Pool numbers. */
  public user = 0;
  public handle = 0;
  /** Pool numbers of the service names that stand for port numbers. */
  public localService = 0;
  public remoteService = 0;
  public timer: TimerKind = TimerKind.None;
  /** Seconds until the timer expires. */
  public timerSeconds = NONE;
  public retransmits = NONE;
  public probes = NONE;
  public shut: Shut = Shut.NotPrinted;
  /** Family where the format says it otherwise than by protocol word and address. */
  public family: Family | null = null;
  /** Milliseconds since the last ACK came. */
  public lastAck = NONE;
  /** Milliseconds since data was last sent. */
  public lastSent = NONE;
  /** Milliseconds since data last came. */
  public lastReceived = NONE;
  /** Bytes since the connection was opened: sent again, acknowledged and received. */
  public bytesRetransmitted = NONE;
  public bytesAcked = NONE;
  public bytesReceived = NONE;

  /** Makes the row empty again. */
  protected clear(): void {
    this.protocol = 0;
    this.stateWord = 0;
    this.state = State.None;
    this.statePoolId = 0;
    this.recvQ = NONE;
    this.sendQ = NONE;
    this.localAddress = 0;
    this.remoteAddress = 0;
    this.hasRemote = false;
    this.localPort = NONE;
    this.remotePort = NONE;
    this.pid = NONE;
    this.process = 0;
    this.ownerUnknown = false;
    if (this.rare) {
      this.rare = false;
      this.fd = NONE;
      this.inode = NONE;
      this.user = 0;
      this.handle = 0;
      this.localService = 0;
      this.remoteService = 0;
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
}
