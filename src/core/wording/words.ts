import { label } from './statement';

/** Phrases that several parts of the interface and of reports use. */
export const PHRASES = {
  socketCount: label('phrase.socket-count', '{count} sockets'),
  oneSocket: label('phrase.one-socket', '1 socket'),
  counters: label('phrase.counters', '{count} counters'),
  oneCounter: label('phrase.one-counter', '1 counter'),
  closeWait: label('lens.close-wait', '{count} CLOSE_WAIT'),
  closeWaitIn: label('lens.close-wait-in', '{count} CLOSE_WAIT in {program}'),
  oneConnection: label('phrase.one-connection', '1 connection'),
  connections: label('phrase.connections', '{n} connections'),
  snapshot: label('phrase.snapshot', 'Snapshot {number}'),
  moreBy: label('diff.more-by', '{count} more: `{command}`'),
  /** A word of the dump as the title of what is said about it. */
  word: label('phrase.word', '**{word}**'),
  changes: label(
    'phrase.changes',
    '{added} new, {gone} gone, {changed} changed state, {stuck} stuck, {same} unchanged.',
  ),
};

/** Words without placeholders that several of them use: headings, columns. */
export const WORDS = {
  noOwner: label('word.no-owner', 'process not shown'),

  analyze: label('word.analyze', 'Analyze'),
  findInWorkspace: label('action.find-in-workspace', 'Find in Workspace'),
  watchSockets: label('capture.watch', 'Watch Sockets'),
  analyzeSockets: label('word.analyze-sockets', 'Analyze Sockets'),
  copyCommand: label('word.copy-command', 'Copy Command'),
  copy: label('word.copy', 'Copy'),
  check: label('word.check', 'Check'),
  diagram: label('word.diagram', 'State diagram'),
  sources: label('word.sources', 'Sources'),
  findings: label('word.findings', 'Findings'),
  fix: label('word.fix', 'Fix'),
  proof: label('word.proof', 'Proof'),
  states: label('word.states', 'TCP states'),
  counters: label('word.counters', 'Counters'),
  countersWorth: label('word.counters-worth', 'Counters worth a look'),
  remotes: label('word.remotes', 'Remote addresses'),
  closeWaitByProcess: label('word.close-wait-by-process', 'CLOSE_WAIT by process'),

  /** Between a name and what is said of it: some languages have a space before it. */
  colon: label('word.colon', ': '),

  line: label('word.line', 'Line'),
  state: label('word.state', 'State'),
  local: label('word.local', 'Local'),
  remote: label('word.remote', 'Remote'),
  process: label('word.process', 'Process'),
  pid: label('word.pid', 'PID'),
  sockets: label('word.sockets', 'Sockets'),
  closeWait: label('word.close-wait', 'CLOSE_WAIT'),
  counter: label('diff.column.counter', 'Counter'),
  value: label('word.value', 'Value'),
  change: label('diff.column.change', 'Change'),
  perSecond: label('diff.column.per-second', 'Per second'),
  unread: label('word.unread', 'Unread bytes'),

  before: label('word.before', 'Before'),
  after: label('word.after', 'After'),
  added: label('word.added', 'New'),
  gone: label('word.gone', 'Gone'),
  changed: label('word.changed', 'Changed state'),
  stuck: label('word.stuck', 'Stuck'),

  hosts: label('word.hosts', 'Hosts'),
  host: label('word.host', 'Host'),
  errors: label('word.errors', 'Errors'),
  warnings: label('word.warnings', 'Warnings'),
  links: label('word.links', 'Between the hosts'),
  from: label('word.from', 'From'),
  to: label('word.to', 'To'),
  port: label('word.port', 'Port'),
  connections: label('word.connections', 'Connections'),
  matched: label('word.matched', 'Both ends seen'),
};
