import { strict as assert } from 'node:assert';
import { runToEnd } from '../../../src/core/model/task';
import { beginsJson, type JsonObject, readJson } from '../../../src/core/parsing/json';

/** Reads a text and gives every object that was offered, and where reading stopped. */
function offered(text: string, take = (): boolean => true): { objects: JsonObject[]; end: number } {
  const objects: JsonObject[] = [];
  const reading = readJson(text, 0, object => {
    objects.push(object);
    return take();
  });
  const end = runToEnd(reading);
  return { objects, end };
}

describe('reading JSON', () => {
  it('knows an object or an array of objects by its first two signs', () => {
    // What ends too soon to tell may be one.
    for (const text of ['{"a":1}', '[{"a":1}]', '[\n  {\n', '{ "a"', '[{', '{', '[\n ']) {
      assert.ok(beginsJson(text, 0), text);
    }
    for (const text of ['[svchost.exe]', '[12.3] x', '{x', '["a"]', '', 'tcp']) {
      assert.ok(!beginsJson(text, 0), text);
    }
  });

  it('gives way after each element of an array', () => {
    const reading = readJson(`[${'{"a":1},'.repeat(999)}{"a":1}]`, 0, () => true);
    let steps = 0;
    while (reading.next().done !== true) {
      steps++;
    }
    assert.equal(steps, 1000);
  });

  it('offers inner objects first, with their places', () => {
    const text = ' {"a": {"b": "x"}}';
    const places: string[] = [];
    const reading = readJson(text, 0, (_, start, end) => {
      places.push(text.slice(start, end));
      return false;
    });
    runToEnd(reading);
    assert.deepEqual(places, ['{"b": "x"}', '{"a": {"b": "x"}}']);
  });

  it('says where values stand, strings without their quotes', () => {
    const text = '{"s":"a\\u0041\\n","n":-1.5e3,"t":true,"z":null,"e":""}';
    const [object] = offered(text).objects;
    const values = [...(object ?? [])].map(([name, { start, end, value }]) => [
      name,
      text.slice(start, end),
      value,
    ]);
    assert.deepEqual(values, [
      ['s', 'a\\u0041\\n', 'aA\n'],
      ['n', '-1.5e3', -1500],
      ['t', 'true', true],
      ['z', 'null', null],
      ['e', '', ''],
    ]);
  });

  it('offers what was complete where a text is cut', () => {
    const whole = '[{"a":1},{"a":2},{"a":3}]';
    for (let length = 0; length <= whole.length; length++) {
      const { objects, end } = offered(whole.slice(0, length));
      assert.equal(objects.length, [8, 16, 24].filter(complete => length >= complete).length);
      assert.ok(end <= length);
    }
  });

  it('reads no further than it is JSON', () => {
    for (const text of [
      '{"a":1 "b":2}',
      '{"a"}',
      '{"a":tru}',
      '{"a":"x\ny"}',
      '{"a":"\\q"}',
      '{a:1}',
      '[{"a":1,}',
      '{"a":1-}',
    ]) {
      assert.equal(offered(text).objects.length, 0, text);
    }
    assert.equal(offered('{"a":1} tail').end, 7);
  });

  it('gives up on nesting that no dump has, and does not overflow the stack', () => {
    assert.equal(offered('['.repeat(100_000)).objects.length, 0);
    assert.equal(offered('{"a":'.repeat(100_000)).objects.length, 0);
  });
});
