import * as v from 'valibot';

import type { Inline } from '../../core/wording/text';
import { HEALTH_CLASSES } from '../../core/knowledge/health';
import { COLUMNS } from '../../core/query/columns';
import type {
  ChangesView,
  CommandView,
  FindingView,
  GroupView,
  HostLinkView,
  HostView,
  ListenerView,
  PanelModel,
  RemoteView,
  RowView,
  TrendView,
} from '../../core/viewModel/types';

/*
 * Validators of what the panel is told. `satisfies` keeps each in step with its type in the core.
 */

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const wholeOrNull = v.nullable(whole);
const text = v.string();
const textOrNull = v.nullable(text);

const inline = v.object({
  text,
  style: v.picklist(['plain', 'strong', 'code']),
  line: v.exactOptional(whole),
}) satisfies v.GenericSchema<Inline>;

const rich = v.array(inline);

function ranking<T>(of: v.GenericSchema<T>) {
  return v.object({ total: whole, first: v.array(of) });
}

const command = v.object({
  text: rich,
  command: textOrNull,
}) satisfies v.GenericSchema<CommandView>;

const finding = v.object({
  key: text,
  code: text,
  severity: v.picklist(['error', 'warning', 'info']),
  confidence: v.picklist(['high', 'medium', 'low']),
  title: rich,
  why: v.array(rich),
  lines: whole,
  evidence: v.array(v.object({ line: wholeOrNull, text: rich })),
  confirm: v.array(command),
  fix: v.array(rich),
  alternatives: v.array(rich),
  sources: v.array(v.object({ title: text, url: textOrNull })),
}) satisfies v.GenericSchema<FindingView>;

const remote = v.object({
  address: text,
  name: textOrNull,
  count: whole,
  closeWait: whole,
  filter: text,
}) satisfies v.GenericSchema<RemoteView>;

const group = v.object({
  key: text,
  pid: wholeOrNull,
  process: textOrNull,
  count: whole,
  ofSockets: wholeOrNull,
  unreadBytes: wholeOrNull,
  remotes: ranking(remote),
  why: rich,
  look: rich,
  filter: text,
}) satisfies v.GenericSchema<GroupView>;

const listener = v.object({
  protocol: text,
  local: text,
  port: wholeOrNull,
  service: textOrNull,
  owner: textOrNull,
  exposure: v.picklist(['all', 'address', 'loopback']),
  connections: whole,
  queue: wholeOrNull,
  backlog: wholeOrNull,
  filter: text,
}) satisfies v.GenericSchema<ListenerView>;

const trend = v.object({
  points: v.array(v.object({ snapshot: whole, time: textOrNull, seconds: v.nullable(v.number()) })),
  lines: v.array(
    v.object({ state: text, health: v.picklist(HEALTH_CLASSES), counts: v.array(whole) }),
  ),
}) satisfies v.GenericSchema<TrendView>;

const changes = v.object({
  before: whole,
  seconds: v.nullable(v.number()),
  added: whole,
  gone: whole,
  changed: whole,
  stuck: whole,
  same: whole,
  states: v.array(v.object({ state: text, before: whole, after: whole })),
  sockets: v.array(
    v.object({
      kind: v.picklist(['added', 'gone', 'changed', 'stuck']),
      line: whole,
      state: text,
      from: textOrNull,
      local: text,
      remote: textOrNull,
      owner: textOrNull,
    }),
  ),
}) satisfies v.GenericSchema<ChangesView>;

const host = v.object({
  name: text,
  snapshot: whole,
  snapshots: whole,
  sockets: whole,
  closeWait: whole,
  errors: whole,
  warnings: whole,
  shown: v.boolean(),
}) satisfies v.GenericSchema<HostView>;

const link = v.object({
  from: text,
  to: text,
  port: whole,
  connections: whole,
  closeWait: whole,
  matched: whole,
  translated: whole,
  missing: whole,
}) satisfies v.GenericSchema<HostLinkView>;

export const columnSchema = v.picklist(COLUMNS);

export const sortSchema = v.nullable(v.object({ column: columnSchema, descending: v.boolean() }));

export const panelModelSchema: v.GenericSchema<PanelModel> = v.object({
  title: text,
  tool: text,
  system: textOrNull,
  lines: whole,
  unread: whole,
  snapshots: v.array(
    v.object({
      line: whole,
      time: textOrNull,
      host: textOrNull,
      sockets: whole,
      closeWait: whole,
    }),
  ),
  snapshot: whole,
  sockets: whole,
  findings: v.array(finding),
  states: v.array(
    v.object({
      state: textOrNull,
      count: whole,
      health: v.picklist(HEALTH_CLASSES),
      meaning: text,
      filter: text,
    }),
  ),
  protocols: v.array(v.object({ protocol: text, count: whole, filter: text })),
  closeWait: v.object({
    count: whole,
    unreadBytes: wholeOrNull,
    groups: ranking(group),
    pidAdvice: v.nullable(command),
  }),
  remotes: ranking(remote),
  listeners: ranking(listener),
  columns: v.array(columnSchema),
  trend: v.nullable(trend),
  changes: v.nullable(changes),
  hosts: v.array(host),
  links: v.array(link),
});

export const rowSchema: v.GenericSchema<RowView> = v.object({
  row: whole,
  line: whole,
  protocol: text,
  state: textOrNull,
  local: text,
  localName: textOrNull,
  remote: textOrNull,
  remoteName: textOrNull,
  recvQ: wholeOrNull,
  sendQ: wholeOrNull,
  pid: textOrNull,
  process: textOrNull,
  user: textOrNull,
  timer: textOrNull,
  inode: wholeOrNull,
});
