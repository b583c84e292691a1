import type { Json } from '../base/json.ts';
import type { NamedValue, NodeData } from './execution.ts';

/** The values of a variable, one for each round that the record keeps. */
export type Rounds = readonly Json[];

/** The variables of a side of a node, each with its rounds. */
export function roundsOf(values: readonly NamedValue[]): ReadonlyMap<string, Rounds> {
  const rounds = new Map<string, Json[]>();
  for (const { name, value } of values) {
    const known = rounds.get(name);
    if (known === undefined) rounds.set(name, [value]);
    else known.push(value);
  }
  return rounds;
}

/** Of how many rounds a node keeps values: those that gave something, where it gave anything at all. */
export function roundCount({ input, output }: NodeData): number {
  return longestOf(output) || longestOf(input);
}

/** How many rounds the variable has that has most of them. */
export function longestOf(values: readonly NamedValue[]): number {
  return Math.max(0, ...[...roundsOf(values).values()].map(({ length }) => length));
}

/**
 * To which items the rounds of a node belong: its inputs are looked for among what the rounds began with, as they
 * are or as a field of them. Null where they aren't found, or could stand in more than one way.
 */
export function itemsOfRounds(
  { input }: NodeData,
  begun: readonly NamedValue[],
  count: number,
): readonly number[] | null {
  const items = [...roundsOf(begun).values()].flatMap((rounds) => [rounds, ...fieldsOf(rounds)]);
  let found: readonly number[] | null = null;
  for (const rounds of roundsOf(input).values()) {
    if (rounds.length !== count) continue;
    for (const candidates of items) {
      const places = onlyPlaces(rounds, candidates);
      if (places === null) continue;
      // Two variables that tell of different items tell nothing.
      if (found !== null && String(found) !== String(places)) return null;
      found = places;
    }
  }
  return found;
}

/** Puts the rounds of a node's values where their items stand. */
export function atItems(data: NodeData, items: readonly number[]): NodeData {
  const place = (values: readonly NamedValue[]): readonly NamedValue[] => {
    const rounds = roundsOf(values);
    return values.map((value) => {
      if (rounds.get(value.name)?.length !== items.length) return value;
      return { ...value, round: items[value.round ?? 0] ?? value.round };
    });
  };
  return { ...data, input: place(data.input), output: place(data.output) };
}

/** Where the rounds stand among the items, in order; null where nowhere, or where they could stand otherwise. */
function onlyPlaces(rounds: Rounds, items: Rounds): readonly number[] | null {
  const wanted = rounds.map(asText);
  const texts = items.map(asText);
  const first = firstPlaces(wanted, texts);
  if (first === null) return null;
  const last = firstPlaces([...wanted].reverse(), [...texts].reverse());
  const isOnly = last?.every(
    (place, index) => texts.length - 1 - place === first[first.length - 1 - index],
  );
  return isOnly === true ? first : null;
}

function firstPlaces(wanted: readonly string[], texts: readonly string[]): number[] | null {
  const places: number[] = [];
  let from = 0;
  for (const text of wanted) {
    const place = texts.indexOf(text, from);
    if (place === -1) return null;
    places.push(place);
    from = place + 1;
  }
  return places;
}

/** Of items that are objects, each field by itself. */
function fieldsOf(items: Rounds): Rounds[] {
  const objects = items.filter(isObject);
  const [first] = objects;
  if (first === undefined || objects.length < items.length) return [];
  return Object.keys(first).map((name) => objects.map((item) => item[name] ?? null));
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The record writes the same value once as a number and once as text. */
function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
