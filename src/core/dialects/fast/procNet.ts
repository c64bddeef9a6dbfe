import { NONE } from '../../model/row';
import { protocolWordId } from '../../vocabulary/protocol';
import { COLON } from '../../vocabulary/characters';
import { State } from '../../vocabulary/state';
import { TimerKind } from '../../vocabulary/timer';
import { INODE, type ProcNetLayout, STATES, TIMERS, WORDS_WITH_DROPS } from '../linux/procNet';
import type { FastReader } from './fastReader';
import type { PlainLine } from './plainLine';

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
  if (!readEndpoint(line, false) || !readEndpoint(line, true)) {
    return false;
  }
  const state = readState(line);
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

/**
 * Reads an IPv4 endpoint as the kernel prints it: eight hexadecimal digits of a machine whose lowest
 * byte comes first, and four of the port.
 */
function readEndpoint(line: PlainLine, remote: boolean): boolean {
  line.skip();
  const turned = line.hex(8);
  const port = turned !== NONE && line.pass(COLON) ? line.hex(4) : NONE;
  if (port === NONE || !line.isBeforeBlank()) {
    return false;
  }
  const address = line.pool.ipv4(
    ((turned & 255) << 24) | ((turned & 0xff00) << 8) | ((turned >>> 8) & 0xff00) | (turned >>> 24),
  );
  if (remote) {
    line.remoteAddress = address;
    line.remotePort = port;
    line.hasRemote = true;
  } else {
    line.localAddress = address;
    line.localPort = port;
  }
  return true;
}

/** Takes the next word for a state, whatever it stands for; returns it as a hexadecimal number. */
function readState(line: PlainLine): number {
  const start = line.skip();
  const state = line.hex(0);
  line.statePoolId = line.pool.internBytes(line.bytes, start, line.at);
  return line.isBeforeBlank() ? state : NONE;
}
