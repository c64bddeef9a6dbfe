import assert from 'node:assert/strict';
import type { Analysis } from '../../../src/core/analysis/analyze';
import { differenceOf } from '../../../src/core/analysis/time/difference';
import { type Verdict, verdictOf } from '../../../src/core/analysis/verdict/verdict';
import { Localizer, plain } from '../../../src/core/wording/text';
import { type Held, type Lister, listers } from './listings';
import { analysed, many } from './scene';

/** A program with some of its connections in CLOSE_WAIT, and others of the host. */
type Program = (stuck: readonly number[], isRestarted: boolean) => Held[];

const OWN = '192.0.2.1:9443';
const SSHD: readonly Held[] = [
  held('LISTEN', '0.0.0.0:22', '', 900, 'sshd', 'root'),
  held('ESTABLISHED', '192.0.2.1:22', '192.0.2.9:50000', 901, 'sshd', 'root'),
  held('ESTABLISHED', '192.0.2.1:51000', '192.0.2.9:443', 950, 'curl', 'ann'),
];

function held(
  state: Held['state'],
  local: string,
  remote: string,
  pid: number | null,
  process: string,
  user: string,
): Held {
  return { state, local, remote, pid, process, user, recvQ: state === 'CLOSE_WAIT' ? 1 : 0 };
}

const PROGRAMS: Readonly<Record<string, Program>> = {
  'a server': (stuck, isRestarted) => {
    const pid = isRestarted ? 5870 : 4321;
    return [
      held('LISTEN', '0.0.0.0:9443', '', pid, 'orders-api', 'app'),
      held('ESTABLISHED', OWN, `192.0.2.7:${isRestarted ? 999 : 998}`, pid, 'orders-api', 'app'),
      ...stuck.map(i =>
        held('CLOSE_WAIT', OWN, `192.0.2.7:${40_000 + i}`, pid, 'orders-api', 'app'),
      ),
    ];
  },
  'a client': (stuck, isRestarted) => {
    const pid = isRestarted ? 5870 : 4321;
    return [
      held('LISTEN', '0.0.0.0:9443', '', pid, 'orders-api', 'app'),
      ...stuck.map(i =>
        held('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, '192.0.2.5:5432', pid, 'orders-api', 'app'),
      ),
    ];
  },
  'four workers': (stuck, isRestarted) => {
    const first = isRestarted ? 5870 : 4321;
    return [
      held('LISTEN', '0.0.0.0:9443', '', first, 'gunicorn', 'app'),
      ...stuck.map(i =>
        held('CLOSE_WAIT', OWN, `192.0.2.7:${40_000 + i}`, first + 1 + (i % 4), 'gunicorn', 'app'),
      ),
    ];
  },
};

const BEFORE = many(48, i => i);
const COURSES: Readonly<Record<string, readonly number[]>> = {
  more: many(60, i => i),
  fewer: many(16, i => i),
  same: BEFORE,
  others: many(48, i => 100 + i),
  'half of them others': many(48, i => 24 + i),
  'some others': many(60, i => 20 + i),
  few: many(3, i => 100 + i),
  none: [],
};

/** The number behind some words, each time that they are said. */
function numbersIn(text: string, words: RegExp): number[] {
  return Array.from(text.matchAll(words), ([, number]) => Number(number));
}

function sum(verdict: Verdict, of: 'before' | 'gone' | 'remaining' | 'added'): number {
  return verdict.programs.reduce((all, program) => all + program[of], 0);
}

/** What is true of two listings of one program, whatever lists it. */
function check(
  verdict: Verdict,
  now: readonly number[],
  facts: { isTimed: boolean; isRestarted: boolean; listsAll: boolean; showsAll: boolean },
): void {
  const { kind, programs } = verdict;
  const said = verdict.texts.map(plain).join(' ');
  const remaining = now.filter(i => BEFORE.includes(i)).length;
  const added = now.length - remaining;
  for (const one of programs) {
    assert.equal(one.gone + one.freed + one.moved + one.remaining, one.before, said);
    if (one.kind === 'growing') {
      assert.ok(one.added > one.gone, said);
    }
    if (one.kind === 'fixed') {
      assert.equal(one.remaining + one.added, 0, said);
    }
    if (one.kind === 'same' || one.kind === 'growing') {
      assert.ok(one.remaining > 0, said);
    }
  }
  assert.equal(kind === 'appeared', said.includes('Worse'), said);
  assert.equal(kind === 'growing', said.includes('growing'), said);
  assert.doesNotMatch(said, /Growing by (?:0|-)/);
  // What is said is what is so.
  assert.ok(numbersIn(said, /Still there [^:]*: (\d+)/g).reduce((a, b) => a + b, 0) <= remaining);
  for (const number of numbersIn(said, /New: (\d+)/g)) {
    assert.ok(number <= added, said);
  }
  if (said.includes('New: 0')) {
    assert.equal(added, 0, said);
  }
  if (said.includes('Fixed')) {
    assert.ok(facts.isTimed && !facts.isRestarted && now.length === 0, said);
  }
  if (kind === 'growing') {
    assert.ok(now.length > BEFORE.length, said);
  }
  if (kind === 'same') {
    assert.ok(remaining > 0, said);
  }
  if (kind === 'appeared') {
    assert.ok(added > 0, said);
  }
  // Nothing is lost where both list all that there is.
  if (facts.listsAll) {
    assert.equal(sum(verdict, 'before'), BEFORE.length, said);
    assert.equal(sum(verdict, 'remaining'), remaining, said);
    assert.equal(sum(verdict, 'gone'), BEFORE.length - remaining, said);
    assert.notEqual(kind, 'appeared', said);
    assert.notEqual(kind, 'nothing', said);
    if (kind !== 'restarted') {
      assert.equal(sum(verdict, 'added'), added, said);
    }
    if (remaining > 0) {
      const expected =
        now.length > BEFORE.length ? 'growing' : now.length < BEFORE.length ? 'partly' : 'same';
      assert.equal(kind, expected, said);
    } else if (added * 2 > BEFORE.length && !(facts.isRestarted && facts.showsAll)) {
      assert.equal(kind, 'replaced', said);
    }
  }
}

/** A program's host at a moment, as a tool lists it. */
interface Listing {
  readonly by: string;
  readonly lister: Lister;
  readonly analysis: Analysis;
  readonly course: string;
  readonly isRestarted: boolean;
}

/** All listings of a program in some courses. */
function listingsOf(
  program: Program,
  courses: readonly string[],
  minute: number | null,
): Listing[] {
  return Object.entries(listers).flatMap(([by, lister]) =>
    courses.flatMap(course =>
      [false, true]
        // A connection does not outlive its process.
        .filter(isRestarted => !isRestarted || COURSES[course]!.every(i => !BEFORE.includes(i)))
        .map(isRestarted => {
          const time = minute === null ? '' : `Mon Jan  5 10:0${minute}:00 UTC 2026\n`;
          const listed = lister.list([...SSHD, ...program(COURSES[course]!, isRestarted)]);
          return { by, lister, analysis: analysed(time + listed), course, isRestarted };
        }),
    ),
  );
}

describe('the verdict on listings of any tools', () => {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    it(`agrees with the numbers, for ${name}`, () => {
      for (const isTimed of [true, false]) {
        const before = listingsOf(program, ['same'], isTimed ? 0 : null);
        const after = listingsOf(program, Object.keys(COURSES), isTimed ? 2 : null);
        for (const first of before) {
          for (const second of after.filter(one => one.lister.system === first.lister.system)) {
            const { course, isRestarted } = second;
            const verdict = verdictOf(
              differenceOf(
                { analysis: first.analysis, snapshot: 0 },
                { analysis: second.analysis, snapshot: 0 },
              ),
              new Localizer(),
            );
            const owners = [first.lister.owners, second.lister.owners];
            try {
              check(verdict, COURSES[course]!, {
                isTimed,
                isRestarted,
                listsAll: !owners.includes(null),
                showsAll: owners.every(shown => shown === true),
              });
            } catch (error) {
              const scene = `${first.by} > ${second.by}, ${course}`;
              const other = `${isTimed ? '' : ', untimed'}${isRestarted ? ', restarted' : ''}`;
              throw new Error(`${scene}${other}: ${String(error)}`, { cause: error });
            }
          }
        }
      }
    });
  }
});
