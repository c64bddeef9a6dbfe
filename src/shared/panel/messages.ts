import * as v from 'valibot';

import type { FilterProblem } from '../../core/query/condition';
import {
  columnSchema,
  counterSchema,
  panelModelSchema,
  rowSchema,
  sortSchema,
  type View,
  whole,
} from '../../core/viewModel/schema';
import { panelStringsSchema } from './strings';

/*
 * What the extension and its panel tell each other: two unions, told apart by `type`. The page
 * begins with `ready`, naming the snapshot that it showed before; the extension answers with
 * `start` and `model`, and sends a new `model` whenever the dump has changed. Both sides check every message before they look at it.
 */

/** Rows in one message at most. */
export const MAX_PAGE = 200;

/** Counters in one message at most; a filter finds the others. */
export const MAX_COUNTERS = 500;

const name = v.pipe(v.string(), v.maxLength(2000));
const filter = v.pipe(v.string(), v.maxLength(4000));

/** Which snapshot is meant; null stands for the newest, whichever that is. */
const snapshot = v.nullable(whole);

/** Which sockets, in which order. */
const query = v.object({ snapshot, filter, sort: sortSchema });

/** What a word of the filter is wrong about, for {@link PanelStrings}. */
const problem = v.object({
  code: v.picklist([
    'field',
    'state',
    'number',
    'network',
    'value',
    'quote',
    'compare',
    'operator',
  ]),
  start: whole,
  end: whole,
  word: v.string(),
  known: v.string(),
}) satisfies v.GenericSchema<FilterProblem>;

/** What the page wants to see in the editor. */
const target = v.variant('kind', [
  v.object({ kind: v.literal('filter'), snapshot, filter }),
  v.object({ kind: v.literal('finding'), snapshot, key: name }),
  v.object({ kind: v.literal('unread') }),
  /** One line, counted from 1. */
  v.object({ kind: v.literal('line'), line: v.pipe(whole, v.minValue(1)) }),
  /** Rows of a query's result, as pairs of first and last position. */
  v.object({
    kind: v.literal('result'),
    query,
    ranges: v.pipe(v.array(v.tuple([whole, whole])), v.maxLength(10_000)),
  }),
]);

const panelToHost = v.variant('type', [
  v.object({ type: v.literal('ready'), snapshot }),
  v.object({ type: v.literal('snapshot'), snapshot }),
  /** What the snapshot on view is compared with; null for nothing. */
  v.object({
    type: v.literal('compare'),
    before: v.nullable(v.union([whole, v.literal('previous')])),
  }),
  v.object({
    type: v.literal('query'),
    /** Comes back with the answer. */
    request: whole,
    query,
    offset: whole,
    count: v.pipe(whole, v.maxValue(MAX_PAGE)),
    /** Whether it is the table's: the one that the editor's selection is looked up in. */
    table: v.boolean(),
  }),
  /** Asks for the counters of a snapshot that a filter finds, the first of them. */
  v.object({ type: v.literal('counters'), request: whole, snapshot, filter }),
  v.object({
    type: v.literal('reveal'),
    target,
    /** Whether the editor takes the keyboard. */
    focus: v.boolean(),
  }),
  /** Search the workspace for the code that a finding is about. */
  v.object({ type: v.literal('search'), snapshot, key: name }),
  v.object({ type: v.literal('step'), by: v.picklist([-1, 1]) }),
  v.object({ type: v.literal('dismiss') }),
  v.object({ type: v.literal('refresh') }),
  /** Of a table there may be very many rows. */
  v.object({ type: v.literal('copy'), text: v.pipe(v.string(), v.maxLength(100_000_000)) }),
  v.object({
    type: v.literal('export'),
    format: v.picklist(['markdown', 'csv', 'json']),
    to: v.picklist(['clipboard', 'file']),
    redact: v.boolean(),
    query,
  }),
  /** The page refused a message or failed; goes into the log. */
  v.object({ type: v.literal('problem'), text: v.pipe(v.string(), v.maxLength(2000)) }),
]);

const hostToPanel = v.variant('type', [
  v.object({
    type: v.literal('start'),
    strings: panelStringsSchema,
    /** For numbers, as BCP 47. */
    locale: v.string(),
    /** What the panel shows, so that kept state of another dump is not used. */
    source: v.string(),
  }),
  v.object({
    type: v.literal('model'),
    /** Grows with every reading of the dump. */
    revision: whole,
    model: panelModelSchema,
  }),
  /** Nothing can be shown; `readable` where that is because there is no socket any more. */
  v.object({ type: v.literal('gone'), readable: v.boolean() }),
  v.object({
    type: v.literal('rows'),
    request: whole,
    revision: whole,
    total: whole,
    offset: whole,
    rows: v.pipe(v.array(rowSchema), v.maxLength(MAX_PAGE)),
    problem: v.nullable(problem),
  }),
  v.object({
    type: v.literal('counters'),
    request: whole,
    revision: whole,
    total: whole,
    counters: v.pipe(v.array(counterSchema), v.maxLength(MAX_COUNTERS)),
  }),
  v.object({
    type: v.literal('revealed'),
    /** Lines that are selected or marked; 0 for none. */
    count: whole,
    /** Which of them the editor shows. */
    index: whole,
  }),
  v.object({
    type: v.literal('selection'),
    /** Rows on the lines that are selected in the editor; only the first of very many. */
    rows: v.pipe(v.array(whole), v.maxLength(1000)),
    count: whole,
    /** Where the first of them is in the table's result. */
    position: v.nullable(whole),
  }),
  /** A finding of the newest snapshot is to be shown, unfolded. */
  v.object({ type: v.literal('finding'), key: name }),
  /** To be read to the user. */
  v.object({ type: v.literal('said'), text: v.string() }),
]);

export type PanelToHost = View<typeof panelToHost>;
export type HostToPanel = View<typeof hostToPanel>;
export type PanelQuery = View<typeof query>;
export type RevealTarget = View<typeof target>;

/** A message that was understood, or what is wrong with it. */
export type Checked<T> = { readonly message: T } | { readonly refused: string };

/** Checks what the extension received from its panel. */
export function checkPanelMessage(received: unknown): Checked<PanelToHost> {
  return check(panelToHost, received);
}

/** Checks what the panel received from the extension. */
export function checkHostMessage(received: unknown): Checked<HostToPanel> {
  return check(hostToPanel, received);
}

function check<T>(schema: v.GenericSchema<unknown, T>, received: unknown): Checked<T> {
  const result = v.safeParse(schema, received, { abortEarly: true });
  if (result.success) {
    return { message: result.output };
  }
  const [issue] = result.issues;
  return { refused: `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`.slice(0, 300) };
}

/** What the page keeps while it is hidden and after a restart. */
const panelState = v.object({
  version: v.literal(1),
  /** What was shown, so that it can be opened again. */
  source: v.string(),
  snapshot,
  filter,
  /** Of the list of counters. */
  counterFilter: v.optional(filter, ''),
  sort: sortSchema,
  columns: v.array(columnSchema),
  open: v.pipe(v.array(name), v.maxLength(1000)),
  redact: v.boolean(),
  /** Of the page, and the first row of the table that is in sight. */
  scroll: v.number(),
  tableRow: v.number(),
});

export type PanelState = v.InferOutput<typeof panelState>;

/** Kept state, if it is such. */
export function checkPanelState(kept: unknown): PanelState | undefined {
  const result = v.safeParse(panelState, kept);
  return result.success ? result.output : undefined;
}
