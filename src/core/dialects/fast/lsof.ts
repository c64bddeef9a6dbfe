import { COLON, type PlainLine, ZERO } from './plainLine';
import { type FastReader, numbersOf } from './fastReader';

const WORDS = numbersOf(['TCP', 'UDP']);

export const fastLsof: FastReader = {
  row: (line, layout) => layout !== undefined && readRow(line),
};

/** `nginx 812 www 7u IPv4 13913 0t0 TCP 192.0.2.1:22->192.0.2.2:1024 (ESTABLISHED)`. */
function readRow(line: PlainLine): boolean {
  if (!line.readProcess() || !line.readPid() || !line.readUser() || !line.readFd()) {
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
  if (!line.readDevice() || line.firstByte() !== ZERO || !line.passText('0t0 ')) {
    return false;
  }
  if (!line.readProtocol() || WORDS[line.protocol] !== 1) {
    return false;
  }
  line.skip();
  return (
    line.readEnds(COLON) && (line.isAtEnd() || (line.readStateInParentheses() && line.isAtEnd()))
  );
}
