import type { Statement } from '../wording/statement';
import type { System } from '../vocabulary/system';

/** A fact, remedy, check or limit that holds on some systems only; `P` are its placeholders. */
export interface OnSystems<P extends string = never> {
  readonly text: Statement<P>;
  readonly systems: readonly System[];
}

/** What can be said or advised: on all systems, or on those that are named. */
export type Advice<P extends string = never> = Statement<P> | OnSystems<P>;

export const LINUX: readonly System[] = ['linux', 'android'];
export const WINDOWS: readonly System[] = ['windows'];
export const MACOS: readonly System[] = ['macos'];
export const FREEBSD: readonly System[] = ['freebsd'];
export const BSD: readonly System[] = ['freebsd', 'openbsd', 'netbsd'];
export const UNIX: readonly System[] = [...LINUX, ...MACOS, ...BSD, 'solaris', 'aix', 'hpux'];

/** What holds on some systems. */
export function on<P extends string = never>(
  systems: readonly System[],
  text: Statement<P>,
): OnSystems<P> {
  return { text, systems };
}

/** What holds on a system; what holds on all of them where it is not known. */
export function adviceOn<P extends string = never>(
  system: System | null,
  advice: readonly Advice<P>[],
): Statement<P>[] {
  return advice.flatMap(one =>
    'systems' in one ? (system !== null && one.systems.includes(system) ? [one.text] : []) : [one],
  );
}
