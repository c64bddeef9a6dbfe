/**
 * The assertions of the extension suite: Node's `assert` does not exist in the web worker host.
 */

function show(value: unknown): string {
  // Undefined and functions have no JSON form, whatever the type says.
  const json = JSON.stringify(value, null, 2) as string | undefined;
  const text = json ?? String(value);
  return text.length > 3000 ? `${text.slice(0, 3000)} … (${text.length} characters)` : text;
}

/** Fails unless `value` is truthy. */
export function ok(value: unknown, message = 'expected a truthy value'): asserts value {
  if (!value) throw new Error(`${message}: ${show(value)}`);
}

/** Fails unless both are the same value (Object.is). */
export function equal<T>(actual: T, expected: T, message = 'not equal'): void {
  if (!Object.is(actual, expected)) {
    throw new Error(`${message}\nactual:   ${show(actual)}\nexpected: ${show(expected)}`);
  }
}

/** Fails unless both have the same JSON form. */
export function deepEqual<T>(actual: T, expected: T, message = 'not equal'): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  throw new Error(`${message}\nactual:   ${show(actual)}\nexpected: ${show(expected)}`);
}

/** Fails unless `text` has a match of `pattern`. */
export function match(text: string, pattern: RegExp, message = 'no match'): void {
  if (!pattern.test(text)) throw new Error(`${message}: ${String(pattern)} in ${show(text)}`);
}

/** Fails unless the promise is rejected; gives what it was rejected with. */
export async function rejects(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a rejection');
}

/** Waits until `probe` gives something other than undefined or false, and gives that. */
export async function eventually<T>(
  probe: () => T | undefined | false | PromiseLike<T | undefined | false>,
  what: string,
  milliseconds = 180_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
