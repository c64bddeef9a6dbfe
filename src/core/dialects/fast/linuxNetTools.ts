import { protocolWords } from '../../vocabulary/protocol';
import type { NetToolsLayout } from '../linux/linuxNetTools';
import { type FastReader, numbersOf } from './fastReader';
import { COLON } from './plainLine';

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
      ? line.readTimer() && line.isAtEnd()
      : line.isAtEnd() || line.readOwnerAndTimer();
  },
};
