import assert from 'node:assert/strict';

import {
  checkHostMessage,
  checkPanelMessage,
  checkPanelState,
  MAX_COUNTERS,
  MAX_PAGE,
} from '../../src/shared/panel/messages';
import { fill, panelStrings } from '../../src/shared/panel/strings';

const STRINGS = panelStrings(({ text }) => text);
const QUERY = { snapshot: null, filter: '', sort: null };
const ROW = {
  row: 0,
  line: 1,
  protocol: 'tcp',
  state: null,
  local: '127.0.0.1:1',
  localName: null,
  remote: null,
  remoteName: null,
  recvQ: null,
  sendQ: null,
  pid: null,
  process: null,
  user: null,
  timer: null,
  inode: null,
};

const COUNTER = {
  line: 1,
  name: 'TcpMaxConn',
  of: null,
  printed: null,
  meaning: null,
  value: -1,
  exact: null,
  change: null,
  perSecond: null,
};
const COUNTERS = { type: 'counters', request: 1, revision: 1, total: 1, counters: [COUNTER] };

describe('messages from the panel', () => {
  const good: readonly object[] = [
    { type: 'ready', snapshot: null },
    { type: 'snapshot', snapshot: 3 },
    { type: 'query', request: 1, query: QUERY, offset: 0, count: MAX_PAGE, table: true },
    {
      type: 'query',
      request: 1,
      query: { ...QUERY, sort: { column: 'pid', descending: true } },
      offset: 999_999,
      count: 1,
      table: false,
    },
    { type: 'reveal', target: { kind: 'filter', snapshot: 0, filter: 'x' }, focus: false },
    { type: 'reveal', target: { kind: 'line', line: 1 }, focus: true },
    { type: 'reveal', target: { kind: 'result', query: QUERY, ranges: [[0, 5]] }, focus: true },
    { type: 'counters', request: 1, snapshot: null, filter: 'retrans change>0' },
    { type: 'step', by: -1 },
    { type: 'export', format: 'csv', to: 'file', redact: true, query: QUERY },
  ];
  for (const message of good) {
    it(`takes ${JSON.stringify(message)}`, () => {
      assert.deepEqual(checkPanelMessage(message), { message });
    });
  }

  const bad: readonly unknown[] = [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'shutdown' },
    { type: 'ready' },
    { type: 'ready', snapshot: -1 },
    { type: 'snapshot', snapshot: 1.5 },
    { type: 'query', request: 1, query: QUERY, offset: 0, count: MAX_PAGE + 1, table: true },
    { type: 'query', request: 1, query: QUERY, offset: -1, count: 1, table: true },
    { type: 'query', request: 1, query: { ...QUERY, filter: 7 }, offset: 0, count: 1, table: true },
    {
      type: 'query',
      request: 1,
      query: { ...QUERY, sort: { column: 'constructor', descending: true } },
      offset: 0,
      count: 1,
      table: true,
    },
    {
      type: 'query',
      request: 1,
      query: { ...QUERY, filter: 'x'.repeat(4001) },
      offset: 0,
      count: 1,
      table: true,
    },
    { type: 'reveal', target: { kind: 'line', line: 0 }, focus: true },
    { type: 'reveal', target: { kind: 'line', line: Infinity }, focus: true },
    { type: 'reveal', target: { kind: 'file', path: '/etc/passwd' }, focus: true },
    { type: 'reveal', target: { kind: 'result', query: QUERY, ranges: [[0]] }, focus: true },
    { type: 'counters', request: 1, snapshot: null },
    { type: 'counters', request: 1, snapshot: null, filter: 'x'.repeat(4001) },
    { type: 'step', by: 2 },
    { type: 'copy', text: 1 },
    { type: 'export', format: 'exe', to: 'file', redact: true, query: QUERY },
    { type: 'export', format: 'csv', to: 'https://example.com', redact: true, query: QUERY },
  ];
  for (const message of bad) {
    it(`refuses ${JSON.stringify([message]).slice(0, 120)}`, () => {
      const checked = checkPanelMessage(message);
      assert.ok('refused' in checked && checked.refused !== '');
    });
  }
});

describe('messages from the extension', () => {
  it('take rows and selections', () => {
    for (const message of [
      { type: 'rows', request: 1, revision: 1, total: 1, offset: 0, rows: [ROW], problem: null },
      COUNTERS,
      { type: 'selection', rows: [1, 2], count: 2, position: null },
      { type: 'revealed', count: 62, index: 0 },
      { type: 'start', strings: STRINGS, locale: 'en', source: 'file:///x' },
    ]) {
      assert.deepEqual(checkHostMessage(message), { message });
    }
  });

  it('are refused with a wrong type, a missing string, or too much', () => {
    const fewer = Object.fromEntries(Object.entries(STRINGS).slice(1));
    for (const message of [
      {
        type: 'rows',
        request: 1,
        revision: 1,
        total: 1,
        offset: 0,
        rows: [{ ...ROW, line: '1' }],
        problem: null,
      },
      {
        type: 'rows',
        request: 1,
        revision: 1,
        total: 999,
        offset: 0,
        rows: Array(MAX_PAGE + 1).fill(ROW),
        problem: null,
      },
      { ...COUNTERS, counters: [{ ...COUNTER, value: '1' }] },
      { ...COUNTERS, counters: Array(MAX_COUNTERS + 1).fill(COUNTER) },
      { type: 'start', strings: fewer, locale: 'en', source: 'file:///x' },
      { type: 'model', revision: 1, model: {} },
      { type: 'selection', rows: ['1'], count: 1, position: null },
    ]) {
      assert.ok('refused' in checkHostMessage(message), JSON.stringify(message).slice(0, 80));
    }
  });
});

describe('kept state', () => {
  const state = {
    version: 1,
    source: 'file:///a.netstat',
    snapshot: null,
    filter: 'state:close-wait',
    counterFilter: 'retrans',
    sort: { column: 'recvQ', descending: true },
    columns: ['line', 'state'],
    open: ['group 4321 java'],
    redact: false,
    scroll: 120.5,
    tableRow: 3,
  };

  it('is used if it is whole', () => {
    assert.deepEqual(checkPanelState(state), state);
    // An earlier version had no list of counters.
    const earlier = { ...state, counterFilter: undefined };
    assert.deepEqual(checkPanelState(earlier), { ...state, counterFilter: '' });
  });

  it('is not used if it is anything else', () => {
    for (const other of [
      undefined,
      null,
      'x',
      { ...state, version: 2 },
      { ...state, sort: 'pid' },
    ]) {
      assert.equal(checkPanelState(other), undefined);
    }
  });
});

describe('filling texts', () => {
  it('replaces what is known and nothing else', () => {
    assert.equal(
      fill('{count} of {total} {x}', { count: '{total}', total: '9' }),
      '{total} of 9 {x}',
    );
  });
});
