import { NONE } from '../../model/row';
import { DOT } from '../../vocabulary/characters';
import { protocolWord, protocolWordId } from '../../vocabulary/protocol';
import type { BsdLayout } from '../bsd/bsdHeader';
import { BSD_INTERNET_WORDS } from '../bsd/bsdRow';
import { type FastReader, numbersOf } from './fastReader';
import type { PlainLine } from './plainLine';

const WORDS = numbersOf(
  BSD_INTERNET_WORDS.filter(word => {
    const { protocol } = protocolWord(protocolWordId(word));
    return protocol === 'tcp' || protocol === 'udp';
  }),
);

/** The whole family's, whose members print rows alike. */
export const fastBsd: FastReader<BsdLayout> = {
  row: (line, layout) => layout !== undefined && readRow(line, layout),
};

/** Reads a row with two queues and nothing behind its state but, perhaps, a process id. */
function readRow(line: PlainLine, layout: BsdLayout): boolean {
  if (
    !line.readProtocol() ||
    WORDS[line.protocol] !== 1 ||
    !line.readQueues() ||
    !line.readLocal(DOT) ||
    !line.readRemote(DOT)
  ) {
    return false;
  }
  const { columns, pid, process, rexmt } = layout;
  if (line.isNextCapital() && !line.readState()) {
    return false;
  }
  if (columns.length > 0) {
    if (process !== NONE || (pid === NONE && rexmt !== NONE)) {
      return false;
    }
    for (let i = 0; i < pid; i++) {
      if (!line.passWord()) {
        return false;
      }
    }
    if (pid !== NONE && !line.readPid()) {
      return false;
    }
  }
  while (!line.isAtEnd()) {
    if (!line.passWord()) {
      return false;
    }
  }
  return true;
}
