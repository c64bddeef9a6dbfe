import { NONE } from '../../model/row';
import { BACKSLASH, CLOSE_PARENTHESIS, COLON, OPEN_PARENTHESIS } from '../../vocabulary/characters';
import { stateVocabulary } from '../../vocabulary/stateSpellings';
import { isBlank, ZERO } from './byteCursor';
import { type FastReader, numbersOf } from './fastReader';
import { MOST_PID, type PlainLine } from './plainLine';

const WORDS = numbersOf(['TCP', 'UDP']);

export const fastLsof: FastReader = {
  row: (line, layout) => layout !== undefined && readRow(line),
};

/** `nginx 812 www 7u IPv4 13913 0t0 TCP 192.0.2.1:22->192.0.2.2:1024 (ESTABLISHED)`. */
function readRow(line: PlainLine): boolean {
  if (!readProcess(line) || !line.readPid() || !line.readUser() || !readFd(line)) {
    return false;
  }
  line.skip();
  if (line.passText('IPv4 ')) {
    line.family = 'ipv4';
  } else if (line.passText('IPv6 ')) {
    line.family = 'ipv6';
  } else {
    return false;
  }
  if (!readDevice(line) || line.firstByte() !== ZERO || !line.passText('0t0 ')) {
    return false;
  }
  if (!line.readProtocol() || WORDS[line.protocol] !== 1) {
    return false;
  }
  line.skip();
  return (
    line.readEnds(COLON) && (line.isAtEnd() || (readStateInParentheses(line) && line.isAtEnd()))
  );
}

/** Reads a program's name that is a word without escapes. */
function readProcess(line: PlainLine): boolean {
  const { bytes } = line;
  const start = line.skip();
  const end = line.wordEnd(start);
  for (let i = start; i < end; i++) {
    if (bytes[i] === BACKSLASH) {
      return false;
    }
  }
  if (line.mayBeDamaged(end)) {
    return false;
  }
  line.at = end;
  line.process = line.pool.internBytes(bytes, start, end);
  return line.process !== 0 && isBlank(bytes[end]!);
}

/** Reads a descriptor and how it is open, `7u`. */
function readFd(line: PlainLine): boolean {
  line.skip();
  line.rare = true;
  line.fd = line.digits();
  const end = line.wordEnd(line.at);
  const letters = end - line.at;
  line.at = end;
  return line.fd !== NONE && line.fd <= MOST_PID && letters <= 2 && isBlank(line.bytes[end]!);
}

/** Reads the device of lsof: an inode, or an address in the kernel. */
function readDevice(line: PlainLine): boolean {
  const { bytes } = line;
  const start = line.skip();
  line.rare = true;
  if (bytes[start] !== ZERO) {
    return line.readInode();
  }
  const end = line.wordEnd(start);
  line.at = end;
  line.handle = bytes[start + 1] === 120 /* x */ ? line.pool.internBytes(bytes, start, end) : 0;
  return line.handle !== 0 && end > start + 2 && isBlank(bytes[end]!);
}

/** Reads a state that is known, in parentheses. */
function readStateInParentheses(line: PlainLine): boolean {
  const { bytes } = line;
  const start = line.skip() + 1;
  const end = line.wordEnd(start) - 1;
  line.at = end;
  line.stateWord =
    bytes[start - 1] === OPEN_PARENTHESIS ? stateVocabulary.findBytes(bytes, start, end) : 0;
  return line.stateWord !== 0 && line.pass(CLOSE_PARENTHESIS);
}
