import type { Json } from '../../src/base/json.ts';
import { JsonScan } from '../../src/decode/bytes/jsonScan.ts';
import { largePlaces, type PlaceSizes } from '../../src/decode/bytes/largePlaces.ts';
import { lazyValue } from '../../src/decode/bytes/lazyValue.ts';

/** A value that is read from its bytes where somebody looks, and how much of its text was parsed so far. */
export interface Lazily {
  readonly value: Json;
  readonly parsed: number;
  /** How often there was a pause while its parts were noted. */
  readonly pauses: number;
}

/** Reads a JSON text so; what is smaller than `sizes` is parsed. */
export function lazily(text: string, sizes: PlaceSizes): Lazily {
  const json = new JsonScan(Buffer.from(text));
  const steps = largePlaces(json, json.afterSpace(0), sizes);
  let pauses = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) pauses++;
  let parsed = 0;
  const parse = (part: string): Json => {
    parsed += part.length;
    return JSON.parse(part) as Json;
  };
  const value = step.value === undefined ? parse(text) : lazyValue(json, step.value, parse);
  return {
    value,
    pauses,
    get parsed() {
      return parsed;
    },
  };
}
