import * as v from 'valibot';

import type { Inline } from '../wording/text';
import { HEALTH_CLASSES } from '../knowledge/health';
import { COLUMNS, type Sort } from '../query/columns';

/*
 * What the panel shows, ready to be shown: validators, and the types that follow from them. A view
 * model holds plain data only, as it is sent to the webview; its sockets are asked for page by page.
 *
 * `filter` is, wherever it stands, an expression of the query language that finds exactly the
 * sockets meant: it serves to list them, to filter the table and to show their lines.
 */

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** What a validator lets pass, not to be changed. */
export type View<S extends v.GenericSchema> = DeepReadonly<v.InferOutput<S>>;

export const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const wholeOrNull = v.nullable(whole);
const text = v.string();
const textOrNull = v.nullable(text);

const inline = v.object({
  text,
  style: v.picklist(['plain', 'strong', 'code']),
  line: v.exactOptional(whole),
}) satisfies v.GenericSchema<Inline>;

/** Text with emphasis. */
const rich = v.array(inline);

/** The first of a list that may be very long. */
function ranking<S extends v.GenericSchema>(of: S) {
  return v.object({ total: whole, first: v.array(of) });
}

const command = v.object({
  text: rich,
  /** To be copied; null if there is nothing to type. */
  command: textOrNull,
});

const source = v.object({ title: text, url: textOrNull });

const table = v.object({
  columns: v.array(
    v.object({
      title: text,
      align: v.picklist(['left', 'right']),
      note: v.exactOptional(text),
    }),
  ),
  rows: v.array(v.array(text)),
});

const finding = v.object({
  /** Stays the same while the dump is edited. */
  key: text,
  /** `CW-1` and the like: the leading rule's. */
  code: text,
  severity: v.picklist(['error', 'warning', 'info']),
  confidence: v.picklist(['high', 'medium', 'low']),
  title: rich,
  /** In what time a limit is reached, where one is known. */
  left: v.array(rich),
  checks: v.array(command),
  fix: v.array(rich),
  /** What it rests on, in short sentences. */
  proof: v.array(rich),
  /** Its subjects, where there are several, and the sides of CLOSE_WAIT. */
  tables: v.array(table),
  /** A few of its rows: a 1-based line; null if it is about no single one. */
  examples: v.array(v.object({ line: wholeOrNull, text: rich })),
  /** How many lines it rests on. */
  lines: whole,
  /** Finds exactly its sockets; null if none is known to. */
  filter: textOrNull,
  why: v.array(rich),
  alternatives: v.array(rich),
  sources: v.array(source),
  /** Further rules that say the same. */
  /** Whether the workspace can be searched for the code that it is about. */
  search: v.boolean(),
  also: v.array(v.object({ code: text, title: rich })),
});

const remote = v.object({
  address: text,
  /** What the user calls it. */
  name: textOrNull,
  count: whole,
  closeWait: whole,
  filter: text,
});

const group = v.object({
  key: text,
  pid: wholeOrNull,
  process: textOrNull,
  count: whole,
  /** All sockets of that program; null if it is not shown. */
  ofSockets: wholeOrNull,
  unreadBytes: wholeOrNull,
  remotes: ranking(remote),
  /** How long one of them has at least been so; null where nothing tells. */
  atLeast: textOrNull,
  filter: text,
});

const closeWait = v.object({
  count: whole,
  groups: ranking(group),
  /** How to see programs on that system, for a dump without; null where it shows them. */
  pidAdvice: v.nullable(command),
});

const listener = v.object({
  protocol: text,
  local: text,
  port: wholeOrNull,
  service: textOrNull,
  owner: textOrNull,
  /** From where it can be reached. */
  exposure: v.picklist(['all', 'address', 'loopback']),
  /** Connections of it in this dump. */
  connections: whole,
  /** Connections that wait to be accepted, and how many may; null where not printed. */
  queue: wholeOrNull,
  backlog: wholeOrNull,
  filter: text,
});

const snapshot = v.object({
  /** 1-based line that it begins at. */
  line: whole,
  time: textOrNull,
  host: textOrNull,
  sockets: whole,
  closeWait: whole,
  /** Counters of the kernel; counts of states are none. */
  counters: whole,
});

const state = v.object({
  /** RFC 9293 name; null for state words that nobody knows. */
  state: textOrNull,
  count: whole,
  health: v.picklist(HEALTH_CLASSES),
  /** What it means, in a sentence. */
  meaning: text,
  filter: text,
});

/** Sockets of a state that were counted before they were written down. */
const stateCount = v.object({
  /** RFC 9293 name. */
  state: text,
  count: v.number(),
  health: v.picklist(HEALTH_CLASSES),
  meaning: text,
  /** 1-based. */
  line: whole,
});

const protocol = v.object({ protocol: text, count: whole, filter: text });

const trendPoint = v.object({
  /** Index of the snapshot. */
  snapshot: whole,
  time: textOrNull,
  /** The same in seconds since the epoch. */
  seconds: v.nullable(v.number()),
});

const trendLine = v.object({
  /** RFC 9293 name. */
  state: text,
  health: v.picklist(HEALTH_CLASSES),
  /** One for each point. */
  counts: v.array(whole),
});

/** What a finding says of the sockets of one of the lines. */
const trendGrowth = v.object({
  /** RFC 9293 name. */
  state: text,
  perMinute: v.number(),
  /** In how many seconds up to the last point. */
  seconds: v.number(),
  /** What it grows towards; null if nothing is known. */
  limit: wholeOrNull,
});

/** How many sockets a host had in each state, from snapshot to snapshot. */
const trend = v.object({
  points: v.array(trendPoint),
  /** The most important first. */
  lines: v.array(trendLine),
  growth: v.nullable(trendGrowth),
});

const change = v.object({
  kind: v.picklist(['added', 'gone', 'changed', 'stuck']),
  /** 1-based; of what is gone, in the snapshot before. */
  line: whole,
  state: text,
  /** The state before, where it is another one. */
  from: textOrNull,
  local: text,
  remote: textOrNull,
  owner: textOrNull,
});

/** What changed from one snapshot to the one on view. */
const changes = v.object({
  /** Index of the snapshot that it is compared with. */
  before: whole,
  /** Between the two; null where their times are not known. */
  seconds: v.nullable(v.number()),
  added: whole,
  gone: whole,
  changed: whole,
  stuck: whole,
  same: whole,
  states: v.array(v.object({ state: text, before: whole, after: whole })),
  /** The first of each kind. */
  sockets: v.array(change),
});

const host = v.object({
  name: text,
  /** Index of its newest snapshot. */
  snapshot: whole,
  /** How many it has. */
  snapshots: whole,
  sockets: whole,
  closeWait: whole,
  errors: whole,
  warnings: whole,
  /** Whether the snapshot on view is one of its. */
  shown: v.boolean(),
});

/** Connections from one host to a port of another one, as `HostLink` counts them. */
const hostLink = v.object({
  from: text,
  to: text,
  port: whole,
  connections: whole,
  closeWait: whole,
  matched: whole,
  translated: whole,
  missing: whole,
});

/** A counter of the kernel as a row of a list. */
export const counterSchema = v.object({
  /** 1-based. */
  line: whole,
  /** nstat's. */
  name: text,
  /** The interface, or IPv4 or IPv6, where there are several of the name. */
  of: textOrNull,
  /** The words that stand for it; null where they are its name. */
  printed: textOrNull,
  /** What it counts, in a sentence; null where that is not known. */
  meaning: textOrNull,
  value: v.number(),
  /** The digits, where a number cannot hold them. */
  exact: textOrNull,
  /** Since the snapshot before; null where that says nothing. */
  change: v.nullable(v.number()),
  perSecond: v.nullable(v.number()),
});

const counters = v.object({
  total: whole,
  /** What they are compared with, what changes cannot say, what a sum is. */
  notes: v.array(rich),
  /** Those worth a look; where there are none, some that go up and down. */
  first: v.array(counterSchema),
  /** How many are worth a look. */
  worthALook: whole,
  /** Whether they are compared with another snapshot, and whether the time between is known. */
  compared: v.boolean(),
  timed: v.boolean(),
});

export const columnSchema = v.picklist(COLUMNS);

export const sortSchema = v.nullable(
  v.object({ column: columnSchema, descending: v.boolean() }) satisfies v.GenericSchema<Sort>,
);

export const panelModelSchema = v.object({
  /** Name of the file. */
  title: text,
  /** The tools that wrote the dump, and the system it is from; null where it cannot be told. */
  tool: text,
  system: textOrNull,
  lines: whole,
  /** Lines that look like rows and could not be read. */
  unread: whole,
  snapshots: v.array(snapshot),
  /** Which of them the rest is about. */
  snapshot: whole,
  sockets: whole,
  /** Whether the snapshot is a list of sockets; not where it has counters, interfaces or routes alone. */
  listsSockets: v.boolean(),
  findings: v.array(finding),
  /** Whether it says anything that there are none. */
  judged: v.boolean(),
  /** What holds of all of them. */
  cautions: v.array(rich),
  /** What the host does, in sentences, where nothing is wrong. */
  inWords: v.array(rich),
  states: v.array(state),
  /** Sockets that are not TCP, by protocol. */
  protocols: v.array(protocol),
  /** Counts of states in place of sockets, and what they cannot show; null if there are none. */
  stateCounts: v.nullable(v.object({ states: v.array(stateCount), note: rich })),
  /** Null where the snapshot has none. */
  counters: v.nullable(counters),
  closeWait,
  remotes: ranking(remote),
  listeners: ranking(listener),
  /** The columns in which some socket has something. */
  columns: v.array(columnSchema),
  /** Null where the host has one snapshot only. */
  trend: v.nullable(trend),
  /** What changed since another snapshot; null where that was not asked for. */
  changes: v.nullable(changes),
  /** The hosts, where there are several. */
  hosts: v.array(host),
  links: v.array(hostLink),
});

/** A socket as a row of the table. */
export const rowSchema = v.object({
  /** Index in the dump's table. */
  row: whole,
  /** 1-based. */
  line: whole,
  protocol: text,
  /** RFC 9293 name, else the word printed; null if there is none. */
  state: textOrNull,
  local: text,
  localName: textOrNull,
  remote: textOrNull,
  remoteName: textOrNull,
  recvQ: wholeOrNull,
  sendQ: wholeOrNull,
  /** Of all its owners. */
  pid: textOrNull,
  process: textOrNull,
  user: textOrNull,
  timer: textOrNull,
  inode: wholeOrNull,
});

export type PanelModel = View<typeof panelModelSchema>;
export type RowView = View<typeof rowSchema>;
export type Rich = View<typeof rich>;
export type CommandView = View<typeof command>;
export type TableView = View<typeof table>;
export type SourceView = View<typeof source>;
export type FindingView = View<typeof finding>;
export type RemoteView = View<typeof remote>;
export type GroupView = View<typeof group>;
export type CloseWaitView = View<typeof closeWait>;
export type ListenerView = View<typeof listener>;
export type SnapshotView = View<typeof snapshot>;
export type CounterView = View<typeof counterSchema>;
export type CountersView = View<typeof counters>;
export type StateView = View<typeof state>;
export type ProtocolView = View<typeof protocol>;
export type TrendGrowth = View<typeof trendGrowth>;
export type TrendView = View<typeof trend>;
export type TrendPoint = View<typeof trendPoint>;
export type TrendLine = View<typeof trendLine>;
export type ChangesView = View<typeof changes>;
export type ChangeView = View<typeof change>;
export type ChangeKind = ChangeView['kind'];
export type HostView = View<typeof host>;
export type HostLinkView = View<typeof hostLink>;
