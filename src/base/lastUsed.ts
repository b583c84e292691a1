/**
 * The value of a key, made where there is none, as the last used one of its map: of more than `most` those that were used
 * longest ago leave.
 */
export function lastUsed<Key, Value>(
  map: Map<Key, Value>,
  key: Key,
  most: number,
  make: () => Value,
): Value {
  const value = map.get(key) ?? make();
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
  return value;
}
