import type { Json, JsonObject } from '../../src/base/json.ts';
import type { Random } from '../../src/sources/sample/random.ts';
import { plantedCases, type PlantedCase } from './secretCorpus.ts';

/** Every notation with secrets that hold all kinds of signs. */
const cases = plantedCases(12);

/** A record with a secret in some notation in some place that is shown, and which. */
export function plantSecret(
  root: JsonObject,
  random: Random,
): { readonly root: JsonObject; readonly planted: PlantedCase } {
  const planted = random.pick(cases);
  const { value } = planted;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const entries = Array.isArray(root['trace']) ? (root['trace'] as readonly Json[]) : [];
  const objects = entries.filter((entry): entry is JsonObject => isObject(entry));
  if (objects.length === 0 || random.int(0, 4) === 0) {
    const status = isObject(root['status']) ? root['status'] : { code: 1 };
    return { root: { ...root, status: { ...status, message: text } }, planted };
  }
  const chosen = random.pick(objects);
  const trace = entries.map((entry) =>
    entry === chosen ? withSecret(chosen, value, text, random) : entry,
  );
  return { root: { ...root, trace }, planted };
}

function withSecret(entry: JsonObject, value: Json, text: string, random: Random): JsonObject {
  const data = isObject(entry['data']) ? entry['data'] : {};
  switch (random.int(0, 3)) {
    case 0:
      return { ...entry, logs: [JSON.stringify({ level: 'ERROR', message: text, time: '' })] };
    case 1:
      return { ...entry, node_name: text };
    default: {
      const side = random.pick(['input', 'output', 'config']);
      const before = isObject(data[side]) ? data[side] : {};
      return { ...entry, data: { ...data, [side]: { ...before, planted: value } } };
    }
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
