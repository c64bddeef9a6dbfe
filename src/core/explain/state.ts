import { adviceOn, BSD, LINUX, MACOS, on, WINDOWS } from '../knowledge/advice';
import { runtimeOf } from '../knowledge/runtimes';
import { CODE_TEXTS, stateCodes, stateWords } from '../knowledge/codes';
import { label, say } from '../wording/statement';
import { PHRASES, WORDS } from '../wording/words';
import {
  RUNTIME_NAMES,
  type Runtime,
  stateKnowledge,
  type StateKnowledge,
} from '../knowledge/states';
import {
  type LimitId,
  rfcTimeWait,
  isLinux,
  systemKnowledge,
  systemName,
  systems,
} from '../knowledge/systems';
import type { System } from '../vocabulary/system';
import type { Socket } from '../model/socket';
import type { TcpState } from '../vocabulary/state';
import type { ExplainContext } from './context';
import {
  type Explanation,
  type Link,
  type Picture,
  type Section,
  sourcesOf,
  type StateFacts,
  type TimeOut,
} from './explanation';
import { labelled, SECTIONS, texts } from './advice';
import { genericWords, lineOf, placeOf, RowFacts } from './facts';
import { sequenceOf } from './sequence';
import { situations } from './situations/all';
import { type Told, type Topic, TOPICS } from './situations/situation';
import { plain, quote, type Localizer, type Text } from '../wording/text';
import { duration, durations } from '../wording/units';

const LABELS = {
  titleRfc: label('**{word}** ({state})'),
  more: label('Show similar rows ({n})'),
  otherEnd: label('other end: {line}'),
  segments: label('What happened'),
  signs: label('Is this normal?'),
  timeOuts: label('Timeouts by system'),
  timeOut: label('**{system}**: {limit}'),
  cost: label('**What it costs**: {cost}'),
};

const SAYS = {
  never: say('It never times out.', 'rfc9293-3.3.2', 'rfc9293-3.8.4'),
  neverIdle: say('Idle, it never times out.', 'rfc9293-3.8.4', 'cloudflare-die'),
  remaining: say('It expires in {time}.', 'linux-tcp-ipv4'),
  limit: say('It expires after {limit}.', 'rfc9293-3.3.2'),
  limitUnknown: say('It expires; after how long on {system} is not known to us.', 'rfc9293-3.8.3'),
  limitAnywhere: say(
    'It expires after {range} on the systems that are known to us.',
    'rfc9293-3.3.2',
  ),
  orphanAnywhere: say(
    'Without a process it expires after {range} on the systems that are known to us.',
    'linux-tcp-timer',
    'illumos',
  ),
  finWait2: say(
    'Without a process it expires after {limit}. Whether it expires while a process holds it depends on the system.',
    'rfc9293-3.6',
    'freebsd-timer',
    'ms-kb-813056',
  ),
  finWait2Linux: say(
    'Without a process it expires after {limit}; while a process holds it, never.',
    'linux-ip-sysctl',
    'measured',
  ),
  keepalive: say('If the peer is gone, keepalive ends it: {limit}.', 'rfc9293-3.8.4'),
  closedLocal: say('Closed first: this end.', 'rfc9293-3.6'),
  closedRemote: say('Closed first: the peer.', 'rfc9293-3.6'),
  closedBoth: say('Closed first: both at once.', 'rfc9293-3.6'),
  timeWaitBoth: say('Closed first: this end, or both at once.', 'rfc9293-3.6'),
  sideListener: say('This host is the server (listening: {place}).', 'rfc9293-3.5'),
  sideClient: say(
    'Most likely, this host is the client: its port {port} is in the range for outgoing connections.',
    'rfc6335',
  ),
  sideServer: say(
    "Most likely, this host is the server: the peer's port {port} is in the range for outgoing connections.",
    'rfc6335',
  ),
  otherEnd: say('The other end is {place}: {state}.', 'rfc9293-3.3.1'),
  pairLeak: say('{closer} has closed; {holder} has not called close().', 'rfc9293-3.6', 'measured'),
  pairMissing: say(
    'Both ends are on this host, but the other one is not in this dump. It is gone or in another network namespace, or the command did not list its state.',
    'measured',
    'ss.8',
  ),
  pairGone: say(
    'The other end is on this host and not in this dump. Most likely it has expired, because FIN_WAIT_2 without a process does not last; a filter or lsof would not show it either.',
    'measured',
    'lsof',
    'linux-ip-sysctl',
  ),
};

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

/** The clock of a state on a system. */
export function timeOutOf(
  limit: LimitId | null,
  system: System | null,
  remaining: number | null,
): TimeOut {
  if (limit === null) {
    return { kind: 'never' };
  }
  const own = systemKnowledge(system)?.limits[limit];
  const all = (own === undefined ? systems : [])
    .map(({ limits }) => limits[limit])
    .filter(known => known !== undefined);
  const seconds = own?.seconds ?? [
    Math.min(...all.map(known => known.seconds[0])),
    Math.max(...all.map(known => known.seconds[1])),
  ];
  return { kind: 'limit', limit, seconds, remaining };
}

/** States in which keepalive finds a peer that is gone, where nothing else would. */
const PROBED: ReadonlySet<TcpState> = new Set(['ESTABLISHED', 'CLOSE-WAIT']);

/** The clock of a state, on a system that probes every connection too. */
function limitOn(system: System | null, { state, limit }: StateKnowledge): LimitId | null {
  return limit === null && PROBED.has(state) && systemKnowledge(system)?.keepsAlive === true
    ? 'keepalive'
    : limit;
}

/** States that stand for what a program wants, so that a time-out would be no news. */
const WANTED: ReadonlySet<TcpState> = new Set(['LISTEN', 'CLOSED', 'BOUND', 'IDLE', 'DELETE-TCB']);

function timeOutText(
  { state, timeOut }: StateFacts,
  orphan: boolean,
  system: System | null,
  localizer: Localizer,
): Text[] {
  if (timeOut.kind === 'never') {
    if (WANTED.has(state)) {
      return [];
    }
    return [localizer.say(state === 'ESTABLISHED' ? SAYS.neverIdle : SAYS.never)];
  }
  if (timeOut.remaining !== null) {
    return [localizer.say(SAYS.remaining, { time: duration(timeOut.remaining, localizer) })];
  }
  const own = systemKnowledge(system)?.limits[timeOut.limit];
  const limit = own === undefined ? durations(timeOut.seconds, localizer) : localizer.say(own.text);
  if (timeOut.limit === 'keepalive') {
    return [localizer.say(SAYS.keepalive, { limit })];
  }
  if (timeOut.limit === 'fin-wait-2' && !orphan) {
    return [localizer.say(isLinux(system) ? SAYS.finWait2Linux : SAYS.finWait2, { limit })];
  }
  if (own !== undefined) {
    return [localizer.say(SAYS.limit, { limit })];
  }
  return [
    system === null
      ? localizer.say(timeOut.limit === 'orphan' ? SAYS.orphanAnywhere : SAYS.limitAnywhere, {
          range: limit,
        })
      : localizer.say(SAYS.limitUnknown, { system: systemName(system) }),
  ];
}

function titleOf(rawState: string | null, state: TcpState, localizer: Localizer): Text {
  const word = rawState ?? state;
  const same = word.replace(/_/g, '-').replace(/FIN-WAIT(?=\d)/, 'FIN-WAIT-') === state;
  return same
    ? localizer.format(PHRASES.word, { word })
    : localizer.format(LABELS.titleRfc, { word, state });
}

function segments(knowledge: StateKnowledge, row: RowFacts | null, localizer: Localizer): Section {
  const items = [localizer.say(knowledge.meaning)];
  const { closedFirst, state } = knowledge;
  if (closedFirst === 'local') {
    items.push(localizer.say(state === 'TIME-WAIT' ? SAYS.timeWaitBoth : SAYS.closedLocal));
  } else if (closedFirst !== 'nobody') {
    items.push(localizer.say(closedFirst === 'remote' ? SAYS.closedRemote : SAYS.closedBoth));
  }
  if (knowledge.last !== null) {
    items.push(localizer.say(knowledge.last));
  }
  items.push(...texts(knowledge.ends, row?.context ?? null, localizer));
  if (row !== null) {
    items.push(...sideText(row, localizer));
  }
  return { id: 'segments', title: localizer.format(LABELS.segments), items };
}

/** Which end is the server, and how we know. */
export function sideText(row: RowFacts, localizer: Localizer): Text[] {
  const { side, listener } = row;
  if (side === null) {
    return [];
  }
  if (side.by === 'listener' && listener !== null) {
    return [localizer.say(SAYS.sideListener, { place: placeOf(listener, localizer) })];
  }
  return [
    side.side === 'client'
      ? localizer.say(SAYS.sideClient, { port: String(row.socket.local.port) })
      : localizer.say(SAYS.sideServer, { port: String(row.socket.remote?.port) }),
  ];
}

function sections(
  knowledge: StateKnowledge,
  first: Runtime | null,
  /** Of the row; null where no dump is explained: then advice for every system, by its name. */
  context: ExplainContext | null,
  localizer: Localizer,
): Section[] {
  const { limit } = knowledge;
  const sorted = [...knowledge.advice].sort(
    (a, b) => rank(a.runtime, first) - rank(b.runtime, first),
  );
  const all: Section[] = [
    {
      id: 'signs',
      title: localizer.format(LABELS.signs),
      items: [
        ...texts([knowledge.normal, ...knowledge.suspicious], context, localizer),
        ...costs(knowledge, context, localizer),
      ],
    },
    {
      id: 'advice',
      title: localizer.format(SECTIONS.advice),
      items: sorted.flatMap(({ runtime, advice }) =>
        texts([advice], context, localizer).map(text =>
          runtime === 'any' ? text : labelled(RUNTIME_NAMES[runtime], text, localizer),
        ),
      ),
    },
    {
      id: 'myths',
      title: localizer.format(SECTIONS.myths),
      items: texts(knowledge.myths, context, localizer),
    },
    {
      id: 'time-outs',
      title: localizer.format(LABELS.timeOuts),
      items: limit === null ? [] : limitsBySystem(limit, context?.system ?? null, localizer),
    },
    {
      id: 'spellings',
      title: localizer.format(SECTIONS.spellings),
      items: spellings(knowledge.state, context, localizer),
    },
  ];
  return all.filter(section => section.items.length > 0);
}

function costs(
  { cost }: StateKnowledge,
  context: ExplainContext | null,
  localizer: Localizer,
): Text[] {
  return cost === null
    ? []
    : [
        localizer.format(LABELS.cost, { cost: localizer.say(cost.text) }),
        ...texts(cost.more ?? [], context, localizer),
      ];
}

function rank(runtime: Runtime, first: Runtime | null): number {
  return runtime === 'any' ? 0 : runtime === first ? 1 : 2;
}

/** The clocks of a state: of the row's system, of all where none is known. */
function limitsBySystem(limit: LimitId, own: System | null, localizer: Localizer): Text[] {
  const items: Text[] = [];
  for (const { id, limits } of systems) {
    const known = limits[limit];
    if (known !== undefined && (own === null ? id !== 'android' : id === own)) {
      items.push(
        localizer.format(LABELS.timeOut, {
          system: systemName(id),
          limit: localizer.say(known.text),
        }),
      );
    }
  }
  if (limit === 'time-wait') {
    items.push(localizer.say(rfcTimeWait.text));
  }
  return items;
}

function spellings(state: TcpState, context: ExplainContext | null, localizer: Localizer): Text[] {
  const words = stateWords(state)
    .map(({ word, language }) =>
      language === 'en' ? word : plain(localizer.format(CODE_TEXTS.language, { word, language })),
    )
    .join(', ');
  const { proc, mib, snmp, bsd } = stateCodes(state);
  const items = [localizer.say(CODE_TEXTS.words, { words })];
  const numbers = [
    { code: proc, advice: on(LINUX, CODE_TEXTS.proc) },
    { code: mib, advice: on(WINDOWS, CODE_TEXTS.mib) },
    { code: snmp, advice: CODE_TEXTS.snmp },
    { code: bsd, advice: on([...BSD, ...MACOS], CODE_TEXTS.bsd) },
  ];
  for (const { code, advice } of numbers) {
    const known =
      context !== null
        ? adviceOn(context.system, [advice])
        : ['systems' in advice ? advice.text : advice];
    items.push(
      ...(code === null
        ? []
        : known.map(statement => localizer.say(statement, { code: String(code) }))),
    );
  }
  if (mib !== snmp) {
    items.push(...texts([on(WINDOWS, CODE_TEXTS.swapped)], context, localizer));
  }
  return items;
}

function pairText(row: RowFacts, state: TcpState, localizer: Localizer): Text[] {
  const other = row.otherEnd;
  if (other === null) {
    const { local, remote } = row.socket;
    if (row.context.neighbours === null || local.address !== remote?.address) {
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
  const { neighbours } = row.context;
  const result: Link[] = [];
  if (neighbours === null) {
    return result;
  }
  const lines = neighbours.linesAlike(row.socket.index);
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
