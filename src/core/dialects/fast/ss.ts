import { NONE } from '../../model/row';
import { stateWordAt } from '../../vocabulary/stateSpellings';
import { Vocabulary } from '../../vocabulary/vocabulary';
import { BARE_DETAILS, type SsLayout } from '../linux/ss';
import { type FastReader, numbersOf } from './fastReader';
import { COLON, type PlainLine } from './plainLine';

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
    return line.isNextKeyed() && readDetails(line) && line.pid === NONE;
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
        return line.readUsers();
      }
      if (line.passText('uid:')) {
        return line.isWithinWord() && line.readUser();
      }
      break;
    case 116: // t
      if (line.passText('timer:(')) {
        return line.readTimerOfSs();
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
        return line.isWithinWord() && line.readLastAck();
      }
      if (line.passText('lastsnd:')) {
        return line.isWithinWord() && line.readLastSent();
      }
      if (line.passText('lastrcv:')) {
        return line.isWithinWord() && line.readLastReceived();
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
      return line.readShut();
  }
  return line.passWord();
}

/** Reads what stands behind `bytes_`. */
function readBytes(line: PlainLine): boolean {
  if (line.passText('acked:')) {
    return line.isWithinWord() && line.readBytesAcked();
  }
  if (line.passText('received:')) {
    return line.isWithinWord() && line.readBytesReceived();
  }
  if (line.passText('retrans:')) {
    return line.isWithinWord() && line.readBytesRetransmitted();
  }
  return line.passWord();
}
