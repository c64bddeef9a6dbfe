import type { Statement } from '../wording/statement';
import type { System } from '../vocabulary/system';

/** A remedy, check or limit that holds on some systems only. */
export interface OnSystems {
  readonly text: Statement;
  readonly systems: readonly System[];
}

/** What can be advised: on all systems, or on those that are named. */
export type Advice = Statement | OnSystems;

export const LINUX: readonly System[] = ['linux', 'android'];
export const WINDOWS: readonly System[] = ['windows'];
export const MACOS: readonly System[] = ['macos'];
export const FREEBSD: readonly System[] = ['freebsd'];
export const BSD: readonly System[] = ['freebsd', 'openbsd', 'netbsd'];
export const UNIX: readonly System[] = [...LINUX, ...MACOS, ...BSD, 'solaris', 'aix', 'hpux'];

/** Advice for some systems. */
export function on(systems: readonly System[], text: Statement): OnSystems {
  return { text, systems };
}

/** What is advised on a system; what holds on all of them where it is not known. */
export function adviceOn(system: System | null, advice: readonly Advice[]): Statement[] {
  return advice.flatMap(one =>
    'systems' in one ? (system !== null && one.systems.includes(system) ? [one.text] : []) : [one],
  );
}
