import * as v from 'valibot';

import { type Label, label } from '../../core/wording/statement';
import { PHRASES, WORDS } from '../../core/wording/words';

/**
 * Every word that the page itself says. The extension sends them in the user's language; `{name}`
 * is replaced by the page.
 */
const PANEL_LABELS = {
  loading: label('panel.loading', 'Reading the dump…'),
  noSockets: label('panel.no-sockets', 'No sockets found in this dump.'),
  unreadable: label('panel.unreadable', 'This dump can no longer be read.'),
  sockets: PHRASES.socketCount,
  oneSocket: PHRASES.oneSocket,
  snapshots: label('panel.snapshots', '{count} snapshots'),
  snapshot: label('panel.snapshot', 'Snapshot'),
  newest: label('panel.newest', 'Latest snapshot'),
  snapshotItem: label('panel.snapshot-item', '{number} of {total}, line {line}'),
  unread: label('panel.unread', '{count} unrecognized lines'),
  oneUnread: label('panel.one-unread', '1 unrecognized line'),
  unreadTitle: label(
    'panel.unread-title',
    'Show the lines that look like sockets but could not be read',
  ),
  actions: label('panel.actions', 'Actions'),
  refresh: label('panel.refresh', 'Read the dump again'),
  copy: WORDS.copy,
  export: label('panel.export', 'Export'),
  copyReport: label('panel.copy-report', 'Copy report'),
  exportReport: label('panel.export-report', 'Save report'),
  markdown: label('panel.markdown', 'Markdown (for a ticket)'),
  csv: label('panel.csv', 'CSV (the sockets in the table)'),
  json: label('panel.json', 'JSON (for scripts)'),
  redact: label('panel.redact', 'Redact addresses and host names'),
  redactTitle: label('panel.redact-title', 'The same address always gets the same replacement'),
  findings: WORDS.findings,
  noFindings: label('panel.no-problems', 'No problems found in this snapshot.'),
  showAll: label('panel.show-all', 'Show all {count}'),
  showFirst: label('panel.show-first', 'Show the first {count}'),
  error: label('panel.error', 'Error'),
  warning: label('panel.warning', 'Warning'),
  info: label('panel.info', 'Information'),
  high: label('panel.high', 'high confidence'),
  medium: label('panel.medium', 'medium confidence'),
  low: label('panel.low', 'low confidence'),
  doNow: label('panel.do-now', 'Do now'),
  fix: WORDS.fix,
  proof: WORDS.proof,
  whatItMeans: label('panel.what-it-means', 'What it means'),
  moreSteps: label('panel.more-steps', 'More checks and fixes ({count})'),
  alternatives: label('panel.alternatives', 'Other explanations ({count})'),
  sources: label('panel.sources', 'Sources ({count})'),
  also: label('panel.also', 'Also matched'),
  line: label('panel.line', 'line {line}'),
  showLine: label('panel.show-line', 'Show the line'),
  moreEvidence: label('panel.more-evidence', 'Show all {count} lines'),
  copyCommand: label('panel.copy-command', 'Copy the command'),
  copied: label('panel.copied', 'Copied.'),
  states: WORDS.states,
  otherProtocols: label('panel.other-protocols', 'Other sockets'),
  unknownState: label('panel.unknown-state', 'Unrecognized word'),
  diagram: WORDS.diagram,
  diagramLabel: label('panel.diagram-label', 'TCP states and their transitions, from RFC 9293'),
  trend: label('panel.trend', 'States over time'),
  trendLabel: label('panel.trend-label', 'Snapshot, with its sockets by state'),
  trendValue: label('panel.trend-value', 'Snapshot {number} of {total}: {states}'),
  trendHint: label('panel.trend-hint', 'Use the arrow keys to move, Enter to show the snapshot.'),
  trendGrowth: label('panel.trend-growth', '{state} grows by {rate} per minute'),
  trendLimit: label('panel.trend-limit', 'Limit: {limit}'),
  trendTable: label('panel.trend-table', 'As a table'),
  time: label('panel.time', 'Time'),
  changes: label('panel.changes', 'What changed'),
  changesSince: label('panel.changes-since', 'Compared with'),
  changesPrevious: label('panel.changes-previous', 'Previous snapshot'),
  changesSummary: PHRASES.changes,
  changesNone: label('panel.changes-none', 'There is no other snapshot to compare with.'),
  before: WORDS.before,
  after: WORDS.after,
  added: WORDS.added,
  gone: WORDS.gone,
  changed: WORDS.changed,
  stuck: WORDS.stuck,
  hosts: WORDS.hosts,
  host: WORDS.host,
  errors: WORDS.errors,
  warnings: WORDS.warnings,
  links: WORDS.links,
  from: WORDS.from,
  to: WORDS.to,
  port: WORDS.port,
  linkConnections: WORDS.connections,
  matched: WORDS.matched,
  unmatched: label('panel.unmatched', 'Seen at one end only'),
  unmatchedTitle: label(
    'panel.unmatched-title',
    'ESTABLISHED at one end only: a NAT or load balancer between them rewrites the addresses, or the dumps were taken at different times.',
  ),
  closeWait: WORDS.closeWaitByProcess,
  noCloseWait: label('panel.no-close-wait', 'No sockets in CLOSE_WAIT.'),
  noProcess: label('panel.no-process', 'Process not shown'),
  ofSockets: label('panel.of-sockets', 'of {count}'),
  inCloseWait: WORDS.closeWait,
  unreadBytes: WORDS.unread,
  atLeast: label('panel.at-least', 'For at least'),
  andMore: label('panel.and-more', 'and {count} more'),
  showLines: label('panel.show-lines', 'Show lines'),
  filterTable: label('panel.filter-table', 'Filter table'),
  remotes: WORDS.remotes,
  listeners: label('panel.listeners', 'Listeners'),
  exposureAll: label('panel.exposure-all', 'all addresses'),
  exposureAddress: label('panel.exposure-address', 'this address'),
  exposureLoopback: label('panel.exposure-loopback', 'this host only'),
  connections: label('panel.connections', '{count} connections'),
  oneConnection: PHRASES.oneConnection,
  queueOf: label('panel.queue-of', '{count} of {limit} waiting to be accepted'),
  queue: label('panel.queue', '{count} waiting to be accepted'),
  allSockets: label('panel.all-sockets', 'All sockets'),
  filter: label('panel.filter', 'Filter'),
  filterHint: label(
    'panel.filter-hint',
    'Filter: state:close-wait pid:4321 remote:10.0.0.0/8 recvq>0',
  ),
  filterHelp: label('panel.filter-help', 'How to filter'),
  clearFilter: label('panel.clear-filter', 'Clear the filter'),
  columns: label('panel.columns', 'Columns'),
  resultAll: PHRASES.socketCount,
  resultSome: label('panel.result-some', '{count} of {total} sockets'),
  resultNone: label('panel.result-none', 'No matching sockets.'),
  rowWaiting: label('panel.row-waiting', 'Loading…'),
  columnLine: WORDS.line,
  columnProtocol: label('panel.column-protocol', 'Protocol'),
  columnState: WORDS.state,
  columnLocal: WORDS.local,
  columnRemote: WORDS.remote,
  columnRecvQ: label('panel.column-recv-q', 'Recv-Q'),
  columnSendQ: label('panel.column-send-q', 'Send-Q'),
  columnPid: WORDS.pid,
  columnProcess: WORDS.process,
  columnUser: label('panel.column-user', 'User'),
  columnTimer: label('panel.column-timer', 'Timer'),
  columnInode: label('panel.column-inode', 'Inode'),
  helpFields: label('panel.help-fields', 'Fields'),
  helpWords: label(
    'panel.help-words',
    'Any other word is searched for in addresses, ports, programs, and states.',
  ),
  helpNot: label('panel.help-not', 'A leading minus excludes matches'),
  helpOr: label('panel.help-or', 'A comma means OR'),
  helpQuotes: label('panel.help-quotes', 'Quotes keep words together'),
  helpNumbers: label('panel.help-numbers', 'Compare numbers or give a range'),
  helpNetworks: label('panel.help-networks', 'Addresses can be networks'),
  helpMissing: label('panel.help-missing', 'none matches values that the dump does not show'),
  revealed: label('panel.revealed', '{count} lines in the editor'),
  oneRevealed: label('panel.one-revealed', '1 line in the editor'),
  revealedAt: label('panel.revealed-at', 'Line {index} of {count}'),
  previous: label('panel.previous', 'Previous line'),
  next: label('panel.next', 'Next line'),
  dismiss: label('panel.dismiss', 'Dismiss'),
  inEditor: label('panel.in-editor', '{count} selected in the editor'),
  showThem: label('panel.show-them', 'Show in the table'),
  problemField: label('panel.problem-field', 'Unknown field: {word}. Fields: {known}.'),
  problemState: label('panel.problem-state', 'Unknown state: {word}.'),
  problemNumber: label('panel.problem-number', 'Not a number: {word}.'),
  problemNetwork: label('panel.problem-network', 'Not a network: {word}.'),
  problemValue: label('panel.problem-value', 'Missing value after {word}.'),
  problemQuote: label('panel.problem-quote', 'Missing closing quote.'),
  problemCompare: label('panel.problem-compare', 'Cannot compare {word} by size.'),
};

export type StringKey = keyof typeof PANEL_LABELS;

/** The words of the page in the user's language. */
export type PanelStrings = Readonly<Record<StringKey, string>>;

const KEYS = Object.keys(PANEL_LABELS) as StringKey[];

export const panelStringsSchema = v.object(
  Object.fromEntries(KEYS.map(key => [key, v.string()])) as Record<
    StringKey,
    v.StringSchema<undefined>
  >,
) satisfies v.GenericSchema<PanelStrings>;

/** The words of the page as `localize` says them. */
export function panelStrings(localize: (label: Label<string>) => string): PanelStrings {
  const entries = KEYS.map(key => [key, localize(PANEL_LABELS[key])]);
  return Object.fromEntries(entries) as PanelStrings;
}

/** `text` with each `{name}` replaced. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w{1,20})\}/g, (whole, name: string) => values[name] ?? whole);
}
