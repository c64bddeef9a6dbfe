import { type Counter, type CounterSource, isStateCount } from '../model/counter';
import { LineClass } from '../model/lineClass';
import type { Snapshot } from '../model/snapshot';
import type { Dump } from './dump';
import { CounterLineReader, isOfBlock } from './locateCounters';

/** What one title stands above; or counters of one tool without a title. */
export interface CounterSection {
  readonly source: CounterSource;
  /** The title as printed, `TcpExt`; null where its line says less than the tool's name. */
  readonly title: string | null;
  /** 0-based line of its title, else of its first counter. */
  readonly line: number;
  /** 0-based line after its last counter. */
  readonly endLine: number;
  readonly counters: readonly Counter[];
}

/** Lines at most that stand between a title and the first counter below it. */
const LONGEST_HEAD = 4;

/** The sections of a snapshot's counters, in the order of the text; `textOf` gives that of a line. */
export function counterSections(
  dump: Dump,
  { counted }: Snapshot,
  textOf: (line: number) => string,
): CounterSection[] {
  const sections: (CounterSection & { endLine: number; counters: Counter[] })[] = [];
  const all = counted
    .filter(one => !isStateCount(one))
    .flatMap(({ source, counters }) => counters.map(counter => ({ source, counter })))
    .sort((a, b) => a.counter.line - b.counter.line);
  if (all.length === 0) {
    return [];
  }
  const reader = new CounterLineReader();
  for (const { source, counter } of all) {
    const last = sections.at(-1);
    const above = last?.endLine ?? 0;
    const head =
      counter.line < above ? null : titleAbove(dump, counter.line, above, textOf, reader);
    if (
      last === undefined ||
      head !== null ||
      last.source !== source ||
      !isUnbroken(dump, above, counter.line)
    ) {
      sections.push({
        source,
        title: head === null ? null : titleOf(textOf(head)),
        line: head ?? counter.line,
        endLine: counter.line + 1,
        counters: [counter],
      });
    } else {
      last.endLine = counter.line + 1;
      last.counters.push(counter);
    }
  }
  return sections;
}

/** The title between the last counter and a line; null for none. */
function titleAbove(
  { classes }: Dump,
  line: number,
  above: number,
  textOf: (line: number) => string,
  reader: CounterLineReader,
): number | null {
  const last = Math.max(above, line - LONGEST_HEAD);
  for (let at = line - 1; at >= last && isOfBlock(classes[at]); at--) {
    if (classes[at] === LineClass.Counter && reader.begins(textOf(at))) {
      return at;
    }
  }
  return null;
}

function isUnbroken({ classes }: Dump, from: number, to: number): boolean {
  return classes.subarray(from, to).every(isOfBlock);
}

/** Characters of a title that are shown. */
const LONGEST_TITLE = 60;

/** What a title calls its section: `Tcp:`, `tcp:`, `TCP Statistics for IPv4`. */
function titleOf(text: string): string | null {
  const colon = text.indexOf(':');
  const title = (colon === -1 ? text : text.slice(0, colon)).trim().slice(0, LONGEST_TITLE);
  return /^[^#|\t]{1,60}$/.test(title) && !title.includes('  ') ? title : null;
}
