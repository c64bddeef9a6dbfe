import { NONE } from '../../model/row';
import { protocolWordId } from '../../vocabulary/protocol';
import { State } from '../../vocabulary/state';
import { TimerKind } from '../../vocabulary/timer';
import { INODE, type ProcNetLayout, STATES, TIMERS, WORDS_WITH_DROPS } from '../linux/procNet';
import type { FastReader } from './fastReader';
import { COLON, type PlainLine } from './plainLine';

const TCP = protocolWordId('tcp');

export const fastProcNet: FastReader<ProcNetLayout> = {
  row: (line, layout) => layout?.file === 'tcp' && readTcp(line),
};

/** A row of TCP over IPv4. */
function readTcp(line: PlainLine): boolean {
  line.skip();
  if (line.digits() === NONE || !line.pass(COLON) || !line.isBeforeBlank()) {
    return false;
  }
  if (!line.readHexLocal() || !line.readHexRemote()) {
    return false;
  }
  const state = line.readHexState();
  line.skip();
  line.sendQ = line.hex(8);
  line.recvQ = line.sendQ !== NONE && line.pass(COLON) ? line.hex(0) : NONE;
  if (state === NONE || line.recvQ === NONE || !line.isBeforeBlank()) {
    return false;
  }
  line.skip();
  const kind = line.hex(2);
  const ticks = kind !== NONE && line.pass(COLON) ? line.hex(0) : NONE;
  if (ticks === NONE || !line.isBeforeBlank()) {
    return false;
  }
  line.skip();
  line.retransmits = line.hex(0);
  if (line.retransmits === NONE || !line.isBeforeBlank() || !line.readUser()) {
    return false;
  }
  line.probes = line.number();
  if (line.probes === NONE || !line.readInode()) {
    return false;
  }
  line.protocol = TCP;
  line.state = STATES[state] ?? State.Unknown;
  line.timer = TIMERS[kind] ?? TimerKind.Unknown;
  line.timerSeconds = ticks / 100;
  let words = INODE + 1;
  while (!line.isAtEnd()) {
    if (!line.passWord()) {
      return false;
    }
    words++;
  }
  return words !== WORDS_WITH_DROPS;
}
