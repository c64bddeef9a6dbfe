import type { Dump } from '../reading/dump';
import { type Block, literal } from './blocks';
import type { Redactor } from '../redaction/redact';

/** Lines above and below an unread one that are shown with it. */
const AROUND = 3;
/** Unread lines that are shown; more of them are seldom of another kind. */
const MOST_LINES = 20;
/** Characters of a line that are shown. */
const MOST_CHARACTERS = 500;

/** What a report of unread lines says of the program that could not read them. */
export type Versions = Readonly<Record<string, string>>;

/**
 * The beginning of a bug report: the lines that look like sockets and could not be read, with those
 * around them, redacted. `lineAt` gives the text of a 0-based line. It is in English, for whoever
 * looks after the program.
 */
export function unreadReport(
  dump: Dump,
  lineAt: (line: number) => string,
  redactor: Redactor,
  versions: Versions,
): Block[] {
  const tools = new Set(
    dump.snapshots.flatMap(({ dialects }) => dialects.map(({ title }) => title)),
  );
  const shown = ranges(dump);
  for (const [first, end] of shown) {
    for (let line = first; line < end; line++) {
      redactor.learner.learnLine(lineAt(line));
    }
  }
  const { total, unrecognized } = dump.lines;
  const facts = {
    ...versions,
    'Recognized as': tools.size === 0 ? 'nothing' : [...tools].join(', '),
    Lines: `${total}, of which ${unrecognized} could not be read`,
  };
  return [
    { kind: 'heading', level: 1, parts: [literal('Lines that Netstat Lens could not read')] },
    {
      kind: 'paragraph',
      parts: [
        literal(
          'Addresses, hosts, users and words of paths were replaced, equal ones alike. Please look through the lines before you send them, and say which command printed them, in which version.',
        ),
      ],
    },
    {
      kind: 'list',
      items: Object.entries(facts).map(([what, value]) => [literal(`${what}: ${value}`)]),
    },
    ...shown.flatMap(([first, end]): Block[] => [
      { kind: 'heading', level: 2, parts: [literal(`Lines ${first + 1} to ${end}`)] },
      {
        kind: 'code',
        text: Array.from({ length: end - first }, (_, i) =>
          redactor.line(dump, first + i, lineAt(first + i)).slice(0, MOST_CHARACTERS),
        ).join('\n'),
      },
    ]),
  ];
}

/** The lines to show, as ranges `[first, end)` that do not touch. */
function ranges({ unrecognized, lines }: Dump): [number, number][] {
  const result: [number, number][] = [];
  for (const line of unrecognized.slice(0, MOST_LINES)) {
    const first = Math.max(0, line - AROUND);
    const end = Math.min(lines.total, line + AROUND + 1);
    const last = result[result.length - 1];
    if (last !== undefined && first <= last[1]) {
      last[1] = end;
    } else {
      result.push([first, end]);
    }
  }
  return result;
}
