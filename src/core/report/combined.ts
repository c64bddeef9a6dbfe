import type { Analysis } from '../analysis/analyze';
import type { HostLink } from '../analysis/hosts/fleet';
import { type Host, hostName } from '../analysis/hosts/hosts';
import { firstIndex } from '../model/search';
import type { Localizer } from '../wording/text';
import { label, say } from '../wording/statement';
import { socketCount } from '../wording/units';
import { WORDS } from '../wording/words';
import type { Dump } from '../reading/dump';
import { type Block, columnsIn, heading } from './blocks';
import { findingJsonWith } from './data/json';
import { countsByRule, moreBlocks, type NameLine } from './findingParts';
import { USUAL, type View } from './limits';
import { closing } from './report';
import { findingsBlocks } from './findingBlocks';
import { commandFor } from './commandLine';

const TITLE = label('{hosts} hosts, {snapshots} snapshots, {sockets}');
const TITLE_ONE = label('1 host, snapshots: {snapshots}, {sockets}');
const MISSING = say(
  '{from} shows {count} ESTABLISHED to port {port} of {to} that {to} does not show. A NAT or load balancer between them rewrites the addresses, or the dumps were taken at different times.',
  'general-practice',
);
const TRANSLATED = say(
  'Connections from {from} that reach port {port} of {to} from a different address: {count}. A NAT or load balancer between them rewrites it.',
  'general-practice',
);
const SNAPSHOTS = label('Snapshots');

/** Rows that a table of hosts or links has at most; fleets are looked at in a database. */
const LISTED = 200;

/** Which line of which file a line of a text of several files is. */
class FileLines {
  private readonly files: { readonly source: string; readonly title: number }[] = [];

  public constructor({ snapshots }: Dump) {
    for (const { source, line } of snapshots) {
      if (source !== null && source !== this.files.at(-1)?.source) {
        this.files.push({ source, title: line });
      }
    }
  }

  /** The file of a 0-based line, and the line in it, 1-based; the text's own before any file. */
  public of(line: number): { readonly source: string | null; readonly line: number } {
    // The last one whose title is above the line.
    const file = this.files[firstIndex(this.files.length, i => this.files[i]!.title >= line) - 1];
    return file === undefined
      ? { source: null, line: line + 1 }
      : { source: file.source, line: line - file.title };
  }
}

/** The report on several files as one: their hosts, what is between them, and the findings. */
export function combinedReport(
  analysis: Analysis,
  localizer: Localizer,
  view: View = { ...USUAL, rows: LISTED },
  command = commandFor('--together'),
): Block[] {
  const { hosts, snapshots, fleet, dump } = analysis;
  const sockets = hosts.list.reduce((sum, host) => sum + (newest(analysis, host)?.sockets ?? 0), 0);
  const counts = { snapshots: snapshots.length, sockets: socketCount(sockets, localizer) };
  const files = new FileLines(dump);
  const links = fleet.links();
  const nameLine: NameLine = line => files.of(line);
  return [
    heading(
      1,
      hosts.several
        ? localizer.format(TITLE, { ...counts, hosts: hosts.list.length })
        : localizer.format(TITLE_ONE, counts),
    ),
    ...(hosts.several
      ? [heading(2, localizer.format(WORDS.hosts)), ...hostTable(analysis, localizer, view)]
      : []),
    ...(links.length > 0
      ? [
          heading(2, localizer.format(WORDS.links)),
          ...linkTable(links, localizer, view),
          ...linkRemarks(links, localizer, view),
        ]
      : []),
    ...findingsBlocks(analysis, localizer, nameLine, view, command),
    ...closing(analysis, localizer, view, command),
  ];
}

/** The same for programs, as a value of the JSON report. */
export function combinedJson(analysis: Analysis): object {
  const { hosts, fleet, findings, dump } = analysis;
  const files = new FileLines(dump);
  return {
    hosts: hosts.list.map(host => ({
      name: host.name,
      addresses: [...host.addresses].map(address => dump.table.pool.get(address)).sort(),
      snapshots: host.snapshots.map(snapshot => ({
        source: dump.snapshots[snapshot]!.source,
        time: dump.snapshots[snapshot]?.time ?? null,
        stateCounts: analysis.snapshots[snapshot]!.stateCounts,
      })),
    })),
    links: fleet.links().map(({ from, to, ...counts }) => ({
      from: from.name,
      to: to.name,
      ...counts,
    })),
    findingsByRule: Object.fromEntries(countsByRule(findings)),
    findings: findings.map(finding => findingJsonWith(finding, analysis, line => files.of(line))),
  };
}

function newest({ snapshots }: Analysis, host: Host) {
  return snapshots[host.snapshots.at(-1)!];
}

function hostTable(analysis: Analysis, localizer: Localizer, { rows }: View): Block[] {
  const column = columnsIn(localizer);
  const found = (host: Host, severity: string): number =>
    analysis.findings.filter(one => one.host === host.name && one.severity === severity).length;
  return [
    {
      kind: 'table',
      columns: [
        column.left(WORDS.host),
        column.right(SNAPSHOTS),
        column.right(WORDS.sockets),
        column.right(WORDS.closeWait),
        column.right(WORDS.errors),
        column.right(WORDS.warnings),
      ],
      rows: analysis.hosts.list.slice(0, rows).map(host => {
        const summary = newest(analysis, host);
        return [
          hostName(host, localizer),
          localizer.number(host.snapshots.length),
          localizer.number(summary?.sockets ?? 0),
          localizer.number(summary?.stateCounts['CLOSE-WAIT'] ?? 0),
          localizer.number(found(host, 'error')),
          localizer.number(found(host, 'warning')),
        ];
      }),
    },
    ...moreBlocks(analysis.hosts.list.length - rows, localizer),
  ];
}

function linkTable(links: readonly HostLink[], localizer: Localizer, { rows }: View): Block[] {
  const column = columnsIn(localizer);
  return [
    {
      kind: 'table',
      columns: [
        column.left(WORDS.from),
        column.left(WORDS.to),
        column.right(WORDS.port),
        column.right(WORDS.connections),
        column.right(WORDS.closeWait),
        column.right(WORDS.matched),
      ],
      rows: links
        .slice(0, rows)
        .map(({ from, to, port, connections, closeWait, matched }) => [
          hostName(from, localizer),
          hostName(to, localizer),
          String(port),
          localizer.number(connections),
          localizer.number(closeWait),
          localizer.number(matched),
        ]),
    },
    ...moreBlocks(links.length - rows, localizer),
  ];
}

function linkRemarks(links: readonly HostLink[], localizer: Localizer, { rows }: View): Block[] {
  const items = links.flatMap(({ from, to, port, translated, missing }) => {
    const args = {
      from: hostName(from, localizer),
      to: hostName(to, localizer),
      port: String(port),
    };
    return [
      ...(translated > 0 ? [localizer.say(TRANSLATED, { ...args, count: translated })] : []),
      ...(missing > 0 ? [localizer.say(MISSING, { ...args, count: missing })] : []),
    ];
  });
  return items.length === 0
    ? []
    : [{ kind: 'list', items: items.slice(0, rows).map(text => text.parts) }];
}
