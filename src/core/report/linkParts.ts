import type { Analysis } from '../analysis/analyze';
import {
  INTERFACE_TEXTS,
  kindsCommand,
  type Trouble,
  troublesOf,
} from '../analysis/kit/counting/interfaces';
import type { SnapshotSummary } from '../analysis/summary';
import type { Interface } from '../model/interface';
import type { Route } from '../model/route';
import { label, say } from '../wording/statement';
import { type Localizer, plain, type Text } from '../wording/text';
import { WORDS } from '../wording/words';
import { type Block, columnsIn, heading, literal, paragraph } from './blocks';
import { COUNTER_TEXTS } from './counterParts';
import { moreBlocks } from './findingParts';

/*
 * What reports say of interfaces and routes, whatever they look like.
 */

const TEXTS = {
  none: say('No errors, drops or overruns are counted on these interfaces.', 'linux-if-link-h'),
  worth: label('Interfaces worth a look'),
  interface: label('Interface'),
  ofPackets: label('Of packets'),
  defaults: label('Default routes of {family}: {routes}.'),
  metric: say('Of several default routes, the one with the lowest metric is used.', 'ip-route.8'),
  noMetric: say(
    'Of several default routes, the one with the lowest metric is used; this output does not show metrics. To see them, run `ip route`.',
    'ip-route.8',
  ),
};

/** What the interfaces of a snapshot count that is worth a look, and its default routes. */
export function linkBlocks(
  { dump }: Analysis,
  { snapshot }: SnapshotSummary,
  localizer: Localizer,
  most: number,
  command: string | null,
): Block[] {
  const alone = dump.snapshots.filter(({ interfaces }) => interfaces.length > 0).length === 1;
  return [
    ...interfaceBlocks(snapshot.interfaces, alone, localizer, most, command),
    ...(['IPv4', 'IPv6'] as const).flatMap(family =>
      defaultBlocks(
        snapshot.routes.filter(route => route.family === family && isDefault(route)),
        family,
        localizer,
      ),
    ),
  ];
}

function interfaceBlocks(
  interfaces: readonly Interface[],
  alone: boolean,
  localizer: Localizer,
  most: number,
  command: string | null,
): Block[] {
  const troubles = troublesOf(interfaces);
  if (troubles.length === 0) {
    // A list of names tells nothing.
    return interfaces.some(({ rx }) => rx.errors !== null)
      ? [paragraph(localizer.say(TEXTS.none))]
      : [];
  }
  const shown = troubles.slice(0, most);
  const column = columnsIn(localizer);
  return [
    heading(2, localizer.format(TEXTS.worth)),
    {
      kind: 'table',
      columns: [
        column.left(TEXTS.interface),
        column.left(WORDS.counter),
        column.right(WORDS.value),
        column.right(TEXTS.ofPackets),
        column.right(WORDS.line),
      ],
      rows: shown.map(({ link, counter, count, packets }) => [
        nameOf(link, localizer),
        counter,
        localizer.number(count),
        shareText(count, packets, localizer),
        String(link.line + 1),
      ]),
    },
    ...moreBlocks(troubles.length - shown.length, localizer, command),
    paragraph(...notesOf(troubles, alone, localizer)),
    ...kindsBlocks(troubles, localizer),
  ];
}

function nameOf({ name }: Interface, localizer: Localizer): string {
  return name ?? plain(localizer.format(INTERFACE_TEXTS.all));
}

/** A count as part of the packets of its direction; empty where these are unknown. */
function shareText(count: number, packets: number | null, localizer: Localizer): string {
  if (packets === null || packets === 0) {
    return '';
  }
  const percent = (count * 100) / packets;
  return percent < LEAST ? `<${localizer.number(LEAST)}%` : `${localizer.number(percent)}%`;
}

/** Smaller shares are not worth their digits. */
const LEAST = 0.01;

function notesOf(troubles: readonly Trouble[], alone: boolean, localizer: Localizer): Text[] {
  return [
    ...(alone ? [localizer.say(COUNTER_TEXTS.sinceBoot)] : []),
    ...(troubles.some(
      ({ link, counter }) => isLinux(link) && counter === 'RX dropped' && link.rx.missed === null,
    )
      ? [localizer.say(INTERFACE_TEXTS.dropped)]
      : []),
  ];
}

/** How to see by kinds what the first interface counts. */
function kindsBlocks([first]: readonly Trouble[], localizer: Localizer): Block[] {
  const command =
    first === undefined || !isLinux(first.link) ? null : kindsCommand(first.link.name);
  return command === null
    ? []
    : [
        {
          kind: 'field',
          label: plain(localizer.format(WORDS.check)),
          items: [paragraph(localizer.say(INTERFACE_TEXTS.kinds)), { kind: 'code', text: command }],
        },
      ];
}

function isLinux({ source }: Interface | Route): boolean {
  return source.systems.length === 1 && source.systems[0] === 'linux';
}

function isDefault({ prefixLength, table, type }: Route): boolean {
  return prefixLength === 0 && table === null && (type === null || type === 'unicast');
}

/** The ways to everywhere of one family, each once, whatever the tools. */
function defaultBlocks(
  routes: readonly Route[],
  family: Route['family'],
  localizer: Localizer,
): Block[] {
  const ways = new Map<string, Route>();
  for (const route of routes) {
    const key = `${route.gateway ?? ''} ${route.interface ?? ''}`;
    ways.set(key, route.metric === null ? (ways.get(key) ?? route) : route);
  }
  if (ways.size === 0) {
    return [];
  }
  const all = [...ways.values()];
  const showsMetrics = all.some(
    ({ metric, source }) => metric !== null || source.id === 'ip-route',
  );
  const notes = localizer.say(showsMetrics ? TEXTS.metric : TEXTS.noMetric);
  return [
    {
      kind: 'paragraph',
      parts: [
        ...localizer.format(TEXTS.defaults, { family, routes: all.map(wayText).join(', ') }).parts,
        ...(all.length > 1 && (showsMetrics || all.every(isLinux))
          ? [literal(' '), ...notes.parts]
          : []),
      ],
    },
  ];
}

/** As `ip route` writes it. */
function wayText({ gateway, interface: name, metric }: Route): string {
  return [
    ...(gateway === null ? [] : [`via ${gateway}`]),
    ...(name === null ? [] : [`dev ${name}`]),
    ...(metric === null ? [] : [`metric ${metric}`]),
  ].join(' ');
}
