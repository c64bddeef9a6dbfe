import assert from 'node:assert/strict';

import { errorIn, NETWORK_ERRORS } from '../../../src/core/knowledge/errors';
import { foldWords } from '../../../src/core/knowledge/folding';
import { sources } from '../../../src/core/wording/sources';
import { processorTime } from '../processorTime';

/** As logs have them, and the error that they are about. */
const LOGGED: readonly (readonly [string, string])[] = [
  ['Caused by: java.net.BindException: Address already in use (Bind failed)', 'EADDRINUSE'],
  ['java.net.BindException: Cannot assign requested address', 'EADDRNOTAVAIL'],
  ["[Errno 49] Can't assign requested address", 'EADDRNOTAVAIL'],
  ['java.net.SocketException: Connection reset', 'ECONNRESET'],
  ['Error: socket hang up', 'ECONNRESET'],
  ["('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))", 'ECONNRESET'],
  ['curl: (56) Recv failure: Connection reset by peer', 'ECONNRESET'],
  ['Get "http://192.0.2.1": dial tcp 192.0.2.1:80: connect: connection refused', 'ECONNREFUSED'],
  ['connect: connection refused', 'ECONNREFUSED'],
  ['No connection could be made because the target machine actively refused it', 'ECONNREFUSED'],
  ['2024/05/01 nginx: connect() failed (111: Connection refused)', 'ECONNREFUSED'],
  ['java.net.SocketTimeoutException: Read timed out', 'ETIMEDOUT'],
  ['dial tcp 192.0.2.1:443: i/o timeout', 'ETIMEDOUT'],
  ['ssh: connect to host db-1 port 22: No route to host', 'EHOSTUNREACH'],
  ['Network is unreachable', 'ENETUNREACH'],
  ['accept4() failed (24: Too many open files)', 'EMFILE'],
  ['VFS: Too many open files in system', 'ENFILE'],
  ['send failed: WSAENOBUFS', 'ENOBUFS'],
  ['Broken pipe (Write failed)', 'EPIPE'],
  ['listen EACCES: permission denied 0.0.0.0:80', 'EACCES'],
  ['SocketError.AccessDenied', 'EACCES'],
  ['System.Net.Sockets.SocketException (10053): …', 'ECONNABORTED'],
  ['Transport endpoint is not connected', 'ENOTCONN'],
  ['connect:errno=111', 'ECONNREFUSED'],
  ['No such thing (os error 104)', 'ECONNRESET'],
  ['WSAGetLastError() returned 10055', 'ENOBUFS'],
  ['Fehler 10049 bei connect', 'EADDRNOTAVAIL'],
  ['eaddrinuse', 'EADDRINUSE'],
  ['99', 'EADDRNOTAVAIL'],
  ['49', 'EADDRNOTAVAIL'],
  [' 148 ', 'EHOSTUNREACH'],
  // No number of an error: a port, a time, one that nobody has.
  ['10.0.0.1:10061', ''],
  ['it took 111 ms', ''],
  ['110610', ''],
  ['errno=9999', ''],
  ['7', ''],
  ['SEAGULL', ''],
  ['', ''],
];

describe('errors', () => {
  it('have names and numbers of their own', () => {
    const names = NETWORK_ERRORS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const known = new Map<number, string>();
    for (const { name, numbers } of NETWORK_ERRORS) {
      for (const number of Object.values(numbers) as (number | null)[]) {
        if (number !== null) {
          assert.ok((known.get(number) ?? name) === name, `${number}: ${name}`);
          known.set(number, name);
        }
      }
    }
  });

  it('have the numbers of Windows that it has for them', () => {
    const windows = Object.fromEntries(
      NETWORK_ERRORS.map(({ name, numbers }) => [name, numbers.windows]),
    );
    assert.deepEqual(windows, {
      EACCES: 10013,
      EMFILE: 10024,
      EADDRINUSE: 10048,
      EADDRNOTAVAIL: 10049,
      ENETUNREACH: 10051,
      ECONNABORTED: 10053,
      ECONNRESET: 10054,
      ENOBUFS: 10055,
      ENOTCONN: 10057,
      ETIMEDOUT: 10060,
      ECONNREFUSED: 10061,
      EHOSTUNREACH: 10065,
      ENFILE: null,
      EPIPE: null,
    });
  });

  it('say what they are, what shows them and what to run, from sources', () => {
    for (const { name, text, causes, proof, checks } of NETWORK_ERRORS) {
      assert.ok(causes.length > 0 && proof.length > 0 && checks.length > 0, name);
      for (const advice of [text, ...causes, ...proof, ...checks]) {
        const statement = 'systems' in advice ? advice.text : advice;
        assert.ok(statement.sources.length > 0, statement.text);
        assert.ok(
          statement.sources.every(id => Object.hasOwn(sources, id)),
          statement.text,
        );
      }
    }
  });

  it('are found by their names, their numbers and all that prints them', () => {
    for (const { name, numbers, phrases, printed } of NETWORK_ERRORS) {
      const { linux, bsd, solaris, windows } = numbers;
      for (const text of [
        name,
        `WSA${name}`,
        `connect ${name} 192.0.2.1:80`,
        ...phrases,
        ...phrases.map(phrase => `12:01 ERROR ${phrase.toLowerCase()}: giving up`),
        ...Object.values(printed),
        ...[linux, bsd, solaris].flatMap(number => [String(number), `[Errno ${number}]`]),
        ...(windows === null ? [] : [String(windows), `failed with ${windows}.`]),
      ]) {
        assert.equal(errorIn(text)?.name, name, text);
      }
    }
  });

  it('have no phrase that leads to two', () => {
    const known = new Map<string, string>();
    for (const { name, phrases } of NETWORK_ERRORS) {
      for (const phrase of phrases.map(phrase => foldWords(phrase))) {
        assert.equal(known.get(phrase), undefined, phrase);
        known.set(phrase, name);
      }
    }
  });

  for (const [text, name] of LOGGED) {
    it(`find ${name === '' ? 'none' : name} in "${text}"`, () => {
      assert.equal(errorIn(text)?.name ?? '', name);
    });
  }

  it('are found in little time in a text of any length', () => {
    const start = process.cpuUsage();
    assert.equal(errorIn('error '.repeat(200_000)), null);
    assert.equal(errorIn(`${'A'.repeat(1_000_000)} error ${'9'.repeat(1_000_000)}`), null);
    assert.ok(processorTime(start) < 2000);
  });
});
