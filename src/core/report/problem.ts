import type { Finding } from '../analysis/finding';
import type { Culprit } from '../analysis/kit/rule';
import { ruleOf } from '../analysis/ruleTable';
import { endpointText } from '../explain/facts';
import { Field } from '../model/field';
import { NONE } from '../model/row';
import type { Socket } from '../model/socket';
import type { Dump } from '../reading/dump';
import { placesOf } from '../reading/locate';
import type { PlacedField } from '../reading/recordMap';
import { label } from '../wording/statement';
import { type Localizer, plain, quote, uncut } from '../wording/text';

/** Further rows that a problem names; all of them are a quick fix away. */
const MOST_RELATED = 3;

const TEXTS = {
  message: label('{verdict}. {step}'),
  receive: label('{place}, Recv-Q {n}'),
  send: label('{place}, Send-Q {n}'),
  both: label('{place}, Recv-Q {received}, Send-Q {sent}'),
};

/** A part of a line of the dump. */
export interface Place {
  /** 0-based. */
  readonly line: number;
  /** In UTF-16 units from the start of the line. */
  readonly start: number;
  readonly end: number;
}

/** A finding as editors list problems. */
export interface Problem {
  /** The word of a row that is to blame. */
  readonly place: Place;
  /** The verdict and what to do first, in one line. */
  readonly message: string;
  /** The next rows that show the same, by their peer and what is in their queues. */
  readonly related: readonly { readonly place: Place; readonly text: string }[];
}

/** A finding as a problem of its dump. `textOf` gives the text of a 0-based line. */
export function problemOf(
  finding: Finding,
  dump: Dump,
  textOf: (line: number) => string,
  localizer: Localizer,
): Problem {
  if (finding.rows.length === 0) {
    return problemWithoutRows(finding, dump, textOf, localizer);
  }
  const { culprit = 'owner' } = ruleOf(finding.code);
  const first = markedRow(finding, dump, culprit);
  const others = finding.rows.subarray(0, 1 + MOST_RELATED).filter(row => row !== first);
  return {
    place: culpritIn(dump, first, culprit, textOf),
    message: message(finding, localizer),
    related: Array.from(others.subarray(0, MOST_RELATED), row => ({
      place: culpritIn(dump, row, culprit, textOf),
      text: rowText(dump.table.socket(row), culprit, localizer),
    })),
  };
}

/** The word of a dump that the problem of a finding marks. */
export function placeOf(finding: Finding, dump: Dump, textOf: (line: number) => string): Place {
  if (finding.rows.length === 0) {
    return lineWithoutRows(finding, dump, textOf);
  }
  const { culprit = 'owner' } = ruleOf(finding.code);
  return culpritIn(dump, markedRow(finding, dump, culprit), culprit, textOf);
}

/** A finding on counters: it marks their lines. */
function problemWithoutRows(
  finding: Finding,
  dump: Dump,
  textOf: (line: number) => string,
  localizer: Localizer,
): Problem {
  const place = lineWithoutRows(finding, dump, textOf);
  const others = finding.evidence.flatMap(({ text, line }) =>
    line === null || line === place.line
      ? []
      : [{ place: wholeLine(line, textOf), text: plain(text) }],
  );
  return { place, message: message(finding, localizer), related: others.slice(0, MOST_RELATED) };
}

/** The line of the first counter that a finding names, else the one that its snapshot begins at. */
function lineWithoutRows(
  { evidence, snapshot }: Finding,
  { snapshots }: Dump,
  textOf: (line: number) => string,
): Place {
  const line = evidence.find(one => one.line !== null)?.line ?? snapshots[snapshot]!.line;
  return wholeLine(line, textOf);
}

/** A line without the blanks around its words. */
function wholeLine(line: number, textOf: (line: number) => string): Place {
  const text = textOf(line);
  const end = text.trimEnd().length;
  return { line, start: Math.min(text.length - text.trimStart().length, end), end };
}

/** The first row of a finding; of rows of several programs the first of the one that it accuses. */
function markedRow({ rows, owner }: Finding, { table }: Dump, culprit: Culprit): number {
  const pid = culprit === 'owner' ? (owner?.pid ?? null) : null;
  const own = pid === null ? undefined : rows.find(row => table.pid[row] === pid);
  return own ?? rows[0]!;
}

const WORDS: Readonly<Record<Culprit, ReadonlySet<Field>>> = {
  owner: new Set([Field.Pid, Field.Process]),
  remote: new Set([Field.Remote, Field.RemoteAddress, Field.RemoteScope, Field.RemotePort]),
  local: new Set([Field.Local, Field.LocalAddress, Field.LocalScope, Field.LocalPort]),
};

/** Where a row shows the culprit; its local address where it does not. */
function culpritIn(
  dump: Dump,
  row: number,
  culprit: Culprit,
  textOf: (line: number) => string,
): Place {
  const { table } = dump;
  const places = placesOf(dump, row, textOf);
  // What a row without a program has in that place is a dash.
  const isShown = culprit !== 'owner' || table.pid[row] !== NONE || table.process[row] !== 0;
  const line = table.line[row]!;
  return (
    (isShown ? firstOf(places, WORDS[culprit], textOf) : undefined) ??
    firstOf(places, WORDS.local, textOf) ??
    firstOf(places, WORDS.remote, textOf) ?? { line, start: 0, end: textOf(line).length }
  );
}

/** The first of some fields, with those of them that follow at once: an address with its port. */
function firstOf(
  places: readonly PlacedField[],
  fields: ReadonlySet<Field>,
  textOf: (line: number) => string,
): Place | undefined {
  const from = places.findIndex(({ field }) => fields.has(field));
  const first = places[from];
  if (first === undefined) {
    return undefined;
  }
  const text = textOf(first.line);
  let { end } = first;
  for (const next of places.slice(from + 1)) {
    const isNext = next.line === first.line && fields.has(next.field);
    // Between them may stand a column that is no field of ours.
    if (!isNext || /\s\S/.test(text.slice(end, next.start))) {
      break;
    }
    end = Math.max(end, next.end);
  }
  return { line: first.line, start: first.start, end };
}

function message({ title, remedy: [first] }: Finding, localizer: Localizer): string {
  return first === undefined
    ? plain(title)
    : plain(
        localizer.format(TEXTS.message, {
          verdict: { ...title, verbatim: true },
          step: uncut(firstSentence(plain(first))),
        }),
      );
}

/** A text up to the end of its first sentence. */
function firstSentence(text: string): string {
  const end = text.search(/[.!?](?= |$)/);
  return end === -1 ? text : text.slice(0, end + 1);
}

/** A row by its peer, and what waits to be read or acknowledged. */
function rowText(socket: Socket, culprit: Culprit, localizer: Localizer): string {
  const { remote, local, recvQ, sendQ, state } = socket;
  // Some tools print the peer of a listening socket as port 0.
  const hasPeer = remote !== null && state !== 'LISTEN' && (remote.port ?? remote.service) !== null;
  const place = quote(endpointText(hasPeer ? remote : local));
  const received = recvQ ?? 0;
  const sent = state === 'LISTEN' ? 0 : (sendQ ?? 0);
  const text =
    received > 0 && sent > 0
      ? localizer.format(TEXTS.both, { place, received, sent })
      : sent > 0
        ? localizer.format(TEXTS.send, { place, n: sent })
        : received > 0 || (recvQ !== null && culprit === 'owner')
          ? localizer.format(TEXTS.receive, { place, n: received })
          : place;
  return plain(text);
}
