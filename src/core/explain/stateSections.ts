import { adviceOn, BSD, LINUX, MACOS, on, WINDOWS } from '../knowledge/advice';
import { CODE_TEXTS, stateCodes, stateWords } from '../knowledge/codes';
import { RUNTIME_NAMES, type Runtime, type StateKnowledge } from '../knowledge/states';
import { type LimitId, rfcTimeWait, systemName, systems } from '../knowledge/systems';
import type { System } from '../vocabulary/system';
import type { TcpState } from '../vocabulary/state';
import type { ExplainContext } from './context';
import type { Section } from './explanation';
import { labelled, SECTIONS, texts } from './advice';
import type { RowFacts } from './facts';
import { placeOf } from './facts';
import { plain, type Localizer, type Text } from '../wording/text';
import { LABELS, SAYS } from './stateTexts';

export function segments(
  knowledge: StateKnowledge,
  row: RowFacts | null,
  localizer: Localizer,
): Section {
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

export function sections(
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
