import { spelledState, State, stateName } from '../vocabulary/state';
import { NEEDS, type Rule } from '../analysis/kit/rule';
import { type ThresholdId, thresholds } from '../analysis/thresholds';
import { type Label, label } from '../wording/statement';
import type { Inline, Localizer, Text } from '../wording/text';

const TEXTS = {
  title: label('{code}: {title}'),
  setting: label('Setting'),
  byDefault: label('Default'),
  range: label('Range'),
  meaning: label('Meaning'),
  fromTo: label('{min} to {max}'),
  needs: label('What a dump must show for this rule:'),
  state: label('TCP sockets in {states}'),
  states: label('TCP sockets in one of these states: {states}'),
  datagrams: label('UDP sockets'),
  owner: label(
    'The entry in the Problems view marks the process, or the local address if the row shows no process.',
  ),
  remote: label('The entry in the Problems view marks the remote address.'),
  local: label('The entry in the Problems view marks the local address.'),
  line: label('If no socket is meant, it marks the line of the counter or interface.'),
  ignore: label('To hide its findings, add `{id}` to the setting `netstatLens.ignoredRules`.'),
};

/** Needs by what is said of them; a queue with something in it is a queue. */
const NEED_TEXTS: Readonly<Partial<Record<(typeof NEEDS)[number], Label>>> = {
  flows: label('connections of a firewall or NAT table (`conntrack -L`, `pfctl -ss`)'),
  bothEnds: label('both ends of connections (within one host, or in dumps of both hosts)'),
  acceptors: label(
    'listening sockets (`netstat -a`, `ss -a`), or connections in CLOSE_WAIT that wait for accept()',
  ),
  queues: label('Recv-Q and Send-Q'),
  timers: label('timers (`netstat -o`, `ss -o`)'),
  pids: label('processes (`netstat -p`, `ss -p`, `netstat -ano` on Windows)'),
  counters: label('counters (`netstat -s`, `nstat`)'),
  interfaces: label('network interfaces (`netstat -i`, `ip -s link`)'),
  routes: label('routes (`netstat -r`, `ip route`)'),
  time: label('several snapshots of the same host, best with their times (`date` before each)'),
};

/** What there is to know about a rule, as Markdown under a heading like `#`. */
export function rulePage(rule: Rule, heading: string, localizer: Localizer): string {
  const { code, id, title } = rule;
  const said = (text: Text): string => text.parts.map(inline).join('');
  return [
    `${heading} ${said(localizer.format(TEXTS.title, { code, title: localizer.format(title) }))}`,
    ...thresholdTable(rule, localizer, said),
    ...needs(rule, localizer, said),
    marked(rule)
      .map(name => said(localizer.format(TEXTS[name])))
      .join(' '),
    said(localizer.format(TEXTS.ignore, { id })),
  ].join('\n\n');
}

function marked({ culprit = 'owner', needs: { counters, interfaces } = {} }: Rule) {
  return counters === true || interfaces === true ? ([culprit, 'line'] as const) : [culprit];
}

function thresholdTable(
  { thresholds: specs = {} }: Rule,
  localizer: Localizer,
  said: (text: Text) => string,
): string[] {
  const { setting, byDefault, range, meaning, fromTo } = TEXTS;
  const rows = (Object.keys(specs) as ThresholdId[]).map(name => {
    const { default: number, min, max, description } = thresholds[name];
    return [
      `\`netstatLens.thresholds.${name}\``,
      localizer.number(number),
      said(localizer.format(fromTo, { min, max })),
      description,
    ];
  });
  const head = [setting, byDefault, range, meaning].map(text => said(localizer.format(text)));
  return rows.length === 0
    ? []
    : [
        [head, ['---', '--:', '--:', '---'], ...rows]
          .map(cells => `| ${cells.join(' | ')} |`)
          .join('\n'),
      ];
}

function needs(rule: Rule, localizer: Localizer, said: (text: Text) => string): string[] {
  const { title, items } = ruleNeeds(rule, localizer);
  return items.length === 0
    ? []
    : [`${said(title)}\n\n${items.map(item => `- ${said(item)}`).join('\n')}`];
}

/** What a dump must show for a rule, below a title; nothing where any dump will do. */
export function ruleNeeds(
  { needs: all = {} }: Rule,
  localizer: Localizer,
): { readonly title: Text; readonly items: readonly Text[] } {
  const names = (all.states ?? []).map(stateName).filter(name => name !== null);
  const states = names.map(spelledState).join(', ');
  const listed = localizer.format(names.length > 1 ? TEXTS.states : TEXTS.state, { states });
  const others = NEEDS.flatMap(need => (all[need] === true ? (NEED_TEXTS[need] ?? []) : []));
  return {
    title: localizer.format(TEXTS.needs),
    items: [
      ...(names.length === 0 ? [] : [listed]),
      ...(all.states?.includes(State.None) ? [localizer.format(TEXTS.datagrams)] : []),
      ...others.map(text => localizer.format(text)),
    ],
  };
}

function inline({ text, style }: Inline): string {
  return style === 'code' ? `\`${text}\`` : text;
}
