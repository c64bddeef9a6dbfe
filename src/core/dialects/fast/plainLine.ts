import { stateVocabulary } from '../../vocabulary/stateSpellings';
import { timerKindOf, timerVocabulary } from '../../vocabulary/timerWords';
import { PlainRow } from '../../model/plainRow';
import { protocolVocabulary } from '../../vocabulary/protocol';
import { NONE } from '../../model/row';
import { Shut, TimerKind } from '../../vocabulary/timer';
import type { StringPool } from '../../model/stringPool';
import { isWordByte, type Vocabulary } from '../../vocabulary/vocabulary';
import { isDigit } from '../../parsing/line';
import {
  BACKSLASH,
  BLANK,
  CARRIAGE_RETURN,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COMMA,
  GREATER,
  LINE_FEED,
  MINUS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  QUOTE,
  SLASH,
  STAR,
  TAB,
} from '../../vocabulary/characters';

/*
 * Each method reads the next thing of a line and says whether it was there, plainly; the reader of
 * a format puts them together. Whatever is out of the ordinary makes it give up.
 */

export const DOT = 46;
export const ZERO = 48;
export const COLON = 58;
const X = 120;

/** By byte, whether an address or a host's name may have it. */
const ADDRESS_BYTES = Uint8Array.from({ length: 256 }, (_, code) =>
  /[0-9A-Za-z.:_*-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** By byte, whether a service's name may have it. */
const SERVICE_BYTES = Uint8Array.from({ length: 256 }, (_, code) =>
  /[0-9A-Za-z_-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** By byte, whether tags, entities and Markdown end with it (reading/around/damage.ts). */
const DAMAGE_ENDS = Uint8Array.from({ length: 256 }, (_, code) =>
  '>;*`\\'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** The value of a hexadecimal digit by its byte; 16 for any other byte. */
const HEX = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[0-9A-Fa-f]/.test(character) ? parseInt(character, 16) : 16;
});

/** Hexadecimal digits of which any number is exact. */
const MOST_HEX = 12;

/** Powers of ten for as many digits as a fraction may have. */
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6] as const;

/** Digits of which any number is exact. */
const MOST_DIGITS = 15;

const MOST_PID = 0x7fffffff;

/** Process ids that are told apart when guessing a program's name. */
const PROGRAMS = 256;

/** What stands where an endpoint is looked for. */
const enum Found {
  Nothing,
  Ipv4,
  Other,
}

/** One line of bytes that is read from left to right. Every line given to it ends in LF. */
export class PlainLine extends PlainRow {
  private bytes: Uint8Array = new Uint8Array(0);
  /** Where reading stands. */
  private at = 0;
  /** The port of the endpoint that was read last. */
  private port = NONE;
  /** The pool number of its service name; 0 where the port is a number. */
  private service = 0;
  /** The address of the endpoint that was read last: its 32 bits, or its pool number. */
  private address = 0;
  /** The names that owners with like process ids had last, as pool numbers. */
  private readonly programs = new Uint32Array(PROGRAMS);

  public constructor(private readonly pool: StringPool) {
    super();
  }

  /** Goes to the beginning of a line. */
  public begin(bytes: Uint8Array, at: number): void {
    this.bytes = bytes;
    this.at = at;
    this.clear();
  }

  /** Where the next line begins, when {@link isAtEnd} said yes. */
  public get next(): number {
    return this.at;
  }

  /** Whether nothing follows but the end of the line, which is then passed. */
  public isAtEnd(): boolean {
    const { bytes } = this;
    const at = this.skip();
    if (bytes[at] === LINE_FEED) {
      this.at = at + 1;
      return true;
    }
    if (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) {
      this.at = at + 2;
      return true;
    }
    return false;
  }

  /** Whether something stands before the first word. */
  public isIndented(): boolean {
    const code = this.bytes[this.at];
    return code === BLANK || code === TAB;
  }

  /** Whether no blank comes next. */
  public isWithinWord(): boolean {
    return isWordByte(this.bytes[this.at]!);
  }

  /** Whether a word ends here. */
  public isBeforeBlank(): boolean {
    return isBlank(this.bytes[this.at]!);
  }

  /** The first byte of the next word. */
  public firstByte(): number {
    return this.bytes[this.skip()]!;
  }

  /** Whether the next word is a key in lower case, of up to 31 characters, and a value. */
  public isNextKeyed(): boolean {
    const { bytes } = this;
    const start = this.skip();
    let i = start;
    let code = bytes[i]!;
    while (
      (code >= 97 && code <= 122) ||
      (i > start && (isDigit(code) || code === 95 || code === MINUS))
    ) {
      code = bytes[++i]!;
    }
    const length = i - start;
    return code === COLON && length >= 2 && length <= 31 && isWordByte(bytes[i + 1]!);
  }

  /** Passes a word if a vocabulary has it. */
  public passWordOf(vocabulary: Vocabulary): boolean {
    return this.readWordOf(vocabulary) !== 0;
  }

  /** Whether the next word begins with a capital letter. */
  public isNextCapital(): boolean {
    const code = this.firstByte();
    return code >= 65 && code <= 90;
  }

  /** Whether the next word begins with a letter. */
  public isNextLetter(): boolean {
    return isLetter(this.firstByte());
  }

  /** Passes `code`, which must be the very next byte. */
  public pass(code: number): boolean {
    if (this.bytes[this.at] !== code) {
      return false;
    }
    this.at++;
    return true;
  }

  /** Passes exactly these characters, of ASCII, which must come next. */
  public passText(text: string): boolean {
    const { at, bytes } = this;
    for (let i = 0; i < text.length; i++) {
      if (bytes[at + i] !== text.charCodeAt(i)) {
        return false;
      }
    }
    this.at = at + text.length;
    return true;
  }

  /** Passes a word, whatever it is. */
  public passWord(): boolean {
    const start = this.skip();
    this.at = this.wordEnd(start);
    return this.at > start && this.isBeforeBlank();
  }

  /** Reads a protocol word. */
  public readProtocol(): boolean {
    this.protocol = this.readWordOf(protocolVocabulary);
    return this.protocol !== 0;
  }

  /** Reads both queues. */
  public readQueues(): boolean {
    this.recvQ = this.number();
    this.sendQ = this.recvQ === NONE ? NONE : this.number();
    return this.sendQ !== NONE;
  }

  /** Reads a program's name that is a word without escapes. */
  public readProcess(): boolean {
    const { bytes } = this;
    const start = this.skip();
    const end = this.wordEnd(start);
    for (let i = start; i < end; i++) {
      if (bytes[i] === BACKSLASH) {
        return false;
      }
    }
    if (DAMAGE_ENDS[bytes[end - 1]!] === 1) {
      return false;
    }
    this.at = end;
    this.process = this.pool.internBytes(bytes, start, end);
    return this.process !== 0 && isBlank(bytes[end]!);
  }

  /** Reads a descriptor and how it is open, `7u`. */
  public readFd(): boolean {
    this.skip();
    this.rare = true;
    this.fd = this.digits();
    const end = this.wordEnd(this.at);
    const letters = end - this.at;
    this.at = end;
    return this.fd !== NONE && this.fd <= MOST_PID && letters <= 2 && isBlank(this.bytes[end]!);
  }

  /** Reads the device of lsof: an inode, or an address in the kernel. */
  public readDevice(): boolean {
    const { bytes } = this;
    const start = this.skip();
    this.rare = true;
    if (bytes[start] !== ZERO) {
      return this.readInode();
    }
    const end = this.wordEnd(start);
    this.at = end;
    this.handle = bytes[start + 1] === X ? this.pool.internBytes(bytes, start, end) : 0;
    return this.handle !== 0 && end > start + 2 && isBlank(bytes[end]!);
  }

  /** Reads an inode. */
  public readInode(): boolean {
    this.rare = true;
    this.inode = this.number();
    return this.inode !== NONE;
  }

  /** Reads how many milliseconds ago the last ACK came. */
  public readLastAck(): boolean {
    this.rare = true;
    this.lastAck = this.number();
    return this.lastAck !== NONE;
  }

  /** Reads how many milliseconds ago data was last sent. */
  public readLastSent(): boolean {
    this.rare = true;
    this.lastSent = this.number();
    return this.lastSent !== NONE;
  }

  /** Reads how many milliseconds ago data last came. */
  public readLastReceived(): boolean {
    this.rare = true;
    this.lastReceived = this.number();
    return this.lastReceived !== NONE;
  }

  /** Reads how many bytes were sent again. */
  public readBytesRetransmitted(): boolean {
    this.rare = true;
    this.bytesRetransmitted = this.number();
    return this.bytesRetransmitted !== NONE;
  }

  /** Reads how many bytes were acknowledged. */
  public readBytesAcked(): boolean {
    this.rare = true;
    this.bytesAcked = this.number();
    return this.bytesAcked !== NONE;
  }

  /** Reads how many bytes were received. */
  public readBytesReceived(): boolean {
    this.rare = true;
    this.bytesReceived = this.number();
    return this.bytesReceived !== NONE;
  }

  /** Reads a process id that is a word of its own. */
  public readPid(): boolean {
    const pid = this.number();
    this.pid = pid;
    return pid !== NONE && pid <= MOST_PID;
  }

  /** Reads a user's name or number. */
  public readUser(): boolean {
    const { bytes } = this;
    const start = this.skip();
    let end = start;
    while (ADDRESS_BYTES[bytes[end]!] === 1) {
      end++;
    }
    if (bytes[start] === MINUS || !isBlank(bytes[end]!)) {
      return false;
    }
    this.rare = true;
    this.user = this.pool.internBytes(this.bytes, start, end);
    this.at = end;
    return this.user !== 0;
  }

  /** Reads a state that is known. */
  public readState(): boolean {
    this.stateWord = this.readWordOf(stateVocabulary);
    return this.stateWord !== 0 && this.isBeforeBlank();
  }

  /** Reads a state that is known, in parentheses. */
  public readStateInParentheses(): boolean {
    const { bytes } = this;
    const start = this.skip() + 1;
    const end = this.wordEnd(start) - 1;
    this.at = end;
    this.stateWord =
      bytes[start - 1] === OPEN_PARENTHESIS ? stateVocabulary.findBytes(bytes, start, end) : 0;
    return this.stateWord !== 0 && this.pass(CLOSE_PARENTHESIS);
  }

  /** Reads `<->` and the like, which say what ends were shut. */
  public readShut(): boolean {
    const { at, bytes } = this;
    const receiveShut = bytes[at] === MINUS;
    const sendShut = bytes[at + 2] === MINUS;
    this.at = at + 3;
    this.rare = true;
    this.shut = receiveShut
      ? sendShut
        ? Shut.Both
        : Shut.Receive
      : sendShut
        ? Shut.Send
        : Shut.Open;
    return (
      bytes[at + 1] === MINUS && (sendShut || bytes[at + 2] === GREATER) && isBlank(bytes[at + 3]!)
    );
  }

  /** Reads `keepalive,11sec,0)`, what `ss` prints behind `timer:(`, in one unit. */
  public readTimerOfSs(): boolean {
    const { bytes } = this;
    const start = this.at;
    let end = start;
    while (bytes[end]! >= 97 && bytes[end]! <= 122) {
      end++;
    }
    this.at = end;
    if (end === start || !this.pass(COMMA)) {
      return false;
    }
    const value = this.digits();
    const scale = this.passText('ms,')
      ? 0.001
      : this.passText('sec,')
        ? 1
        : this.passText('min,')
          ? 60
          : NONE;
    const retransmits = value !== NONE && scale !== NONE ? this.digits() : NONE;
    if (retransmits === NONE || !this.pass(CLOSE_PARENTHESIS) || !this.isBeforeBlank()) {
      return false;
    }
    this.rare = true;
    this.timer = timerKindOf(timerVocabulary.findBytes(bytes, start, end));
    this.timerSeconds = value * scale;
    this.retransmits = retransmits;
    const probes = this.timer === TimerKind.Keepalive || this.timer === TimerKind.Probe;
    this.probes = probes ? retransmits : NONE;
    return true;
  }

  /**
   * Reads the local IPv4 endpoint as the kernel prints it: eight hexadecimal digits of a machine
   * whose lowest byte comes first, and four of the port.
   */
  public readHexLocal(): boolean {
    return this.takeLocal(this.readHexEndpoint());
  }

  /** Reads the remote endpoint as {@link readHexLocal} does the local one. */
  public readHexRemote(): boolean {
    return this.takeRemote(this.readHexEndpoint());
  }

  private readHexEndpoint(): Found {
    this.skip();
    const turned = this.hex(8);
    this.port = turned !== NONE && this.pass(COLON) ? this.hex(4) : NONE;
    if (this.port === NONE || !this.isBeforeBlank()) {
      return Found.Nothing;
    }
    const value =
      ((turned & 255) << 24) |
      ((turned & 0xff00) << 8) |
      ((turned >>> 8) & 0xff00) |
      (turned >>> 24);
    this.address = value;
    this.service = 0;
    return Found.Ipv4;
  }

  /** The number that exactly so many hexadecimal digits are, or those that come, for 0. */
  public hex(length: number): number {
    const { at, bytes } = this;
    let value = 0;
    let i = at;
    for (let digit = HEX[bytes[i]!]!; digit < 16; digit = HEX[bytes[++i]!]!) {
      value = value * 16 + digit;
    }
    this.at = i;
    const count = i - at;
    return count === length || (length === 0 && count > 0 && count <= MOST_HEX) ? value : NONE;
  }

  /** Takes the next word for a state, whatever it stands for; gives it as a hexadecimal number. */
  public readHexState(): number {
    const start = this.skip();
    const state = this.hex(0);
    this.statePoolId = this.pool.internBytes(this.bytes, start, this.at);
    return this.isBeforeBlank() ? state : NONE;
  }

  /** The number that is the next word; {@link NONE} where it is none. */
  public number(): number {
    this.skip();
    const value = this.digits();
    return this.isBeforeBlank() ? value : NONE;
  }

  /** Reads the local endpoint, whose port stands behind the last `separator` of its word. */
  public readLocal(separator: number): boolean {
    return this.takeLocal(this.readEndpoint(separator)) && this.isBeforeBlank();
  }

  /** Reads the remote endpoint as {@link readLocal} does the local one. */
  public readRemote(separator: number): boolean {
    return this.takeRemote(this.readEndpoint(separator)) && this.isBeforeBlank();
  }

  /** Reads `local->remote`, or the local endpoint alone. */
  public readEnds(separator: number): boolean {
    return (
      this.takeLocal(this.readEndpoint(separator)) &&
      (this.passText('->') ? this.readRemote(separator) : this.isBeforeBlank())
    );
  }

  /**
   * Reads what net-tools prints last: `-` or `123/program`, and a timer if there is one. Passes
   * the end of the line.
   */
  public readOwnerAndTimer(): boolean {
    const { bytes } = this;
    const start = this.skip();
    if (bytes[start] === MINUS) {
      this.at = start + 1;
      this.ownerUnknown = true;
      return this.isBeforeBlank() && (this.isAtEnd() || (this.readTimer() && this.isAtEnd()));
    }
    const pid = this.digits();
    if (pid === NONE || pid > MOST_PID || !this.pass(SLASH)) {
      return false;
    }
    const nameStart = this.at;
    const like = pid & (PROGRAMS - 1);
    const known = this.programs[like]!;
    const knownEnd = this.pool.endOf(known, bytes, nameStart);
    if (knownEnd !== NONE) {
      this.at = knownEnd;
      this.pid = pid;
      this.process = known;
      if (this.isBeforeBlank()) {
        if (this.isAtEnd()) {
          return true;
        }
        if (this.readTimer()) {
          return this.isAtEnd();
        }
      }
    }
    let i = nameStart;
    let nameEnd = i;
    let last = i;
    for (let code = bytes[i]!; code === BLANK || isWordByte(code); code = bytes[++i]!) {
      if (code !== BLANK) {
        last = bytes[i - 1] === BLANK ? i : last;
        nameEnd = i + 1;
      }
    }
    this.at = i;
    if (last > nameStart) {
      // A name may hold blanks. What is no part of it any more the last word tells.
      if (bytes[last] === OPEN_PARENTHESIS) {
        const timer = this.wordBefore(last);
        nameEnd = this.endBefore(timer);
        this.at = timer;
        last = this.wordBefore(timer);
        if (nameEnd <= nameStart || !this.readTimer()) {
          return false;
        }
      }
      if (last > nameStart && this.mayBeContext(last, nameEnd)) {
        return false;
      }
    }
    if (this.mayBeDamaged(nameEnd)) {
      return false;
    }
    this.pid = pid;
    this.process = this.pool.internBytes(bytes, nameStart, nameEnd);
    this.programs[like] = this.process;
    return this.process !== 0 && this.isAtEnd();
  }

  /** Whether a name ends like what web pages and people put behind it, or with a timer. */
  private mayBeDamaged(end: number): boolean {
    const { bytes } = this;
    return (
      DAMAGE_ENDS[bytes[end - 1]!] === 1 ||
      (bytes[end - 1] === CLOSE_PARENTHESIS && bytes[end - 3] === SLASH)
    );
  }

  /** Reads `timewait (12.34/0/0)`: seconds, retransmissions, probes. */
  public readTimer(): boolean {
    const word = this.readWordOf(timerVocabulary);
    if (word === 0 || !this.isBeforeBlank()) {
      return false;
    }
    this.skip();
    if (!this.pass(OPEN_PARENTHESIS)) {
      return false;
    }
    const seconds = this.decimal();
    const retransmits = seconds !== NONE && this.pass(SLASH) ? this.digits() : NONE;
    const probes = retransmits !== NONE && this.pass(SLASH) ? this.digits() : NONE;
    if (probes === NONE || !this.pass(CLOSE_PARENTHESIS) || !this.isBeforeBlank()) {
      return false;
    }
    this.rare = true;
    this.timer = timerKindOf(word);
    this.timerSeconds = seconds;
    this.retransmits = retransmits;
    this.probes = probes;
    return true;
  }

  /** Reads `("name",pid=1,fd=2))`, what `ss` prints behind `users:(` for a single owner. */
  public readUsers(): boolean {
    const { bytes } = this;
    if (this.pid !== NONE || !this.pass(OPEN_PARENTHESIS) || !this.pass(QUOTE)) {
      return false;
    }
    const start = this.at;
    let end = start;
    while (bytes[end] !== QUOTE && (bytes[end] === BLANK || isWordByte(bytes[end]!))) {
      end++;
    }
    this.at = end;
    if (end === start || !this.passText('",pid=')) {
      return false;
    }
    const pid = this.digits();
    const fd = pid !== NONE && this.passText(',fd=') ? this.digits() : NONE;
    if (fd === NONE || fd > MOST_PID || pid > MOST_PID || !this.passText('))')) {
      return false;
    }
    this.pid = pid;
    this.rare = true;
    this.fd = fd;
    this.process = this.pool.internBytes(bytes, start, end);
    return this.isBeforeBlank();
  }

  /** The number that comes next, of digits only; {@link NONE} where none does. */
  public digits(): number {
    const { bytes } = this;
    const start = this.at;
    let i = start;
    let value = 0;
    let digit = bytes[i]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = bytes[++i]! - ZERO;
    }
    this.at = i;
    return i > start && i - start <= MOST_DIGITS ? value : NONE;
  }

  /** The number with `.` that comes next. */
  private decimal(): number {
    const whole = this.digits();
    if (whole === NONE || this.bytes[this.at] !== DOT) {
      return whole;
    }
    const start = ++this.at;
    const fraction = this.digits();
    const scale = POWERS[this.at - start];
    return fraction === NONE || scale === undefined || whole > 1e8
      ? NONE
      : whole + fraction / scale;
  }

  private takeLocal(found: Found): boolean {
    this.localAddress = this.addressId(found);
    this.localPort = this.port;
    if (this.service !== 0) {
      this.rare = true;
      this.localService = this.service;
    }
    return found !== Found.Nothing;
  }

  private takeRemote(found: Found): boolean {
    this.remoteAddress = this.addressId(found);
    this.remotePort = this.port;
    if (this.service !== 0) {
      this.rare = true;
      this.remoteService = this.service;
    }
    this.hasRemote = true;
    return found !== Found.Nothing;
  }

  private addressId(found: Found): number {
    return found === Found.Ipv4 ? this.pool.ipv4(this.address) : this.address;
  }

  /** Reads an endpoint into {@link address} and {@link port}. */
  private readEndpoint(separator: number): Found {
    const { bytes } = this;
    let i = this.at;
    while (bytes[i] === BLANK) {
      i++;
    }
    const start = i;
    let value = 0;
    for (let dots = 0; ; dots++) {
      let part = bytes[i]! - ZERO;
      if (part < 0 || part > 9) {
        return this.readOtherEndpoint(separator, start);
      }
      let digit = bytes[++i]! - ZERO;
      // One way to write it only, without leading zeros: the value must stand for the text.
      if (digit >= 0 && digit <= 9 && part !== 0) {
        part = part * 10 + digit;
        digit = bytes[++i]! - ZERO;
        if (digit >= 0 && digit <= 9) {
          part = part * 10 + digit;
          i++;
        }
      }
      value = (value << 8) | part;
      const code = bytes[i]!;
      if (part > 255 || code !== (dots === 3 ? separator : DOT)) {
        return this.readOtherEndpoint(separator, start);
      }
      i++;
      if (dots === 3) {
        break;
      }
    }
    if (!this.readPort(i)) {
      return Found.Nothing;
    }
    this.address = value;
    return Found.Ipv4;
  }

  /** Reads the number, `*` or service name of a port from a place on. */
  private readPort(start: number): boolean {
    const { bytes } = this;
    let i = start;
    let port = bytes[i]! - ZERO;
    this.service = 0;
    if (port >= 0 && port <= 9) {
      let digit = bytes[++i]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        port = port * 10 + digit;
        digit = bytes[++i]! - ZERO;
      }
    } else if (bytes[i] === STAR) {
      port = NONE;
      i++;
    } else if (isLetter(bytes[i]!)) {
      port = NONE;
      while (SERVICE_BYTES[bytes[i]!] === 1 && !(bytes[i] === MINUS && bytes[i + 1] === GREATER)) {
        i++;
      }
      this.service = this.pool.internBytes(bytes, start, i);
    }
    this.at = i;
    this.port = port;
    return i > start && port <= 65535;
  }

  /** Reads an endpoint with an IPv6 address, a host's name, `*`. */
  private readOtherEndpoint(separator: number, start: number): Found {
    const { bytes } = this;
    const bracketed = bytes[start] === OPEN_BRACKET;
    const from = bracketed ? start + 1 : start;
    let to = from;
    let i = from;
    for (; ADDRESS_BYTES[bytes[i]!] === 1; i++) {
      if (bytes[i] === separator) {
        to = i;
      }
    }
    if (bracketed) {
      to = i;
      if (bytes[i] !== CLOSE_BRACKET || bytes[i + 1] !== separator) {
        return Found.Nothing;
      }
      i++;
    } else {
      i = to;
    }
    if (to === from) {
      return Found.Nothing;
    }
    if (!this.readPort(i + 1)) {
      return Found.Nothing;
    }
    this.address = this.pool.internBytes(bytes, from, to);
    return Found.Other;
  }

  /** Passes blanks: gives where the next word begins, or the line ends. */
  public skip(): number {
    const { bytes } = this;
    let { at } = this;
    while (bytes[at] === BLANK || bytes[at] === TAB) {
      at++;
    }
    this.at = at;
    return at;
  }

  /** Passes a word if a vocabulary has it; gives its number, 0 where it has not. */
  private readWordOf(vocabulary: Vocabulary): number {
    const start = this.skip();
    const id = vocabulary.findWord(this.bytes, start);
    this.at = start + vocabulary.lengthOf(id);
    return id;
  }

  private wordEnd(start: number): number {
    const { bytes } = this;
    let i = start;
    while (isWordByte(bytes[i]!)) {
      i++;
    }
    return i;
  }

  /** Where the word before `at` begins, which is the beginning of another. */
  private wordBefore(at: number): number {
    let i = this.endBefore(at);
    while (isWordByte(this.bytes[i - 1]!)) {
      i--;
    }
    return i;
  }

  /** Where the word before `at` ends. */
  private endBefore(at: number): number {
    let i = at;
    while (this.bytes[i - 1] === BLANK) {
      i--;
    }
    return i;
  }

  /** Whether a word could be a security context, `user:role:type:level`. */
  private mayBeContext(start: number, end: number): boolean {
    let colons = 0;
    for (let i = start; i < end; i++) {
      colons += this.bytes[i] === COLON ? 1 : 0;
    }
    return colons > 1;
  }
}

/** Whether a word may end before this byte: a blank or the end of the line. */
function isBlank(code: number): boolean {
  return code === BLANK || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}
