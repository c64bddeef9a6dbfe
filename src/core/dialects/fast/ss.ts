import { NONE } from '../../model/row';
import { stateWordAt } from '../../vocabulary/stateSpellings';
import type { SsLayout } from '../linux/ss';
import { BARE_DETAILS } from '../linux/ssDetails';
import { type FastReader, numbersOf } from './fastReader';
import { isBlank } from './byteCursor';
import { MOST_PID, type PlainLine } from './plainLine';
import {
  BLANK,
  CLOSE_PARENTHESIS,
  COLON,
  COMMA,
  GREATER,
  MINUS,
  OPEN_PARENTHESIS,
  QUOTE,
} from '../../vocabulary/characters';
import { isDigit } from '../../parsing/line';
import { isWordByte, Vocabulary } from '../../vocabulary/vocabulary';
import { Shut, TimerKind } from '../../vocabulary/timer';
import { timerKindOf, timerVocabulary } from '../../vocabulary/timerWords';

const WORDS = numbersOf(['tcp', 'udp']);

const UNCONNECTED = stateWordAt('UNCONN', 0, 6);

const BARE_WORDS = new Vocabulary(['', ...[...BARE_DETAILS].filter(word => /^[a-z]/.test(word))]);

export const fastSs: FastReader<SsLayout> = {
  row(line, layout) {
    if (layout?.state !== true || !layout.queues) {
      return false;
    }
    if (layout.netid && !(line.readProtocol() && WORDS[line.protocol] === 1)) {
      return false;
    }
    return (
      line.readState() &&
      // Without Netid it shows that the rows are of UDP.
      (layout.netid || line.stateWord !== UNCONNECTED) &&
      line.readQueues() &&
      line.readLocal(COLON) &&
      line.readRemote(COLON) &&
      readDetails(line)
    );
  },

  continuation(line) {
    if (!line.isIndented()) {
      return false;
    }
    while (line.passWordOf(BARE_WORDS)) {
      // Before a detail that has a value, words of any number.
    }
    // A second owner is left to the slow way.
    return isNextKeyed(line) && readDetails(line) && line.pid === NONE;
  },
};

/** Reads the details that a row ends with, or its continuation line. */
function readDetails(line: PlainLine): boolean {
  while (!line.isAtEnd()) {
    if (!readDetail(line)) {
      return false;
    }
  }
  return true;
}

function readDetail(line: PlainLine): boolean {
  switch (line.firstByte()) {
    case 117: // u
      if (line.passText('users:(')) {
        return readUsers(line);
      }
      if (line.passText('uid:')) {
        return line.isWithinWord() && line.readUser();
      }
      break;
    case 116: // t
      if (line.passText('timer:(')) {
        return readTimer(line);
      }
      break;
    case 100: // d
      if (line.passText('dsack_dups:')) {
        return false;
      }
      break;
    case 105: // i
      if (line.passText('ino:')) {
        return line.isWithinWord() && line.readInode();
      }
      break;
    case 108: // l
      if (line.passText('lastack:')) {
        line.lastAck = readNumber(line);
        return line.lastAck !== NONE;
      }
      if (line.passText('lastsnd:')) {
        line.lastSent = readNumber(line);
        return line.lastSent !== NONE;
      }
      if (line.passText('lastrcv:')) {
        line.lastReceived = readNumber(line);
        return line.lastReceived !== NONE;
      }
      if (line.passText('lost:')) {
        return false;
      }
      break;
    case 98: // b
      if (line.passText('bytes_')) {
        return readBytes(line);
      }
      break;
    case 114: // r
      if (line.passText('rwnd_limited:')) {
        return false;
      }
      break;
    case 115: // s
      if (line.passText('skmem:(') || line.passText('sndbuf_limited:')) {
        return false;
      }
      break;
    case 45: // -
    case 60: // <
      return readShut(line);
  }
  return line.passWord();
}

/** Reads what stands behind `bytes_`. */
function readBytes(line: PlainLine): boolean {
  if (line.passText('acked:')) {
    line.bytesAcked = readNumber(line);
    return line.bytesAcked !== NONE;
  }
  if (line.passText('received:')) {
    line.bytesReceived = readNumber(line);
    return line.bytesReceived !== NONE;
  }
  if (line.passText('retrans:')) {
    line.bytesRetransmitted = readNumber(line);
    return line.bytesRetransmitted !== NONE;
  }
  return line.passWord();
}

/** The number that follows the name of a detail; {@link NONE} if none does. */
function readNumber(line: PlainLine): number {
  line.rare = true;
  return line.isWithinWord() ? line.number() : NONE;
}

/** Reads `("name",pid=1,fd=2))`, what `ss` prints behind `users:(` for a single owner. */
function readUsers(line: PlainLine): boolean {
  const { bytes } = line;
  if (line.pid !== NONE || !line.pass(OPEN_PARENTHESIS) || !line.pass(QUOTE)) {
    return false;
  }
  const start = line.at;
  let end = start;
  while (bytes[end] !== QUOTE && (bytes[end] === BLANK || isWordByte(bytes[end]!))) {
    end++;
  }
  line.at = end;
  if (end === start || !line.passText('",pid=')) {
    return false;
  }
  const pid = line.digits();
  const fd = pid !== NONE && line.passText(',fd=') ? line.digits() : NONE;
  if (fd === NONE || fd > MOST_PID || pid > MOST_PID || !line.passText('))')) {
    return false;
  }
  line.pid = pid;
  line.rare = true;
  line.fd = fd;
  line.process = line.pool.internBytes(bytes, start, end);
  return line.isBeforeBlank();
}

/** Reads `keepalive,11sec,0)`, what `ss` prints behind `timer:(`, in one unit. */
function readTimer(line: PlainLine): boolean {
  const { bytes } = line;
  const start = line.at;
  let end = start;
  while (bytes[end]! >= 97 && bytes[end]! <= 122) {
    end++;
  }
  line.at = end;
  if (end === start || !line.pass(COMMA)) {
    return false;
  }
  const value = line.digits();
  const scale = line.passText('ms,')
    ? 0.001
    : line.passText('sec,')
      ? 1
      : line.passText('min,')
        ? 60
        : NONE;
  const retransmits = value !== NONE && scale !== NONE ? line.digits() : NONE;
  if (retransmits === NONE || !line.pass(CLOSE_PARENTHESIS) || !line.isBeforeBlank()) {
    return false;
  }
  line.rare = true;
  line.timer = timerKindOf(timerVocabulary.findBytes(bytes, start, end));
  line.timerSeconds = value * scale;
  line.retransmits = retransmits;
  const probes = line.timer === TimerKind.Keepalive || line.timer === TimerKind.Probe;
  line.probes = probes ? retransmits : NONE;
  return true;
}

/** Reads `<->` and the like, which say what ends were shut. */
function readShut(line: PlainLine): boolean {
  const { at, bytes } = line;
  const receiveShut = bytes[at] === MINUS;
  const sendShut = bytes[at + 2] === MINUS;
  line.at = at + 3;
  line.rare = true;
  line.shut = receiveShut
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

/** Whether the next word is a key in lower case, of up to 31 characters, and a value. */
function isNextKeyed(line: PlainLine): boolean {
  const { bytes } = line;
  const start = line.skip();
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
