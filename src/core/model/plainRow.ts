import { NONE, RowDetails } from './rowDetails';
import { State } from '../vocabulary/state';

/**
 * A row as nearly all rows are, read from bytes: what the table keeps of it, and no spans. Words
 * are numbers of vocabularies and of the table's string pool already.
 */
export class PlainRow extends RowDetails {
  /** Number of the protocol word (see protocolWordAt); 0 where the row does not print it. */
  public protocol = 0;
  /** Number of the state word, 0 if there is none. */
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
  /** Whether any of the fields below is set, or any of {@link RowDetails}. */
  public rare = false;
  public fd = NONE;
  /** Pool numbers. */
  public user = 0;
  public handle = 0;
  /** Pool numbers of the service names that stand for port numbers. */
  public localService = 0;
  public remoteService = 0;

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
      this.user = 0;
      this.handle = 0;
      this.localService = 0;
      this.remoteService = 0;
      this.clearDetails();
    }
  }
}
