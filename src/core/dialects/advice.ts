import type { System } from '../vocabulary/system';
import { dialects } from '.';
import type { Dialect } from '../parsing/dialect';
import type { DumpCommand } from '../model/format';
import { linuxNetTools } from './linux/linuxNetTools';
import { lsof } from './lsof/lsof';
import { macosNetstat } from './bsd/macosNetstat';
import { sockstat } from './bsd/sockstat';
import { ss } from './linux/ss';
import { windowsNetstat } from './windows/windowsNetstat';

/** A command that makes a dump this program reads in full. */
export interface Advice {
  readonly dialect: Dialect;
  readonly command: DumpCommand;
}

/** Where several tools know a system's sockets, the one that tells the most; null: see the list. */
const PREFERRED: Partial<Readonly<Record<System, Dialect>>> = {
  linux: ss,
  windows: windowsNetstat,
  macos: macosNetstat,
  freebsd: sockstat,
  netbsd: sockstat,
  aix: lsof,
  hpux: lsof,
};

/** What to run on a system that is not known: the tools that most people have. */
const COMMON: readonly Dialect[] = [linuxNetTools, ss, windowsNetstat, macosNetstat];

/** The commands to advise on a system, the best first. */
export function adviceFor(system: System | null): readonly Advice[] {
  const found = system === null ? COMMON : toolsOf(system);
  return found.map(dialect => ({ dialect, command: dialect.best }));
}

function toolsOf(system: System): readonly Dialect[] {
  const preferred = PREFERRED[system];
  const own = dialects.filter(dialect => dialect.systems[0] === system && dialect !== preferred);
  return preferred === undefined ? own : [preferred, ...own];
}
