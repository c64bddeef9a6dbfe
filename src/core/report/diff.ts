import { spelledState } from '../vocabulary/state';
import type { Analysis } from '../analysis/analyze';
import {
  countedState,
  differenceOf,
  type Difference,
  type Kept,
  type OwnerCounts,
  type Side,
  type StateCounts,
} from '../analysis/time/difference';
import { type CounterChanges, perSecond } from '../analysis/time/counterChanges';
import { readableTime } from '../analysis/time/clock';
import { type Verdict, verdictOf } from '../analysis/verdict/verdict';
import { endpointText } from '../explain/facts';
import { type Counted, isIncrement, titlesOf } from '../model/counter';
import type { Snapshot } from '../model/snapshot';
import { plain, Localizer, type Text } from '../wording/text';
import { measuredDuration } from '../wording/units';
import { visibleJson } from '../wording/visible';
import { label, say } from '../wording/statement';
import { PHRASES, WORDS } from '../wording/words';
import { type Block, columnsIn, heading, paragraph, type Row } from './blocks';
import { COUNTER_TEXTS, nameOfCounter } from './counterParts';
import { moreBlocks } from './findingParts';

const TITLE = label('Changes from {before} to {after}');
const SIDE = label('{source}, snapshot {number}');
const SIDE_TIMED = label('{source}, snapshot {number} ({time})');
const APART = label('Time between them: {time}.');
const SAME = label('No changes.');
const HEADINGS = {
  states: label('By state'),
  owners: label('By process'),
  stuck: WORDS.stuck,
  changed: WORDS.changed,
  added: WORDS.added,
  gone: WORDS.gone,
  counters: WORDS.counters,
};
const ONE_SIDE = label('Sockets cannot be compared: {source} lists none.');
const NO_COUNTERS = label('Counters cannot be compared: {source} shows none.');
const OTHER_COUNTERS = label(
  'Counters cannot be compared: {before} shows those of {tools}, {after} those of {others}.',
);
const INCREMENTS = label(
  'Counters cannot be compared: without `-a`, nstat prints what was counted since it ran last, and not sums.',
);
const NOT_COMPARED = label('Interfaces and routes are not compared.');
const STUCK = say(
  'Connections still in a state that should last only moments.',
  'rfc9293-3.3.2',
  'general-practice',
);
const COLUMNS = {
  entered: label('Entered'),
  left: label('Exited'),
};

/** How long the lists of a report on a difference are. */
export interface DiffView {
  /** Sockets and processes that each list has at most; the rest is counted. */
  readonly rows: number;
  /** What shows all; null if nothing does. */
  readonly command: string | null;
}

const USUAL: DiffView = { rows: 50, command: null };

/** What two snapshots are called. */
export interface DiffNames {
  readonly before: string;
  readonly after: string;
}

/** The report on what changed between two snapshots. */
export function diffReport(
  difference: Difference,
  names: DiffNames,
  localizer: Localizer,
  view: DiffView = USUAL,
): Block[] {
  const { added, gone, changed, stuck } = difference;
  const moved = movedOf(difference.counters);
  const blocks: Block[] = [
    heading(
      1,
      localizer.format(TITLE, {
        before: sideText(difference.before, names.before, localizer),
        after: sideText(difference.after, names.after, localizer),
      }),
    ),
    ...(hasSockets(difference) ? [paragraph(...verdictOf(difference, localizer).texts)] : []),
    paragraph(...summary(difference, moved.length, names, localizer)),
  ];
  const part = (text: keyof typeof HEADINGS): Block => heading(2, localizer.format(HEADINGS[text]));
  if (hasSockets(difference)) {
    blocks.push(part('states'), stateTable(difference.states, localizer));
  }
  if (difference.owners.length > 0) {
    blocks.push(part('owners'), ...ownerTable(difference.owners, localizer, view));
  }
  if (moved.length > 0) {
    blocks.push(part('counters'), ...counterTable(difference.counters, moved, localizer, view));
  }
  if (stuck.length > 0) {
    blocks.push(part('stuck'), paragraph(localizer.say(STUCK)));
    blocks.push(...keptTable(difference, stuck, localizer, view));
  }
  if (changed.length > 0) {
    blocks.push(part('changed'), ...keptTable(difference, changed, localizer, view));
  }
  if (added.length > 0) {
    blocks.push(part('added'), ...rowTable(difference.after, added, localizer, view));
  }
  if (gone.length > 0) {
    blocks.push(part('gone'), ...rowTable(difference.before, gone, localizer, view));
  }
  return blocks;
}

/** How much has changed, what is not compared, and the time between the two. */
function summary(
  difference: Difference,
  moved: number,
  names: DiffNames,
  localizer: Localizer,
): Text[] {
  const { added, gone, changed, stuck, same, seconds, counters } = difference;
  const isSame = added.length + gone.length + changed.length + moved === 0;
  const counts = {
    added: added.length,
    gone: gone.length,
    changed: changed.length,
    stuck: stuck.length,
    same,
  };
  return [
    ...(isSame && (hasSockets(difference) || counters.list.length > 0)
      ? [localizer.format(SAME)]
      : []),
    ...(hasSockets(difference) ? [localizer.format(PHRASES.changes, counts)] : []),
    ...obstacles(difference, names, localizer),
    ...(seconds === null
      ? []
      : [localizer.format(APART, { time: measuredDuration(Math.abs(seconds), localizer) })]),
  ];
}

/** Whether sockets of both are compared. */
function hasSockets({ listed }: Difference): boolean {
  return listed.before && listed.after;
}

/** What is not compared, and why. */
function obstacles(
  { before, after, listed, counters }: Difference,
  names: DiffNames,
  localizer: Localizer,
): Text[] {
  const [first, second] = [countedOf(before), countedOf(after)];
  const text = (side: Side): Text =>
    sideText(side, side === before ? names.before : names.after, localizer);
  const texts: Text[] = [];
  if (listed.before !== listed.after) {
    texts.push(localizer.format(ONE_SIDE, { source: text(listed.before ? after : before) }));
  }
  if (first.length > 0 !== second.length > 0) {
    texts.push(localizer.format(NO_COUNTERS, { source: text(first.length > 0 ? after : before) }));
  } else if (first.length > 0 && counters.list.length === 0) {
    texts.push(
      [...first, ...second].some(isIncrement)
        ? localizer.format(INCREMENTS)
        : localizer.format(OTHER_COUNTERS, {
            before: text(before),
            after: text(after),
            tools: titlesOf(first),
            others: titlesOf(second),
          }),
    );
  }
  if ([before, after].some(side => tellsLinks(snapshotOf(side)))) {
    texts.push(localizer.format(NOT_COMPARED));
  }
  return texts;
}

function tellsLinks({ interfaces, routes }: Snapshot): boolean {
  return interfaces.length + routes.length > 0;
}

function snapshotOf({ analysis, snapshot }: Side): Snapshot {
  return analysis.dump.snapshots[snapshot]!;
}

function countedOf(side: Side): readonly Counted[] {
  return snapshotOf(side).counted;
}

/**
 * What the last snapshot of a watch says of the first one of the same host, in plain text; null
 * where there is one only.
 */
export function watchVerdict(analysis: Analysis, localizer: Localizer): string | null {
  const after = analysis.snapshots.length - 1;
  const before = after < 0 ? after : analysis.hosts.of(after).snapshots[0]!;
  return before === after
    ? null
    : sentences(
        verdictOf(
          differenceOf({ analysis, snapshot: before }, { analysis, snapshot: after }),
          localizer,
        ).texts,
      );
}

/** The same for programs. Lines are 1-based, snapshots count from 1. */
export function diffJson(difference: Difference, names: DiffNames): string {
  const { before, after, seconds, added, gone, changed, stuck, same } = difference;
  const socket = (side: Side, row: number): object => {
    const { line, protocol, state, rawState, local, remote, owners } =
      side.analysis.dump.table.socket(row);
    return {
      line: line + 1,
      protocol,
      state: state ?? rawState,
      local: endpointText(local),
      remote: remote === null ? null : endpointText(remote),
      pid: owners[0]?.pid ?? null,
      process: owners[0]?.process ?? null,
    };
  };
  const kept = (pair: Kept): object => ({
    before: socket(before, pair.before),
    after: socket(after, pair.after),
  });
  return `${visibleJson({
    schema: 1,
    before: sideJson(before, names.before),
    after: sideJson(after, names.after),
    seconds,
    verdict: verdictJson(verdictOf(difference, new Localizer())),
    new: Array.from(added, row => socket(after, row)),
    gone: Array.from(gone, row => socket(before, row)),
    changed: changed.map(kept),
    stuck: stuck.map(kept),
    unchanged: same,
    states: difference.states,
    owners: difference.owners.map(({ owner, ...counts }) => ({
      pid: owner?.pid ?? null,
      process: owner?.process ?? null,
      ...counts,
    })),
    counters: counterJson(difference.counters),
  })}\n`;
}

function movedOf({ list }: CounterChanges): CounterChanges['list'] {
  return list.filter(({ from, to }) => from !== to);
}

/** Counters that moved; no rate of what is no sum, or got smaller. */
function counterJson(changes: CounterChanges): object[] {
  return movedOf(changes).map(change => {
    const { counter, from, to } = change;
    return {
      name: counter.name,
      ...(counter.family === null ? {} : { family: counter.family }),
      ...(counter.interface === null ? {} : { interface: counter.interface }),
      from,
      to,
      change: to - from,
      perSecond: perSecond(change, changes),
    };
  });
}

function verdictJson({ kind, texts, programs }: Verdict): object {
  return {
    kind,
    text: sentences(texts),
    programs: programs.map(({ owner, texts: own, ...counts }) => ({
      pid: owner?.pid ?? null,
      process: owner?.process ?? null,
      ...counts,
      text: sentences(own),
    })),
  };
}

function sentences(texts: readonly Text[]): string {
  return texts.map(plain).join(' ');
}

function sideText({ analysis, snapshot }: Side, source: string, localizer: Localizer): Text {
  const time = analysis.dump.snapshots[snapshot]?.time ?? null;
  const args = { source, number: snapshot + 1 };
  return time === null
    ? localizer.format(SIDE, args)
    : localizer.format(SIDE_TIMED, { ...args, time: readableTime(time) });
}

function sideJson({ analysis, snapshot }: Side, source: string): object {
  const of = analysis.dump.snapshots[snapshot];
  return { source, snapshot: snapshot + 1, time: of?.time ?? null, host: of?.host ?? null };
}

function stateTable(states: readonly StateCounts[], localizer: Localizer): Block {
  const column = columnsIn(localizer);
  return {
    kind: 'table',
    columns: [
      column.left(WORDS.state),
      column.right(WORDS.before),
      column.right(WORDS.after),
      column.right(WORDS.change),
      column.right(WORDS.added),
      column.right(WORDS.gone),
      column.right(COLUMNS.entered),
      column.right(COLUMNS.left),
    ],
    rows: states.map(({ state, before, after, added, gone, entered, left }) => [
      spelledState(state),
      localizer.number(before),
      localizer.number(after),
      localizer.signed(after - before),
      localizer.number(added),
      localizer.number(gone),
      localizer.number(entered),
      localizer.number(left),
    ]),
  };
}

function ownerTable(owners: readonly OwnerCounts[], localizer: Localizer, view: DiffView): Block[] {
  const column = columnsIn(localizer);
  return [
    {
      kind: 'table',
      columns: [
        column.left(WORDS.process),
        column.right(WORDS.pid),
        column.right(WORDS.before),
        column.right(WORDS.after),
        column.right(WORDS.added),
        column.right(WORDS.gone),
        column.right(WORDS.closeWait),
      ],
      rows: owners
        .slice(0, view.rows)
        .map(({ owner, before, after, added, gone, closeWaitBefore, closeWaitAfter }) => [
          owner === null ? plain(localizer.format(WORDS.noOwner)) : (owner.process ?? ''),
          owner?.pid === null || owner?.pid === undefined ? '' : String(owner.pid),
          localizer.number(before),
          localizer.number(after),
          localizer.number(added),
          localizer.number(gone),
          `${localizer.number(closeWaitBefore)} \u2192 ${localizer.number(closeWaitAfter)}`,
        ]),
    },
    ...restBlocks(owners.length, view, localizer),
  ];
}

function counterTable(
  changes: CounterChanges,
  moved: CounterChanges['list'],
  localizer: Localizer,
  view: DiffView,
): Block[] {
  const column = columnsIn(localizer);
  return [
    ...(changes.restarted ? [paragraph(localizer.say(COUNTER_TEXTS.restarted))] : []),
    {
      kind: 'table',
      columns: [
        column.left(WORDS.counter),
        column.right(WORDS.before),
        column.right(WORDS.after),
        column.right(WORDS.change),
        column.right(WORDS.perSecond),
      ],
      rows: moved.slice(0, view.rows).map(change => {
        const { counter, from, to } = change;
        const rate = perSecond(change, changes);
        return [
          nameOfCounter(counter),
          localizer.number(from),
          localizer.number(to),
          localizer.signed(to - from),
          rate === null ? '' : localizer.number(rate),
        ];
      }),
    },
    ...restBlocks(moved.length, view, localizer),
  ];
}

function restBlocks(length: number, { rows, command }: DiffView, localizer: Localizer): Block[] {
  return moreBlocks(length - rows, localizer, command);
}

function keptTable(
  { before, after }: Difference,
  pairs: readonly Kept[],
  localizer: Localizer,
  view: DiffView,
): Block[] {
  const first = before.analysis.dump.table;
  return listing(after, pairs, localizer, view, pair => {
    const from = countedState(first, pair.before) ?? '';
    const to = countedState(after.analysis.dump.table, pair.after) ?? '';
    return [pair.after, from === to ? to : `${from} \u2192 ${to}`];
  });
}

function rowTable(side: Side, rows: Uint32Array, localizer: Localizer, view: DiffView): Block[] {
  return listing(side, [...rows], localizer, view, row => [
    row,
    countedState(side.analysis.dump.table, row) ?? '',
  ]);
}

function listing<T>(
  { analysis }: Side,
  items: readonly T[],
  localizer: Localizer,
  view: DiffView,
  of: (item: T) => [row: number, state: string],
): Block[] {
  const column = columnsIn(localizer);
  const rows = items.slice(0, view.rows).map((item): Row => {
    const [row, state] = of(item);
    const { line, protocol, local, remote, owners } = analysis.dump.table.socket(row);
    return [
      String(line + 1),
      state === '' ? protocol : spelledState(state),
      endpointText(local),
      remote === null ? '' : endpointText(remote),
      owners.map(({ process, pid }) => `${process ?? ''} ${pid ?? ''}`.trim()).join(', '),
    ];
  });
  return [
    {
      kind: 'table',
      columns: [
        column.right(WORDS.line),
        column.left(WORDS.state),
        column.left(WORDS.local),
        column.left(WORDS.remote),
        column.left(WORDS.process),
      ],
      rows,
    },
    ...restBlocks(items.length, view, localizer),
  ];
}
