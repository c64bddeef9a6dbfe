import type { Analysis } from '../analysis/analyze';
import type { SnapshotSummary } from '../analysis/summary';
import { counterList } from '../analysis/counterList';
import { countersOf, isStateCount, titlesOf } from '../model/counter';
import { listsSockets } from '../model/snapshot';
import { linksText } from './content';
import type { Localizer } from '../wording/text';
import { type Text } from '../wording/text';
import { label, say } from '../wording/statement';
import { type Block, heading, paragraph } from './blocks';
import { COUNTER_TEXTS, sumNotes } from './counterParts';
import { andMore } from './findingParts';
import { unreadStates } from './unreadStates';
import { LISTED } from './findingBlocks';
import { stateField } from './stateBlocks';

const TITLE = label('{source}: {sockets} sockets, {tool}');

const TITLE_ONE = label('{source}: 1 socket, {tool}');

const SNAPSHOTS = label('Latest of {count} snapshots, from line {line}.');

const AGAIN = label(
  'Rows that are listed more than once at one moment: {count}. Each socket counts once.',
);

const SNAPSHOTS_OF_HOSTS = label('Latest of {count} snapshots of {hosts} hosts, from line {line}.');

const TITLE_COUNTERS = label('{source}: {counters} counters, {tool}');

const TITLE_COUNTER = label('{source}: 1 counter, {tool}');

const TITLE_OTHERS = label('{source}: {what}, {tool}');

const OTHERS = label('{what}, {tool}.');

const COUNTERS = label('{counters} counters, {tool}.');

const MISSING = say(
  'The output from line {to} on lacks {count} of the counters that the one from line {from} on has: it was cut off or filtered.',
  'general-practice',
);

const FORGOTTEN = label(
  'The oldest snapshots were read but not kept, because the file does not fit into memory: {count}.',
);

const UNREAD = label('Unrecognized lines that look like sockets: {lines}');

/** What a dump is, and what of it is not in the report. */
export function headBlocks(
  source: string,
  last: SnapshotSummary,
  analysis: Analysis,
  localizer: Localizer,
): Block[] {
  const { dump, snapshots, hosts } = analysis;
  const head: Block[] = [heading(1, titleText(source, last, localizer))];
  head.push(...countedBlocks(last, analysis, localizer), ...otherBlocks(last, localizer));
  if (snapshots.length > 1) {
    const args = { count: snapshots.length, line: last.snapshot.line + 1 };
    const text = hosts.several
      ? localizer.format(SNAPSHOTS_OF_HOSTS, { ...args, hosts: hosts.list.length })
      : localizer.format(SNAPSHOTS, args);
    head.push(paragraph(text));
  }
  const { dialects, repeats } = last.snapshot;
  // What another tool lists again is there on purpose.
  if (repeats.size > 0 && dialects.length === 1) {
    head.push(paragraph(localizer.format(AGAIN, { count: repeats.size })));
  }
  if (dump.forgotten > 0) {
    head.push(paragraph(localizer.format(FORGOTTEN, { count: dump.forgotten })));
  }
  if (dump.unrecognized.length > 0) {
    const named = dump.unrecognized.slice(0, LISTED).map(line => String(line + 1));
    const lines = andMore(named, dump.unrecognized.length - named.length, localizer);
    head.push(paragraph(localizer.format(UNREAD, { lines })));
  }
  head.push(...unreadStates(dump, last, localizer).map(text => paragraph(text)));
  return head;
}

/** `FILE: 118 sockets, Linux netstat`. */
function titleText(source: string, last: SnapshotSummary, localizer: Localizer): Text {
  const { dialects, listing } = last.snapshot;
  // Of a listing without rows, its command says which tool it is of.
  const tool =
    dialects.map(dialect => dialect.title).join(', ') || (listing.command ?? '').split(' ', 1)[0]!;
  if (!listsSockets(last.snapshot) && last.snapshot.counted.length === 0) {
    return localizer.format(TITLE_OTHERS, { source, ...othersText(last, localizer) });
  }
  if (!listsSockets(last.snapshot)) {
    const { counters, tool: tools } = countersText(last, localizer);
    return countersOf(last.snapshot.counted).length === 1
      ? localizer.format(TITLE_COUNTER, { source, tool: tools })
      : localizer.format(TITLE_COUNTERS, { source, counters, tool: tools });
  }
  return last.sockets === 1
    ? localizer.format(TITLE_ONE, { source, tool })
    : localizer.format(TITLE, { source, sockets: last.sockets, tool });
}

/** How many counters there are beside the sockets, and what they can say. */
function countedBlocks(last: SnapshotSummary, analysis: Analysis, localizer: Localizer): Block[] {
  const { counted } = last.snapshot;
  if (counted.length === 0) {
    return [];
  }
  const states = countersOf(counted.filter(isStateCount)).map(
    ({ value, raw }) => `${localizer.number(value)}\u00a0${raw}`,
  );
  const compared = comparedTexts(last, analysis, localizer);
  const texts = [
    ...(!listsSockets(last.snapshot)
      ? []
      : [localizer.format(COUNTERS, countersText(last, localizer))]),
    ...(compared ?? []),
    ...sumNotes(counted, compared === null, localizer),
    ...(states.length > 0 ? [localizer.say(COUNTER_TEXTS.statesOnly)] : []),
  ];
  return [
    ...(texts.length === 0 ? [] : [paragraph(...texts)]),
    ...(states.length === 0 ? [] : stateField(states, localizer)),
  ];
}

/** How many interfaces and routes there are, where the title does not say it. */
function otherBlocks(last: SnapshotSummary, localizer: Localizer): Block[] {
  const { counted, interfaces, routes } = last.snapshot;
  return (last.sockets > 0 || counted.length > 0) && interfaces.length + routes.length > 0
    ? [paragraph(localizer.format(OTHERS, othersText(last, localizer)))]
    : [];
}

function othersText({ snapshot }: SnapshotSummary, localizer: Localizer) {
  const sources = [...snapshot.interfaces, ...snapshot.routes].map(({ source }) => source.title);
  return { what: linksText([snapshot], localizer), tool: [...new Set(sources)].join(', ') };
}

/** What comparing with the counters before shows of the two outputs; null if it is not possible. */
function comparedTexts(
  last: SnapshotSummary,
  analysis: Analysis,
  localizer: Localizer,
): Text[] | null {
  const { changes } = counterList(analysis, last.index);
  if (changes === null) {
    return null;
  }
  const lines = {
    from: String(analysis.dump.snapshots[changes.since]!.line + 1),
    to: String(last.snapshot.line + 1),
  };
  return [
    // Of counters alone it stands above their list.
    ...(changes.restarted && listsSockets(last.snapshot)
      ? [localizer.say(COUNTER_TEXTS.restarted)]
      : []),
    ...(changes.missing > 0 ? [localizer.say(MISSING, { ...lines, count: changes.missing })] : []),
  ];
}

function countersText({ snapshot: { counted } }: SnapshotSummary, localizer: Localizer) {
  return {
    counters: localizer.number(countersOf(counted).length),
    tool: titlesOf(counted),
  };
}
