/** A Map or WeakMap, as far as {@link getOrAdd} needs it. */
interface Known<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What is known by a key, made where nothing is. */
export function getOrAdd<K, V>(known: Known<K, V>, key: K, make: () => NoInfer<V>): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

/** Adds a value to the list of its key. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

/** Values by a key, as Map.groupBy gives them in later versions of JavaScript. */
export function listsBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const lists = new Map<K, V[]>();
  for (const value of values) {
    addTo(lists, keyOf(value), value);
  }
  return lists;
}
