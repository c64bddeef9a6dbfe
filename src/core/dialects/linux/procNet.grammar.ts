import { either, match, optional, type Part, scoped } from '../../grammar/pattern';
import { START, GAP, number } from '../../grammar/parts';
import { scopes, stateScopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';
import { type Health, HEALTH_CLASSES, healthOf } from '../../knowledge/health';
import { PROC_STATES } from '../../vocabulary/stateSpellings';

/** The `st` column of /proc/net files. */
const procStates: Part = either(
  ...HEALTH_CLASSES.map(health => scoped(stateScopes[health], codes(health))),
);

/** The `st` column of /proc/net/tcp. */
function codes(health: Health): string {
  return Object.entries(PROC_STATES)
    .filter(([, state]) => healthOf(state) === health)
    .map(([code]) => code)
    .join('|');
}

/** Files of /proc/net. */
export const grammar: FormatGrammar = {
  frequent: {
    proc: match(
      '/proc/net/tcp: 0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 …',
      '(?:^|\\G)[\\s>#|]*\\d+:\\s+',
      scoped(scopes.address, '[0-9A-F]{8,32}'),
      ':',
      scoped(scopes.port, '[0-9A-F]{4}'),
      GAP,
      scoped(scopes.address, '[0-9A-F]{8,32}'),
      ':',
      scoped(scopes.port, '[0-9A-F]{4}'),
      GAP,
      either(procStates, '[0-9A-F]{2}'),
      GAP,
      either('0{8}', scoped(scopes.queue, '[0-9A-F]{8}')),
      ':',
      either('0{8}', scoped(scopes.queue, '[0-9A-F]{8}')),
      GAP,
      either('00:[0-9A-F]{8}', [
        scoped(scopes.timer, '[0-9A-F]{2}'),
        ':',
        scoped(scopes.timerValue, '[0-9A-F]{8}'),
      ]),
      '\\s+[0-9A-F]{8}\\s+',
      scoped(scopes.user, number),
      '\\s+\\d+\\s+',
      scoped(scopes.inode, number),
      '.*',
    ),
  },

  rows: {
    'proc-unix': match(
      '/proc/net/unix: 0000000000000000: 00000002 00000000 00010000 0001 01 42776 /run/x',
      START,
      scoped(scopes.pointer, '[0-9a-f]{8,16}'),
      ':\\s+[0-9A-F]{8}\\s+[0-9A-F]{8}\\s+[0-9A-F]{8}\\s+[0-9A-F]{4}\\s+',
      scoped(scopes.localState, '[0-9A-F]{2}'),
      GAP,
      scoped(scopes.inode, number),
      optional(GAP, scoped(scopes.path, '\\S.*')),
    ),
  },
};
