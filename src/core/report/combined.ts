import type { Analysis } from '../analysis/analyze';
import type { HostLink } from '../analysis/hosts/fleet';
import { type Host, hostName } from '../analysis/hosts/hosts';
import { firstIndex } from '../model/search';
import { plain, type Localizer } from '../wording/text';
import { label, say } from '../wording/statement';
import { WORDS } from '../wording/words';
import type { Dump } from '../reading/dump';
import type { Block, Column } from './blocks';
import { findingJsonWith } from './json';
import { findingsBlocks } from './report';

const TITLE = label('together.title', '{hosts} hosts, {snapshots} snapshots, {sockets} sockets');
const TITLE_ONE = label('together.title.one', '1 host, {snapshots} snapshots, {sockets} sockets');
const MISSING = say(
  'together.missing',
  '{from} shows {count} ESTABLISHED to port {port} of {to} that {to} does not show: a NAT or load balancer between them changes the addresses, or the dumps are of different moments.',
  'general-practice',
);
const TRANSLATED = say(
  'together.translated',
  '{count} connections of {from} reach port {port} of {to} under another address: a NAT or load balancer between them changes it.',
  'general-practice',
);
const COLUMNS = {
  ...WORDS,
  snapshots: label('together.column.snapshots', 'Snapshots'),
};

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

  /** `web-3.netstat:12`, `13`, `db-1.netstat:2`: each file once. */
  public names(lines: readonly number[]): string[] {
    let last: string | null = null;
    return lines.map(one => {
      const { source, line } = this.of(one);
      const first = source !== last;
      last = source;
      return source !== null && first ? `${source}:${line}` : String(line);
    });
  }
}

/** The report on several files as one: their hosts, what is between them, and the findings. */
export function togetherReport(analysis: Analysis, localizer: Localizer): Block[] {
  const { hosts, snapshots, fleet, dump } = analysis;
  const sockets = hosts.list.reduce((sum, host) => sum + (newest(analysis, host)?.sockets ?? 0), 0);
  const counts = { snapshots: snapshots.length, sockets };
  const files = new FileLines(dump);
  const links = fleet.links();
  return [
    {
      kind: 'heading',
      level: 1,
      parts: (hosts.several
        ? localizer.format(TITLE, { ...counts, hosts: hosts.list.length })
        : localizer.format(TITLE_ONE, counts)
      ).parts,
    },
    ...(hosts.several
      ? [
          { kind: 'heading', level: 2, parts: localizer.format(WORDS.hosts).parts } as const,
          hostTable(analysis, localizer),
        ]
      : []),
    ...(links.length > 0
      ? [
          { kind: 'heading', level: 2, parts: localizer.format(WORDS.links).parts } as const,
          linkTable(links, localizer),
          ...linkRemarks(links, localizer),
        ]
      : []),
    ...findingsBlocks(analysis, localizer, lines => files.names(lines)),
  ];
}

/** The same for programs, as a value of the JSON report. */
export function togetherJson(analysis: Analysis): object {
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
    findings: findings.map(finding => findingJsonWith(finding, analysis, line => files.of(line))),
  };
}

function newest({ snapshots }: Analysis, host: Host) {
  return snapshots[host.snapshots.at(-1)!];
}

function hostTable(analysis: Analysis, localizer: Localizer): Block {
  const found = (host: Host, severity: string): number =>
    analysis.findings.filter(one => one.host === host.name && one.severity === severity).length;
  return {
    kind: 'table',
    columns: columns(
      ['host'],
      ['snapshots', 'sockets', 'closeWait', 'errors', 'warnings'],
      localizer,
    ),
    rows: analysis.hosts.list.slice(0, LISTED).map(host => {
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
  };
}

function linkTable(links: readonly HostLink[], localizer: Localizer): Block {
  return {
    kind: 'table',
    columns: columns(['from', 'to'], ['port', 'connections', 'closeWait', 'matched'], localizer),
    rows: links
      .slice(0, LISTED)
      .map(({ from, to, port, connections, closeWait, matched }) => [
        hostName(from, localizer),
        hostName(to, localizer),
        String(port),
        localizer.number(connections),
        localizer.number(closeWait),
        localizer.number(matched),
      ]),
  };
}

function linkRemarks(links: readonly HostLink[], localizer: Localizer): Block[] {
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
    : [{ kind: 'list', items: items.slice(0, LISTED).map(text => text.parts) }];
}

function columns(
  left: readonly (keyof typeof COLUMNS)[],
  right: readonly (keyof typeof COLUMNS)[],
  localizer: Localizer,
): Column[] {
  const title = (name: keyof typeof COLUMNS): string => plain(localizer.format(COLUMNS[name]));
  return [
    ...left.map((name): Column => ({ title: title(name), align: 'left' })),
    ...right.map((name): Column => ({ title: title(name), align: 'right' })),
  ];
}
