import { label } from './statement';

/** Phrases that several parts of the interface and of reports use. */
export const PHRASES = {
  socketCount: label('{count} sockets'),
  oneSocket: label('1 socket'),
  counters: label('{count} counters'),
  oneCounter: label('1 counter'),
  closeWait: label('{count} CLOSE_WAIT'),
  closeWaitIn: label('{count} CLOSE_WAIT in {program}'),
  oneConnection: label('1 connection'),
  connections: label('{n} connections'),
  snapshot: label('Snapshot {number}'),
  moreBy: label('{count} more: `{command}`'),
  /** A word of the dump as the title of what is said about it. */
  word: label('**{word}**'),
  changes: label(
    '{added} new, {gone} gone, {changed} changed state, {stuck} stuck, {same} unchanged.',
  ),
};

/** Words without placeholders that several of them use: headings, columns. */
export const WORDS = {
  noOwner: label('process not shown'),

  analyze: label('Analyze'),
  findInWorkspace: label('Find in Workspace'),
  watchSockets: label('Watch Sockets'),
  analyzeSockets: label('Analyze Sockets'),
  copyCommand: label('Copy Command'),
  copy: label('Copy'),
  check: label('Check'),
  diagram: label('State diagram'),
  sources: label('Sources'),
  whatItMeans: label('What it means'),
  findings: label('Findings'),
  fix: label('Fix'),
  proof: label('Proof'),
  states: label('TCP states'),
  unknownState: label('without a known state'),
  counters: label('Counters'),
  countersWorth: label('Counters worth a look'),
  remotes: label('Remote addresses'),
  closeWaitByProcess: label('CLOSE_WAIT by process'),

  /** Between a name and what is said of it: some languages have a space before it. */
  colon: label(': '),

  line: label('Line'),
  state: label('State'),
  local: label('Local'),
  remote: label('Remote'),
  process: label('Process'),
  pid: label('PID'),
  sockets: label('Sockets'),
  closeWait: label('CLOSE_WAIT'),
  counter: label('Counter'),
  value: label('Value'),
  change: label('Change'),
  perSecond: label('Per second'),
  unread: label('Unread bytes'),

  before: label('Before'),
  after: label('After'),
  added: label('New'),
  gone: label('Gone'),
  changed: label('Changed state'),
  stuck: label('Stuck'),

  hosts: label('Hosts'),
  host: label('Host'),
  errors: label('Errors'),
  warnings: label('Warnings'),
  links: label('Between the hosts'),
  from: label('From'),
  to: label('To'),
  port: label('Port'),
  connections: label('Connections'),
  matched: label('Both ends seen'),
};
