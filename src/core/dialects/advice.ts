import type { System } from '../model/dump';
import { dialects } from '.';
import type { Dialect, DumpCommand } from './dialect';

/** A command that makes a dump this program reads in full, and where it runs. */
export interface Advice {
  readonly dialect: Dialect;
  readonly command: DumpCommand;
}

/** Systems that people are told about first when it is not known which one they have. */
const COMMON: readonly System[] = ['linux', 'windows', 'macos'];

/** The best command for a system; for the commonest systems where it is not known. */
export function adviceFor(system: System | null): readonly Advice[] {
  const systems = system === null ? COMMON : [system];
  return systems.flatMap(wanted => {
    const found = dialects.find(dialect => dialect.systems[0] === wanted);
    return found === undefined ? [] : [{ dialect: found, command: found.best }];
  });
}
