import type { StateKnowledge } from '../knowledge/states';
import { type LimitId, isLinux, systemKnowledge, systemName, systems } from '../knowledge/systems';
import type { System } from '../vocabulary/system';
import type { TcpState } from '../vocabulary/state';
import type { StateFacts, TimeOut } from './explanation';
import type { Localizer, Text } from '../wording/text';
import { duration, durations } from '../wording/units';
import { SAYS } from './stateTexts';

/** The clock of a state on a system. */
export function timeOutOf(
  limit: LimitId | null,
  system: System | null,
  remaining: number | null,
): TimeOut {
  if (limit === null) {
    return { kind: 'never' };
  }
  const own = systemKnowledge(system)?.limits[limit];
  const all = (own === undefined ? systems : [])
    .map(({ limits }) => limits[limit])
    .filter(known => known !== undefined);
  const seconds = own?.seconds ?? [
    Math.min(...all.map(known => known.seconds[0])),
    Math.max(...all.map(known => known.seconds[1])),
  ];
  return { kind: 'limit', limit, seconds, remaining };
}

/** States in which keepalive finds a peer that is gone, where nothing else would. */
const PROBED: ReadonlySet<TcpState> = new Set(['ESTABLISHED', 'CLOSE-WAIT']);

/** The clock of a state, on a system that probes every connection too. */
export function limitOn(system: System | null, { state, limit }: StateKnowledge): LimitId | null {
  return limit === null && PROBED.has(state) && systemKnowledge(system)?.keepsAlive === true
    ? 'keepalive'
    : limit;
}

/** States that stand for what a program wants, so that a time-out would be no news. */
const WANTED: ReadonlySet<TcpState> = new Set(['LISTEN', 'CLOSED', 'BOUND', 'IDLE', 'DELETE-TCB']);

export function timeOutText(
  { state, timeOut }: StateFacts,
  orphan: boolean,
  system: System | null,
  localizer: Localizer,
): Text[] {
  if (timeOut.kind === 'never') {
    if (WANTED.has(state)) {
      return [];
    }
    return [localizer.say(state === 'ESTABLISHED' ? SAYS.neverIdle : SAYS.never)];
  }
  if (timeOut.remaining !== null) {
    return [localizer.say(SAYS.remaining, { time: duration(timeOut.remaining, localizer) })];
  }
  const own = systemKnowledge(system)?.limits[timeOut.limit];
  const limit = own === undefined ? durations(timeOut.seconds, localizer) : localizer.say(own.text);
  if (timeOut.limit === 'keepalive') {
    return [localizer.say(SAYS.keepalive, { limit })];
  }
  if (timeOut.limit === 'fin-wait-2' && !orphan) {
    return [localizer.say(isLinux(system) ? SAYS.finWait2Linux : SAYS.finWait2, { limit })];
  }
  if (own !== undefined) {
    return [localizer.say(SAYS.limit, { limit })];
  }
  return [
    system === null
      ? localizer.say(timeOut.limit === 'orphan' ? SAYS.orphanAnywhere : SAYS.limitAnywhere, {
          range: limit,
        })
      : localizer.say(SAYS.limitUnknown, { system: systemName(system) }),
  ];
}
