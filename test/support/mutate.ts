import type { Json, JsonObject } from '../../src/base/json.ts';
import type { Random } from '../../src/sources/sample/random.ts';
import { runPieces } from './hostileRuns.ts';

type Holder = Record<string, Json> | Json[];

const junk: readonly Json[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, '', 'x', '[', "{'a': ", '{"a":', '\u0000', '\ud800'],
  ...[[], {}, [[]], { name: 1 }, [null], 'iteration::1', '999999999999999999999'],
];

/**
 * Changes a few places of a JSON value: drops, replaces, repeats and rearranges, writes a part as JSON text or
 * base64, twists links. What stood under a name stays under it or goes, so that secrets remain recognizable.
 */
export function mutateJson(root: JsonObject, random: Random): JsonObject {
  const copy = structuredClone(root) as Record<string, Json>;
  for (let times = random.int(1, 6); times > 0; times--) mutateOnce(copy, random);
  return copy;
}

/** Puts a long run of some piece in place of a text or behind it, so that it stands in any field and any notation. */
export function growJson(root: JsonObject, random: Random, length: number): JsonObject {
  const copy = mutateJson(root, random) as Record<string, Json>;
  const [holder, key] = randomPlace(copy, random);
  const run = random.pick(runPieces) + (random.int(0, 1) === 0 ? '' : random.pick(runPieces));
  const text = run.repeat(Math.ceil(length / run.length));
  if (Array.isArray(holder)) holder.push(text);
  else {
    const before = holder[key];
    holder[key] = typeof before === 'string' ? before + text : text;
    if (random.int(0, 3) === 0) holder[text] = text;
  }
  return copy;
}

/** Damages bytes: overwrites, cuts, repeats. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  for (let times = random.int(1, 5); times > 0; times--) {
    copy[random.int(0, copy.length - 1)] = random.int(0, 255);
  }
  const cut = random.int(0, 3);
  return cut === 0 ? copy.subarray(0, random.int(0, copy.length)) : copy;
}

function mutateOnce(root: Record<string, Json>, random: Random): void {
  const [holder, key] = randomPlace(root, random);
  if (Array.isArray(holder)) mutateList(holder, random);
  else mutateField(holder, key, random);
}

function mutateList(list: Json[], random: Random): void {
  const at = random.int(0, Math.max(0, list.length - 1));
  const item = list[at];
  switch (random.int(0, 3)) {
    case 0:
      list.splice(at, 1);
      break;
    case 1:
      if (item !== undefined) list.push(structuredClone(item));
      break;
    case 2:
      list.splice(0, list.length, ...random.shuffle(list));
      break;
    default:
      list.splice(at, 0, aJunk(random));
  }
}

function mutateField(holder: Record<string, Json>, key: string, random: Random): void {
  const value = holder[key];
  if (value === undefined) return;
  const text = JSON.stringify(value);
  const isContainer = typeof value === 'object' && value !== null;
  switch (random.int(0, 5)) {
    case 0:
      Reflect.deleteProperty(holder, key);
      break;
    case 1:
      holder[key] = [value];
      break;
    case 2:
      holder[key] = text;
      break;
    case 3:
      holder[key] = isContainer ? Buffer.from(text).toString('base64') : aJunk(random);
      break;
    case 4:
      if (key === 'next_log_ids' || key === 'id') holder[key] = aJunk(random);
      else if (isContainer) Object.defineProperty(holder, '__proto__', { ...own, value });
      break;
    default:
      holder[key] = aJunk(random);
  }
}

const own = { enumerable: true, configurable: true, writable: true };

function aJunk(random: Random): Json {
  return structuredClone(random.pick(junk));
}

/** Walks down at random, so that shallow places are hit as often as deep ones. */
function randomPlace(root: Record<string, Json>, random: Random): [Holder, string] {
  let holder: Holder = root;
  for (;;) {
    const keys = Object.keys(holder);
    if (keys.length === 0) return [holder, ''];
    const key = random.pick(keys);
    const value: Json | undefined = (holder as Record<string, Json>)[key];
    const isHolder = typeof value === 'object' && value !== null;
    if (!isHolder || random.int(0, 4) === 0) return [holder, key];
    holder = value as Holder;
  }
}
