import type { Dialect } from '../../parsing/dialect';
import { aixNetstat } from '../bsd/aixNetstat';
import { bsdNetstat } from '../bsd/bsdNetstat';
import { freebsdNetstat } from '../bsd/freebsdNetstat';
import { hpuxNetstat } from '../bsd/hpuxNetstat';
import { macosNetstat } from '../bsd/macosNetstat';
import { netbsdNetstat } from '../bsd/netbsdNetstat';
import { openbsdNetstat } from '../bsd/openbsdNetstat';
import { linuxNetTools } from '../linux/linuxNetTools';
import { lsof } from '../lsof/lsof';
import { procNet } from '../linux/procNet';
import { ss } from '../linux/ss';
import { windowsNetstat } from '../windows/windowsNetstat';
import { fastBsd } from './bsd';
import type { FastReader } from './fastReader';
import { fastLinuxNetTools } from './linuxNetTools';
import { fastLsof } from './lsof';
import { fastProcNet } from './procNet';
import { fastSs } from './ss';
import { fastWindowsNetstat } from './windowsNetstat';

/*
 * Nearly every row of a large dump is like the one above it: ASCII, numeric addresses, a word that
 * everybody knows, a program. For the formats of which large dumps are common, such rows are read
 * here straight from bytes into the table's numbers, without cutting the line into words first and
 * without noting where anything stands. Every other line is read by the dialect, which reads all of
 * them: without this folder, reading is slower and nothing else is different.
 */

const READERS = new Map<string, FastReader>([
  ...[
    aixNetstat,
    bsdNetstat,
    freebsdNetstat,
    hpuxNetstat,
    macosNetstat,
    netbsdNetstat,
    openbsdNetstat,
  ].map(({ id }) => [id, fastBsd] as const),
  [linuxNetTools.id, fastLinuxNetTools],
  [lsof.id, fastLsof],
  [procNet.id, fastProcNet],
  [ss.id, fastSs],
  [windowsNetstat.id, fastWindowsNetstat],
]);

/** What reads the plain rows of a format, for those of which large dumps are common. */
export function fastReaderFor(dialect: Dialect): FastReader | undefined {
  return READERS.get(dialect.id);
}
