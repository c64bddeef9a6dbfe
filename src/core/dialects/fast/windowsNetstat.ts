import { COLON } from '../../vocabulary/characters';
import { isTcpWord } from '../../vocabulary/protocol';
import { type FastReader, numbersOf } from './fastReader';

const WORDS = numbersOf(['TCP', 'UDP', 'TCPv6', 'UDPv6']);

export const fastWindowsNetstat: FastReader = {
  row(line) {
    if (
      !line.readProtocol() ||
      WORDS[line.protocol] !== 1 ||
      !line.readLocal(COLON) ||
      !line.readRemote(COLON)
    ) {
      return false;
    }
    if (isTcpWord(line.protocol) && line.isNextLetter() && !line.readState()) {
      return false;
    }
    return line.isAtEnd() || (line.readPid() && line.isAtEnd());
  },
};
