import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchEqual } from '../../../src/core/index/buckets';
import { groupBy, leave, pick, union, where } from '../../../src/core/index/grouping';
import { Tally } from '../../../src/core/model/tally';
import { Tuples } from '../../../src/core/model/tuples';
import { runToEnd } from '../../../src/core/model/task';

const numbers = (max: number): fc.Arbitrary<Uint32Array> =>
  fc.array(fc.integer({ min: 0, max }), { maxLength: 60 }).map(list => Uint32Array.from(list));

/** The first place of each value, and how often it came. */
function counted(list: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of list) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

describe('tallies', () => {
  it('count, whatever others have left in their places', () => {
    fc.assert(
      fc.property(numbers(20), numbers(50), (list, places) => {
        const all = new Uint32Array(21);
        all.set(places.subarray(0, 21));
        const tally = new Tally(all);
        const given = Array.from(list, id => tally.add(id));
        const expected = [...counted(list)];
        assert.deepEqual(
          expected.map(([id], number) => [tally.get(number), tally.counts[number], id]),
          expected.map(([id, count]) => [id, count, id]),
        );
        assert.deepEqual(
          given,
          Array.from(list, id => expected.findIndex(([known]) => known === id)),
        );
        assert.equal(tally.size, expected.length);
        assert.equal(tally.most, Math.max(0, ...expected.map(([, count]) => count)));
        for (let id = 0; id <= 20; id++) {
          assert.equal(tally.countOf(id), counted(list).get(id) ?? 0);
        }
      }),
    );
  });

  it('find their way with more than there is room for at first', () => {
    const tally = new Tally(new Uint32Array(1000));
    for (let i = 0; i < 3000; i++) {
      tally.add(999 - (i % 1000));
    }
    assert.deepEqual([tally.size, tally.get(0), tally.countOf(0)], [1000, 999, 3]);
  });

  it('number combinations, negative ones and many, too', () => {
    const tuples = new Tuples();
    for (let i = 0; i < 5000; i++) {
      assert.equal(tuples.add(-i, i % 7, i % 3), i);
    }
    assert.equal(tuples.add(-4999, 4999 % 7, 4999 % 3), 4999);
    assert.deepEqual(tuples.get(4999), [-4999, 4999 % 7, 4999 % 3]);
    assert.equal(tuples.find(-4999, 0, 0), -1);
    assert.deepEqual(tuples.atLeast(2), [4999]);
  });
});

describe('groups of rows', () => {
  it('are in the order of their first rows, which keep theirs', () => {
    fc.assert(
      fc.property(numbers(1000), fc.integer({ min: 1, max: 9 }), (rows, keys) => {
        const groups = groupBy(rows, row => (row % keys) - 4);
        const expected = [...counted(Array.from(rows, row => (row % keys) - 4)).keys()];
        assert.deepEqual(
          Array.from(groups, ([key, own]) => [key, [...own]]),
          expected.map(key => [key, [...rows].filter(row => (row % keys) - 4 === key)]),
        );
        assert.deepEqual(
          [...groups.of(4)],
          [...rows].filter(row => (row % keys) - 4 === 4),
        );
      }),
    );
  });

  it('are picked and left', () => {
    fc.assert(
      fc.property(numbers(30), fc.uniqueArray(fc.nat(5)), (rows, wanted) => {
        const tuples = new Tuples();
        const own = Int32Array.from(rows, row => (row % 7 === 6 ? -1 : tuples.add(row % 7, 0, 0)));
        const known = wanted.filter(number => number < tuples.size);
        const inGroup = (number: number): number[] => [...rows].filter((_, i) => own[i] === number);
        assert.deepEqual(
          pick(rows, own, tuples, known).map(list => [...list]),
          known.map(inGroup),
        );
        const grouped = rows.filter(row => row % 7 !== 6);
        const numbersOf = own.filter(number => number !== -1);
        assert.deepEqual(
          [...leave(grouped, numbersOf, tuples, known)],
          [...grouped].filter((_, i) => !known.includes(numbersOf[i]!)),
        );
      }),
    );
  });

  it('are filtered and put together', () => {
    fc.assert(
      fc.property(numbers(1000), numbers(1000), (a, b) => {
        assert.deepEqual(
          [...where(a, row => row % 2 === 0)],
          [...a].filter(row => row % 2 === 0),
        );
        const [left, right] = [a, b].map(list => new Uint32Array(new Set(list)).sort());
        assert.deepEqual(
          [...union([left!, right!])],
          [...new Set([...a, ...b])].sort((x, y) => x - y),
        );
      }),
    );
  });
});

describe('matching by hash', () => {
  it('finds the first equal one of many, and tells apart what only has equal hashes', () => {
    const count = 20_000;
    const values = Array.from({ length: count }, (_, i) => (i * 7919) % 6000);
    // Neighbours have equal hashes, which lie all over 32 bits.
    const hashes = Uint32Array.from(values, value => Math.imul(value >> 1, 0x9e3779b1));
    const firsts = new Int32Array(count).fill(-1);
    runToEnd(
      matchEqual(hashes, (number, earlier) => {
        assert.ok(earlier < number);
        if (values[number] === values[earlier]) {
          firsts[number] = earlier;
          return true;
        }
        return false;
      }),
    );
    const known = new Map<number, number>();
    values.forEach((value, i) => {
      assert.equal(firsts[i], known.get(value) ?? -1);
      if (!known.has(value)) {
        known.set(value, i);
      }
    });
  });

  it('takes no rows, and rows that are all equal', () => {
    runToEnd(matchEqual(new Uint32Array(0), () => assert.fail()));
    let asked = 0;
    runToEnd(matchEqual(new Uint32Array(100_000).fill(-1), () => ++asked > 0));
    assert.equal(asked, 99_999);
  });
});
