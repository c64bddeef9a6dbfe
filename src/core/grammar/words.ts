import { type Health, healthOf } from '../knowledge/health';
import { stateSpellings } from '../vocabulary/stateSpellings';
import { timerWords } from '../vocabulary/timerWords';
import { protocolWords } from '../vocabulary/protocol';
import { TimerKind } from '../vocabulary/timer';

/** An expression that matches any of the words; `\S{0,3}` stands for the broken Ö of ABHÖREN. */
export function anyOf(words: readonly string[]): string {
  return words.map(word => (word === 'ABHÖREN' ? 'ABH\\S{0,3}REN' : escape(word))).join('|');
}

function escape(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Every spelling of the states of one class. */
export function stateWords(health: Health): string {
  return anyOf(
    stateSpellings.filter(s => s.tcp !== null && healthOf(s.tcp) === health).map(s => s.word),
  );
}

/** States of sockets that are no TCP: UNIX, SCTP, Bluetooth, connectionless. */
export const otherStateWords = anyOf(stateSpellings.filter(s => s.tcp === null).map(s => s.word));

// The last three of the table are no tool's words; the parser gives them by section.
const printed = protocolWords.filter(
  word => !['networkdirect', 'kernel', 'other'].includes(word.protocol),
);

/** Protocols of network sockets. */
export const protocols = anyOf(
  printed.filter(w => !isLocal(w.protocol) && w.protocol !== 'bluetooth').map(w => w.word),
);

/** Words of `ss` for sockets whose ends are names, not addresses. */
export const localNetids = anyOf(
  printed.filter(w => isLocal(w.protocol) && w.word !== 'unix').map(w => w.word),
);

function isLocal(protocol: string): boolean {
  return ['unix', 'netlink', 'packet', 'vsock', 'tipc', 'xdp'].includes(protocol);
}

/** Words for a timer that doesn't run. */
export const timersOff = anyOf(timerWords.filter(t => t.kind === TimerKind.Off).map(t => t.word));

/** Words for a timer that runs. */
export const timersOn = anyOf(timerWords.filter(t => t.kind !== TimerKind.Off).map(t => t.word));
