import { runtimeOf } from '../knowledge/runtimes';
import { PHRASES, WORDS } from '../wording/words';
import { stateKnowledge } from '../knowledge/states';
import { systemKnowledge } from '../knowledge/systems';
import type { Socket } from '../model/socket';
import type { TcpState } from '../vocabulary/state';
import type { ExplainContext } from './context';
import {
  type Explanation,
  type Link,
  type Picture,
  sourcesOf,
  type StateFacts,
} from './explanation';
import { genericWords, lineOf, placeOf, RowFacts } from './facts';
import { sequenceOf } from './sequence';
import { situations } from './situations/all';
import { type Told, type Topic, TOPICS } from './situations/situation';
import { plain, quote, type Localizer, type Text } from '../wording/text';
import { LABELS, SAYS } from './stateTexts';
import { segments, sections } from './stateSections';
import { timeOutOf, limitOn, timeOutText } from './stateTimeOut';

/** Explains the state of a row, weighing the whole row. */
export function explainRowState(
  socket: Socket,
  state: TcpState,
  context: ExplainContext,
  localizer: Localizer,
): Explanation {
  const row = new RowFacts(socket, context, localizer);
  const knowledge = stateKnowledge(state);
  const { situation, told, shown } = weigh(row, state, localizer);
  const limit = told.limit === undefined ? limitOn(context.system, knowledge) : told.limit;
  const timeOut = timeOutOf(limit, context.system, told.remaining ?? null);
  const facts: StateFacts = {
    state,
    situation,
    closedFirst: knowledge.closedFirst,
    turn: told.turn ?? knowledge.turn,
    timeOut,
  };
  const lead = [
    told.happened ?? localizer.say(knowledge.happened, row.words),
    told.next ?? localizer.say(knowledge.next, row.words),
    ...(told.ends === undefined
      ? timeOutText(facts, row.ownership === 'none', context.system, localizer)
      : [told.ends]),
  ];
  const evidence = ordered([
    ...shown,
    { about: 'other end', texts: pairText(row, state, localizer) },
    { about: 'else', texts: ownerHint(row, localizer) },
  ]);
  const details = [
    segments(knowledge, row, localizer),
    ...sections(knowledge, runtimeOf(socket.owners[0]?.process ?? null), context, localizer),
  ];
  return {
    title: titleOf(socket.rawState, state, localizer),
    lead,
    evidence,
    details,
    pictures: pictures(row, facts),
    links: links(row, state, localizer),
    sources: sourcesOf(lead, evidence, ...details.map(section => section.items)),
    facts,
  };
}

/** What a row's queues and timer show of its state. */
export function stateEvidence(row: RowFacts, localizer: Localizer): readonly Text[] {
  const { state } = row.socket;
  return state === null ? [] : ordered(weigh(row, state, localizer).shown);
}

/** Explains a state by itself. */
export function explainState(
  state: TcpState,
  context: ExplainContext,
  localizer: Localizer,
): Explanation {
  const knowledge = stateKnowledge(state);
  const words = genericWords(localizer);
  const facts: StateFacts = {
    state,
    situation: null,
    closedFirst: knowledge.closedFirst,
    turn: knowledge.turn,
    timeOut: timeOutOf(knowledge.limit, context.system, null),
  };
  const lead = [
    localizer.say(knowledge.meaning),
    localizer.say(knowledge.next, words),
    ...timeOutText(facts, false, context.system, localizer),
  ];
  const details = [
    segments(knowledge, null, localizer),
    ...sections(knowledge, null, null, localizer),
  ];
  const sequence = sequenceOf(state, null, facts.closedFirst, {
    local: plain(words.local),
    remote: plain(words.remote),
    opener: null,
  });
  return {
    title: localizer.format(PHRASES.word, { word: state }),
    lead,
    evidence: [],
    details,
    pictures:
      sequence === null
        ? []
        : [
            { kind: 'sequence', sequence },
            { kind: 'diagram', state },
          ],
    links: [{ kind: 'diagram', label: localizer.format(WORDS.diagram), state }],
    sources: sourcesOf(lead, ...details.map(section => section.items)),
    facts,
  };
}

/** Some of what a row shows. */
interface Shown {
  readonly about: Topic;
  readonly texts: readonly Text[];
}

/** What a row shows, the most wanted first. */
function ordered(shown: readonly Shown[]): Text[] {
  return TOPICS.flatMap(topic =>
    shown.filter(({ about }) => about === topic).flatMap(({ texts: said }) => said),
  );
}

/** The first main situation that a row is in, and all that go with it. */
function weigh(
  row: RowFacts,
  state: TcpState,
  localizer: Localizer,
): { situation: string | null; told: Omit<Told, 'evidence'>; shown: readonly Shown[] } {
  const fitting = situations.filter(s => s.states.includes(state) && s.applies(row));
  const main = fitting.find(s => s.also !== true);
  const all = [...(main === undefined ? [] : [main]), ...fitting.filter(s => s.also === true)];
  const told = all.map(s => s.tell(row, localizer));
  return {
    situation: main?.id ?? null,
    // What the main situation says of turn and time-out stands; the others only add.
    told: told.reduceRight<Omit<Told, 'evidence'>>((rest, one) => ({ ...rest, ...one }), {}),
    shown: all.map(({ about, also }, i) => ({
      about: about ?? (also === true ? 'else' : 'queue'),
      texts: told[i]!.evidence,
    })),
  };
}

function titleOf(rawState: string | null, state: TcpState, localizer: Localizer): Text {
  const word = rawState ?? state;
  const same = word.replace(/_/g, '-').replace(/FIN-WAIT(?=\d)/, 'FIN-WAIT-') === state;
  return same
    ? localizer.format(PHRASES.word, { word })
    : localizer.format(LABELS.titleRfc, { word, state });
}

function pairText(row: RowFacts, state: TcpState, localizer: Localizer): Text[] {
  const other = row.otherEnd;
  if (other === null) {
    const { local, remote } = row.socket;
    if (row.context.neighbors === null || local.address !== remote?.address) {
      return [];
    }
    return state === 'CLOSE-WAIT'
      ? [localizer.say(SAYS.pairGone)]
      : state === 'ESTABLISHED' || state === 'FIN-WAIT-2'
        ? [localizer.say(SAYS.pairMissing)]
        : [];
  }
  if (other.index === row.socket.index) {
    return [];
  }
  const texts = [
    localizer.say(SAYS.otherEnd, {
      place: placeOf(other, localizer),
      state: quote(other.rawState ?? other.state ?? ''),
    }),
  ];
  if (row.sendQ === 0 && state === 'CLOSE-WAIT' && other.state === 'FIN-WAIT-2') {
    texts.push(localizer.say(SAYS.pairLeak, { closer: row.programOf(other), holder: row.program }));
  } else if (state === 'FIN-WAIT-2' && other.state === 'CLOSE-WAIT' && other.sendQ === 0) {
    texts.push(
      localizer.say(SAYS.pairLeak, {
        closer: row.programOf(row.socket),
        holder: row.programOf(other),
      }),
    );
  }
  return texts;
}

/** States whose rows have an owner worth looking for. */
const OWNED: ReadonlySet<TcpState> = new Set([
  'LISTEN',
  'SYN-SENT',
  'ESTABLISHED',
  'CLOSE-WAIT',
  'BOUND',
]);

function ownerHint(row: RowFacts, localizer: Localizer): Text[] {
  const { ownership, socket, context } = row;
  const pids = systemKnowledge(context.system)?.pids ?? null;
  const hidden = ownership === 'unseen' || ownership === 'not printed';
  return hidden &&
    row.unaccepted === null &&
    socket.state !== null &&
    OWNED.has(socket.state) &&
    pids !== null
    ? [localizer.say(pids)]
    : [];
}

function pictures(row: RowFacts, facts: StateFacts): Picture[] {
  const { side } = row;
  const sequence = sequenceOf(facts.state, facts.situation, facts.closedFirst, {
    local: plain(row.programOf(row.socket)),
    remote: plain(row.otherEnd === null ? row.remote : row.programOf(row.otherEnd)),
    opener: side === null ? null : side.side === 'client' ? 'local' : 'remote',
  });
  return sequence === null
    ? [{ kind: 'diagram', state: facts.state }]
    : [
        { kind: 'sequence', sequence },
        { kind: 'diagram', state: facts.state },
      ];
}

function links(row: RowFacts, state: TcpState, localizer: Localizer): Link[] {
  const { neighbors } = row.context;
  const result: Link[] = [];
  if (neighbors === null) {
    return result;
  }
  const lines = neighbors.linesAlike(row.socket.index);
  if (lines.length > 1) {
    result.push({
      kind: 'lines',
      label: localizer.format(LABELS.more, { n: lines.length - 1 }),
      lines,
    });
  }
  const other = row.otherEnd;
  if (other !== null && other.index !== row.socket.index) {
    result.push({
      kind: 'line',
      label: localizer.format(LABELS.otherEnd, { line: lineOf(other, localizer) }),
      line: other.line,
    });
  }
  result.push(
    { kind: 'analyze', label: localizer.format(WORDS.analyze) },
    { kind: 'diagram', label: localizer.format(WORDS.diagram), state },
    { kind: 'copy', label: localizer.format(WORDS.copy) },
  );
  return result;
}
