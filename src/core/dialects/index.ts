import type { Dialect } from './dialect';
import { linuxNetTools } from './linuxNetTools';
import { ss } from './ss';
import { windowsNetstat } from './windowsNetstat';

/**
 * Every dump format, in the order in which rows without a header are tried: formats with the
 * more unmistakable rows first. A new format is a module beside this one and a line here.
 */
export const dialects: readonly Dialect[] = [linuxNetTools, windowsNetstat, ss];
