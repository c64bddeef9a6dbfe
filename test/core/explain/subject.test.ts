import assert from 'node:assert/strict';

import { COUNTERS } from '../../../src/core/knowledge/counters';
import { NETWORK_ERRORS } from '../../../src/core/knowledge/errors';
import { noContext } from '../../../src/core/explain/context';
import { explainCounter } from '../../../src/core/explain/counter';
import { explainError } from '../../../src/core/explain/error';
import type { Explanation } from '../../../src/core/explain/explanation';
import { plainText } from '../../../src/core/explain/explanationText';
import { distance } from '../../../src/core/explain/nearest';
import { explainSubject, nearestNames, subjectOf } from '../../../src/core/explain/subject';
import { TCP_STATES } from '../../../src/core/vocabulary/state';
import { plain } from '../../../src/core/wording/text';
import type { System } from '../../../src/core/vocabulary/system';
import { localizer } from './rows';
import { processorTime } from '../processorTime';

/** Everything said of a word. */
function said(word: string, system: System | null = null): string {
  const subject = subjectOf(word);
  assert.ok(subject, word);
  return plainText(explainSubject(subject, { ...noContext, system }, localizer), 'full', localizer);
}

function itemsOf({ details }: Explanation, id: string): string[] {
  return details.find(section => section.id === id)?.items.map(plain) ?? [];
}

describe('what a word is about', () => {
  for (const [word, kind] of [
    ['CLOSE_WAIT', 'state'],
    ['08', 'state'],
    ['closed', 'state'],
    ['TcpExtListenOverflows', 'counter'],
    ['3 connection resets received', 'counter'],
    ['Segments Retransmitted', 'counter'],
    ['EADDRINUSE', 'error'],
    ['connection reset by peer', 'error'],
    ['110', 'error'],
  ] as const) {
    it(`is a ${kind} for "${word}"`, () => {
      assert.equal(subjectOf(word)?.kind, kind);
    });
  }

  for (const word of ['', ' ', 'foo', 'constructor', '__proto__', 'packets received', '7777777']) {
    it(`is not known for "${word}"`, () => {
      assert.equal(subjectOf(word), null);
    });
  }

  it('is the same for every name that an explanation has as its title', () => {
    for (const name of [
      ...TCP_STATES,
      ...COUNTERS.map(counter => counter.name),
      ...NETWORK_ERRORS.map(error => error.name),
    ]) {
      assert.ok(said(name).startsWith(`${name}: `), name);
    }
  });
});

describe('an explained counter', () => {
  it('says what adds to it, whether that is normal, and what it is not', () => {
    const text = said('TcpExtListenOverflows');
    assert.match(text, /full accept queue/);
    assert.match(text, /^TcpExtListenOverflows: .*A sign of trouble if it grows quickly/m);
    assert.match(
      text,
      /^Common misconceptions:\n- "So many clients were turned away\." It counts packets/m,
    );
    assert.match(text, /One sample shows that it has happened, never that it is happening now/);
    assert.match(text, /nstat -asz TcpExtListenOverflows/);
    assert.match(
      text,
      /"times the listen queue of a socket overflowed" in netstat -s of net-tools/,
    );
    assert.match(text, /^Sources: /m);
  });

  it('names the commands of all systems, of a known one only its own', () => {
    const all = said('TcpRetransSegs');
    assert.match(all, /^- Linux: Run nstat/m);
    assert.match(all, /^- Windows: Run netstat -s/m);
    const windows = said('TcpRetransSegs', 'windows');
    assert.doesNotMatch(windows, /nstat -asz|network namespace/);
    assert.match(windows, /^- Run netstat -s twice\.$/m);
    assert.match(said('InType3'), /nstat -asz 'IcmpMsgInType\*'/);
    const linux = said('TcpRetransSegs', 'android');
    assert.match(linux, /nstat -asz/);
    assert.match(linux, /^- Each network namespace counts for itself/m);
    assert.doesNotMatch(linux, /Run netstat -s/);
  });

  it('does not call a gauge a sum, nor trouble', () => {
    for (const counter of COUNTERS) {
      const explanation = explainCounter(counter, noContext, localizer);
      const reading = itemsOf(explanation, 'reading').join('\n');
      assert.equal(reading.includes('sum since boot'), counter.kind === 'sum', counter.name);
      assert.equal(reading.includes('goes up and down'), counter.kind === 'gauge', counter.name);
      assert.equal(explanation.lead.length, counter.kind === 'sum' ? 2 : 1, counter.name);
      assert.equal(explanation.facts, null);
      assert.ok(explanation.sources.length > 0, counter.name);
    }
  });

  it('recommends nstat only for what nstat lists', () => {
    for (const counter of COUNTERS) {
      const reading = itemsOf(explainCounter(counter, noContext, localizer), 'reading').join('\n');
      assert.equal(
        reading.includes('nstat -asz'),
        counter.namedBy === 'linux' && counter.kind === 'sum',
        counter.name,
      );
    }
  });
});

describe('an explained error', () => {
  it('says what shows it, and what to run, on each system', () => {
    const text = said('EADDRNOTAVAIL');
    assert.match(text, /^- Linux: On connect\(\): thousands of rows, most in TIME_WAIT/m);
    assert.match(text, /^- Linux: Run ss -Htan state time-wait/m);
    assert.match(text, /^- 99 on Linux$/m);
    assert.match(text, /^- 10049 on Windows \(WSAEADDRNOTAVAIL\)$/m);
    assert.match(said('EMFILE'), /Many rows in CLOSE_WAIT belong to the process/);
  });

  it('says on a known system only what holds there', () => {
    const windows = said('10048', 'windows');
    assert.match(windows, /On connect\(\): the ports for outgoing connections are used up/);
    assert.doesNotMatch(windows, /SO_REUSEADDR|\bss -|lsof|98 on Linux/);
    assert.match(windows, /10048 on Windows/);
    assert.match(said('EADDRINUSE', 'macos'), /^- 48 on macOS and BSD$/m);
    assert.match(said('EADDRINUSE', 'solaris'), /^- 125 on Solaris$/m);
    assert.match(said('EADDRINUSE', 'cisco'), /^- 98 on Linux$/m);
    assert.doesNotMatch(said('EPIPE'), /WSAEPIPE/);
  });

  it('has no section without a word in it', () => {
    for (const error of NETWORK_ERRORS) {
      for (const system of [null, 'linux', 'windows', 'aix'] as const) {
        const { details } = explainError(error, { ...noContext, system }, localizer);
        assert.ok(details.every(({ items }) => items.length > 0));
      }
    }
  });
});

describe('the nearest names', () => {
  for (const [word, name] of [
    ['TcpExtLisstenOverflows', 'TcpExtListenOverflows'],
    ['segments retransmited out', 'segments retransmited'],
    ['EADRINUSE', 'EADDRINUSE'],
    ['ECONREFUSED', 'ECONNREFUSED'],
    ['CLOSE_WIAT', 'CLOSE-WAIT'],
    ['listen queue', 'listen queue overflows'],
    ['abortonclose', 'TCPAbortOnClose'],
    ['InErrors', 'UdpInErrors'],
    ['InErrors', 'IcmpInErrors'],
    ['overflow', 'cache overflow'],
    ['packets received', 'Udp: packets received'],
  ] as const) {
    it(`of "${word}" have "${name}" among them`, () => {
      const near = nearestNames(word);
      assert.ok(near.includes(name), near.join());
      assert.ok(near.length <= 4);
      for (const one of near) {
        assert.ok(subjectOf(one) !== null && one !== word, one);
      }
    });
  }

  it('are none where nothing is like it', () => {
    for (const word of ['', 'x', 'qqqqqqqqqqqq', '12345', '你好', 'NOPE']) {
      assert.deepEqual(nearestNames(word), []);
    }
  });

  it('are found in little time for a word of any length', () => {
    const start = process.cpuUsage();
    nearestNames('times the listen queue '.repeat(50_000));
    assert.ok(processorTime(start) < 2000);
  });
});

describe('the distance of two words', () => {
  for (const [a, b, most, expected] of [
    ['', '', 0, 0],
    ['a', 'a', 0, 0],
    ['a', 'b', 0, null],
    ['a', 'b', 1, 1],
    ['abc', 'ab', 1, 1],
    ['ab', 'abc', 1, 1],
    ['abcd', 'badc', 4, 2],
    ['ab', 'ba', 1, 1],
    ['ab', 'ba', 0, null],
    ['abc', 'cab', 4, 2],
    ['kitten', 'sitting', 3, 3],
    ['kitten', 'sitting', 2, null],
    ['short', 'much longer', 3, null],
  ] as const) {
    it(`is ${expected ?? `more than ${most}`} for "${a}" and "${b}"`, () => {
      assert.equal(distance(a, b, most), expected);
      assert.equal(distance(b, a, most), expected);
    });
  }
});
