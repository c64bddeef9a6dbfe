import { inSlices } from '../../src/extension/host/slices';
import * as assert from './suite/assert';

/** Keeps the processor busy for a few milliseconds at each step. */
function* busy(steps: number, done: () => void): Generator<undefined, string> {
  for (let step = 0; step < steps; step++) {
    const until = performance.now() + 4;
    while (performance.now() < until);
    done();
    yield;
  }
  return 'result';
}

describe('work in slices', () => {
  it('lets others have their turn, and gives the result', async () => {
    let steps = 0;
    const seen = new Set<number>();
    const timer = setInterval(() => seen.add(steps), 0);
    const result = await inSlices(busy(40, () => steps++));
    clearInterval(timer);
    assert.equal(result, 'result');
    assert.equal(steps, 40);
    assert.ok(seen.size > 2, 'turns of others while it went on');
  });

  it('ends where it is not wanted any more', async () => {
    let steps = 0;
    const result = await inSlices(
      busy(1000, () => steps++),
      () => steps < 10,
    );
    assert.equal(result, undefined);
    assert.ok(steps < 1000, 'work was given up');
  });

  it('does what is done quickly at once', async () => {
    assert.equal(await inSlices(busy(1, () => undefined)), 'result');
  });
});
