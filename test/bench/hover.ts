import { explainAt } from '../../src/core/explain/explain';
import { Localizer } from '../../src/core/wording/text';
import { readDump } from '../../src/core/reading/reader';
import { dump, random } from './generate';

/*
 * How long a hover takes to answer on a document of 100,000 lines, anywhere in it, without VS Code
 * around: the first one builds an index of the snapshot, those after it use it.
 */

const ROWS = 100_000;
const HOVERS = 5000;

const text = dump('linux', ROWS);
const lines = text.split('\n');
const parsed = readDump(text);
const localizer = new Localizer();
const next = random(7);
const times: number[] = [];
for (let i = 0; i < HOVERS; i++) {
  const line = 2 + Math.floor(next() * ROWS);
  const character = Math.floor(next() * (lines[line] ?? '').length);
  const before = performance.now();
  explainAt(parsed, line, character, number => lines[number] ?? '', localizer);
  times.push(performance.now() - before);
}
const [first = NaN, ...others] = times;
others.sort((a, b) => a - b);
const at = (share: number): string => (others[Math.floor(others.length * share)] ?? NaN).toFixed(3);
console.log(`${HOVERS} hovers, ${ROWS} lines, ms: first ${first.toFixed(1)}`);
console.log(`median ${at(0.5)}   p99 ${at(0.99)}   p99.9 ${at(0.999)}`);
