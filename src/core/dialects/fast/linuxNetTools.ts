import { protocolWords } from '../../vocabulary/protocol';
import type { NetToolsLayout } from '../linux/linuxNetTools';
import { type FastReader, numbersOf } from './fastReader';
import { MOST_PID, type PlainLine } from './plainLine';
import { isWordByte } from '../../vocabulary/vocabulary';
import { timerKindOf, timerVocabulary } from '../../vocabulary/timerWords';
import { NONE } from '../../model/row';
import {
  BLANK,
  CLOSE_PARENTHESIS,
  COLON,
  MINUS,
  OPEN_PARENTHESIS,
  SLASH,
} from '../../vocabulary/characters';

const WORDS = numbersOf(
  protocolWords
    .filter(one => one.protocol === 'tcp' || one.protocol === 'udp')
    .map(one => one.word),
);

export const fastLinuxNetTools: FastReader<NetToolsLayout> = {
  row(line, layout) {
    if (
      !line.readProtocol() ||
      WORDS[line.protocol] !== 1 ||
      !line.readQueues() ||
      !line.readLocal(COLON) ||
      !line.readRemote(COLON) ||
      layout?.context === true
    ) {
      return false;
    }
    if (line.isNextLetter() && !line.readState()) {
      return false;
    }
    if (layout?.user === true && !(line.readUser() && line.readInode())) {
      return false;
    }
    return line.isNextLetter()
      ? readTimer(line) && line.isAtEnd()
      : line.isAtEnd() || readOwnerAndTimer(line);
  },
};

/**
 * Reads what net-tools prints last: `-` or `123/program`, and a timer if there is one. Passes
 * the end of the line.
 */
function readOwnerAndTimer(line: PlainLine): boolean {
  const start = line.skip();
  if (line.bytes[start] === MINUS) {
    line.at = start + 1;
    line.ownerUnknown = true;
    return line.isBeforeBlank() && (line.isAtEnd() || (readTimer(line) && line.isAtEnd()));
  }
  const pid = line.digits();
  if (pid === NONE || pid > MOST_PID || !line.pass(SLASH)) {
    return false;
  }
  line.pid = pid;
  const nameStart = line.at;
  if (passGuessedProgram(line)) {
    if (line.isAtEnd()) {
      return true;
    }
    if (readTimer(line)) {
      return line.isAtEnd();
    }
  }
  return readProgram(line, nameStart);
}

/** Passes a program's name if it is the last one of a process id like this. */
function passGuessedProgram(line: PlainLine): boolean {
  const guess = line.programs[line.pid & (line.programs.length - 1)]!;
  const end = line.pool.endOf(guess, line.bytes, line.at);
  if (end === NONE) {
    return false;
  }
  line.at = end;
  line.process = guess;
  return line.isBeforeBlank();
}

/** Reads a program's name, which may hold blanks, and a timer behind it. */
function readProgram(line: PlainLine, nameStart: number): boolean {
  const { bytes } = line;
  let i = nameStart;
  let nameEnd = i;
  let last = i;
  for (let code = bytes[i]!; code === BLANK || isWordByte(code); code = bytes[++i]!) {
    if (code !== BLANK) {
      last = bytes[i - 1] === BLANK ? i : last;
      nameEnd = i + 1;
    }
  }
  line.at = i;
  if (last > nameStart) {
    // The last word tells what is no longer part of the name.
    if (bytes[last] === OPEN_PARENTHESIS) {
      const timer = line.wordBefore(last);
      nameEnd = line.endBefore(timer);
      line.at = timer;
      last = line.wordBefore(timer);
      if (nameEnd <= nameStart || !readTimer(line)) {
        return false;
      }
    }
    if (last > nameStart && mayBeContext(line, last, nameEnd)) {
      return false;
    }
  }
  const endsLikeTimer = bytes[nameEnd - 1] === CLOSE_PARENTHESIS && bytes[nameEnd - 3] === SLASH;
  if (endsLikeTimer || line.mayBeDamaged(nameEnd)) {
    return false;
  }
  line.process = line.pool.internBytes(bytes, nameStart, nameEnd);
  line.programs[line.pid & (line.programs.length - 1)] = line.process;
  return line.process !== 0 && line.isAtEnd();
}

/** Reads `timewait (12.34/0/0)`: seconds, retransmissions, probes. */
function readTimer(line: PlainLine): boolean {
  const word = line.readWordOf(timerVocabulary);
  if (word === 0 || !line.isBeforeBlank()) {
    return false;
  }
  line.skip();
  if (!line.pass(OPEN_PARENTHESIS)) {
    return false;
  }
  const seconds = line.decimal();
  const retransmits = seconds !== NONE && line.pass(SLASH) ? line.digits() : NONE;
  const probes = retransmits !== NONE && line.pass(SLASH) ? line.digits() : NONE;
  if (probes === NONE || !line.pass(CLOSE_PARENTHESIS) || !line.isBeforeBlank()) {
    return false;
  }
  line.rare = true;
  line.timer = timerKindOf(word);
  line.timerSeconds = seconds;
  line.retransmits = retransmits;
  line.probes = probes;
  return true;
}

/** Whether a word could be a security context, `user:role:type:level`. */
function mayBeContext(line: PlainLine, start: number, end: number): boolean {
  let colons = 0;
  for (let i = start; i < end; i++) {
    colons += line.bytes[i] === COLON ? 1 : 0;
  }
  return colons > 1;
}
