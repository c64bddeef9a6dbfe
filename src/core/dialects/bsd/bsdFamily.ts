import type { System } from '../../vocabulary/system';
import type { Row } from '../../model/row';
import {
  bsdHeader,
  type BsdHeader,
  type BsdLayout,
  bsdTitle,
  type BsdTitle,
  plainLayout,
} from './bsdHeader';
import { readBsdRow } from './bsdRow';
import type { Line } from '../../parsing/line';
import type { Dialect } from '../../parsing/dialect';

/** What makes one system's `netstat` different from its relatives'. */
interface Member extends Pick<Dialect, 'id' | 'title' | 'systems' | 'commands' | 'best' | 'tells'> {
  /** Whether a title is this system's. Where its layout is in force, any of the family's is. */
  readonly ownsTitle: (title: BsdTitle) => boolean;
  /** Whether a column header is this system's; `layout` is the one in force, if it is its own. */
  readonly ownsHeader: (header: BsdHeader, layout: BsdLayout | undefined) => boolean;
  /** The system that a title proves, for a member that is of several. */
  readonly systemOfTitle?: (title: BsdTitle) => System | null;
  /** Reads a row without a header; most leave those to the member that stands for all. */
  readonly bareRow?: (line: Line, row: Row) => boolean;
}

/** A dialect of the family that can say whether a header is its own. */
export interface BsdDialect extends Dialect<BsdLayout> {
  readonly ownsTitle: Member['ownsTitle'];
  readonly ownsHeader: Member['ownsHeader'];
}

/**
 * A dialect of the BSD family. The members share titles, most columns and all rows; each says
 * only which titles and headers it knows for its own.
 */
export function bsdDialect(member: Member): BsdDialect {
  return {
    id: member.id,
    title: member.title,
    systems: member.systems,
    commands: member.commands,
    best: member.best,
    tells: member.tells,
    // `%.*s` with 16 (inet.c inetprint, inet6.c inet6print).
    cutsAt: { characters: 16, of: 'address' },
    ownsTitle: member.ownsTitle,
    ownsHeader: member.ownsHeader,

    header(line, layout) {
      const title = bsdTitle(line);
      if (title !== undefined) {
        return layout !== undefined || member.ownsTitle(title)
          ? plainLayout(title.section, member.systemOfTitle?.(title) ?? layout?.system ?? null)
          : undefined;
      }
      const header = bsdHeader(line);
      return header !== undefined && member.ownsHeader(header, layout)
        ? { ...header.layout, system: layout?.system ?? null }
        : undefined;
    },

    areQueues: layout => layout.section === 'listeners',

    systemOf: layout => (member.systems.length === 1 ? (member.systems[0] ?? null) : layout.system),

    listsBoth: title => title.includes('(including servers)'),

    row(line, layout, row) {
      return layout === undefined
        ? (member.bareRow?.(line, row) ?? false)
        : readBsdRow(line, layout, row);
    },
  };
}

/** Whether a header is of UNIX sockets, which all members print alike, and goes on with `layout`. */
export function continuesUnix(header: BsdHeader, layout: BsdLayout | undefined): boolean {
  return layout !== undefined && header.layout.section === 'unix' && header.address === 'Address';
}
