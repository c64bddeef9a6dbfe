import type { HostLink } from '../analysis/hosts/fleet';
import type { Inline } from '../wording/text';
import type { Health } from '../knowledge/health';
import type { Column } from '../query/columns';

/*
 * What the panel shows, ready to be shown. A view model holds plain data only, as it is sent to
 * the webview; its sockets are asked for page by page.
 *
 * `filter` is, wherever it stands, an expression of the query language that finds exactly the
 * sockets meant: it serves to list them, to filter the table and to show their lines.
 */

/** Text with emphasis. */
export type Rich = readonly Inline[];

export interface PanelModel {
  /** Name of the file. */
  readonly title: string;
  /** The tools that wrote the dump, and the system it is from; null where it cannot be told. */
  readonly tool: string;
  readonly system: string | null;
  readonly lines: number;
  /** Lines that look like rows and could not be read. */
  readonly unread: number;
  readonly snapshots: readonly SnapshotView[];
  /** Which of them the rest is about. */
  readonly snapshot: number;
  readonly sockets: number;
  readonly findings: readonly FindingView[];
  readonly states: readonly StateView[];
  /** Sockets that are not TCP, by protocol. */
  readonly protocols: readonly ProtocolView[];
  readonly closeWait: CloseWaitView;
  readonly remotes: Ranking<RemoteView>;
  readonly listeners: Ranking<ListenerView>;
  /** The columns in which some socket has something. */
  readonly columns: readonly Column[];
  /** Null where the host has one snapshot only. */
  readonly trend: TrendView | null;
  /** What changed since another snapshot; null where that was not asked for. */
  readonly changes: ChangesView | null;
  /** The hosts, where there are several. */
  readonly hosts: readonly HostView[];
  readonly links: readonly HostLinkView[];
}

/** How many sockets a host had in each state, from snapshot to snapshot. */
export interface TrendView {
  readonly points: readonly TrendPoint[];
  /** The most important first. */
  readonly lines: readonly TrendLine[];
}

export interface TrendPoint {
  /** Index of the snapshot. */
  readonly snapshot: number;
  readonly time: string | null;
  /** The same in seconds since the epoch. */
  readonly seconds: number | null;
}

export interface TrendLine {
  /** RFC 9293 name. */
  readonly state: string;
  readonly health: Health;
  /** One for each point. */
  readonly counts: readonly number[];
}

/** What changed from one snapshot to the one on view. */
export interface ChangesView {
  /** Index of the snapshot that it is compared with. */
  readonly before: number;
  /** Between the two; null where their times are not known. */
  readonly seconds: number | null;
  readonly added: number;
  readonly gone: number;
  readonly changed: number;
  readonly stuck: number;
  readonly same: number;
  readonly states: readonly {
    readonly state: string;
    readonly before: number;
    readonly after: number;
  }[];
  /** The first of each kind. */
  readonly sockets: readonly ChangeView[];
}

export type ChangeKind = 'added' | 'gone' | 'changed' | 'stuck';

export interface ChangeView {
  readonly kind: ChangeKind;
  /** 1-based; of what is gone, in the snapshot before. */
  readonly line: number;
  readonly state: string;
  /** The state before, where it is another one. */
  readonly from: string | null;
  readonly local: string;
  readonly remote: string | null;
  readonly owner: string | null;
}

export interface HostView {
  readonly name: string;
  /** Index of its newest snapshot. */
  readonly snapshot: number;
  /** How many it has. */
  readonly snapshots: number;
  readonly sockets: number;
  readonly closeWait: number;
  readonly errors: number;
  readonly warnings: number;
  /** Whether the snapshot on view is one of its. */
  readonly shown: boolean;
}

/** Connections from one host to a port of another one. */
export interface HostLinkView extends Omit<HostLink, 'from' | 'to'> {
  readonly from: string;
  readonly to: string;
}

/** The first of a list that may be very long. */
export interface Ranking<T> {
  readonly total: number;
  readonly first: readonly T[];
}

export interface SnapshotView {
  /** 1-based line that it begins at. */
  readonly line: number;
  readonly time: string | null;
  readonly host: string | null;
  readonly sockets: number;
  readonly closeWait: number;
}

type SeverityView = 'error' | 'warning' | 'info';

export interface FindingView {
  /** Stays the same while the dump is edited. */
  readonly key: string;
  /** `CW-1` and the like. */
  readonly code: string;
  readonly severity: SeverityView;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly title: Rich;
  readonly why: readonly Rich[];
  /** How many lines it rests on. */
  readonly lines: number;
  /** The first of them. */
  readonly evidence: readonly EvidenceView[];
  readonly confirm: readonly CommandView[];
  readonly fix: readonly Rich[];
  readonly alternatives: readonly Rich[];
  readonly sources: readonly SourceView[];
}

interface EvidenceView {
  /** 1-based; null where it is about no single line. */
  readonly line: number | null;
  readonly text: Rich;
}

export interface CommandView {
  readonly text: Rich;
  /** To be copied; null where there is nothing to type. */
  readonly command: string | null;
}

export interface SourceView {
  readonly title: string;
  readonly url: string | null;
}

export interface StateView {
  /** RFC 9293 name; null for state words that nobody knows. */
  readonly state: string | null;
  readonly count: number;
  readonly health: Health;
  /** What it means, in a sentence. */
  readonly meaning: string;
  readonly filter: string;
}

export interface ProtocolView {
  readonly protocol: string;
  readonly count: number;
  readonly filter: string;
}

export interface CloseWaitView {
  readonly count: number;
  /** All groups together; null where no queues are printed. */
  readonly unreadBytes: number | null;
  readonly groups: Ranking<GroupView>;
  /** How to see programs on that system, for a dump without; null where it shows them. */
  readonly pidAdvice: CommandView | null;
}

export interface GroupView {
  readonly key: string;
  readonly pid: number | null;
  readonly process: string | null;
  readonly count: number;
  /** All sockets of that program; null where it is not shown. */
  readonly ofSockets: number | null;
  readonly unreadBytes: number | null;
  readonly remotes: Ranking<RemoteView>;
  readonly why: Rich;
  readonly look: Rich;
  readonly filter: string;
}

export interface RemoteView {
  readonly address: string;
  /** What the user calls it. */
  readonly name: string | null;
  readonly count: number;
  readonly closeWait: number;
  readonly filter: string;
}

export interface ListenerView {
  readonly protocol: string;
  readonly local: string;
  readonly port: number | null;
  readonly service: string | null;
  readonly owner: string | null;
  /** From where it can be reached. */
  readonly exposure: 'all' | 'address' | 'loopback';
  /** Connections of it in this dump. */
  readonly connections: number;
  /** Connections that wait to be accepted, and how many may; null where not printed. */
  readonly queue: number | null;
  readonly backlog: number | null;
  readonly filter: string;
}

/** A socket as a row of the table. */
export interface RowView {
  /** Index in the dump's table. */
  readonly row: number;
  /** 1-based. */
  readonly line: number;
  readonly protocol: string;
  /** RFC 9293 name, else the word printed; null where there is none. */
  readonly state: string | null;
  readonly local: string;
  readonly localName: string | null;
  readonly remote: string | null;
  readonly remoteName: string | null;
  readonly recvQ: number | null;
  readonly sendQ: number | null;
  /** Of all its owners. */
  readonly pid: string | null;
  readonly process: string | null;
  readonly user: string | null;
  readonly timer: string | null;
  readonly inode: number | null;
}
