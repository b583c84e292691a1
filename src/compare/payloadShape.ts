import type { Json } from '../base/json.ts';
import type { NamedValue } from '../trace/execution.ts';
import type { ValuePath } from './comparedRun.ts';
import { isList, isObject } from './jsonValues.ts';
import { type ValueType, valueTypeOf } from './valueType.ts';

/** Where something has another form than in good runs. */
export interface OddPlace {
  readonly kind: 'missing' | 'empty' | 'otherType';
  readonly name: string;
  /** Which of the values; null where it is one of these that is missing. */
  readonly index: number | null;
  /** Within the value; that of a missing field ends with its name. */
  readonly path: ValuePath;
  readonly type: ValueType | null;
  readonly expected: ValueType | null;
  /** How many good runs had it otherwise. */
  readonly goodRuns: number;
}

/** The items of a list are alike: the first ones tell. */
const mostItems = 50;
/** What has more fields is a table by names, which are others in each run. */
const mostFields = 100;
/** Deeper nobody reads. */
const mostDeep = 8;
/** Of what a step gave in one run, some milliseconds; what has more is not judged by its form. */
const mostPlaces = 10_000;

/** What good runs had at a place; all items of a list are one. */
interface Place {
  /** In how many of them something with fields stood here. */
  runs: number;
  /** In how many of them all that could hold it held it. */
  always: number;
  readonly types: Set<ValueType | null>;
  readonly forms: Set<NamedValue['form']>;
  readonly fields: Map<string, Place>;
  items: Place | null;
}

/** A value that is gone into. */
interface Held {
  readonly place: Place;
  readonly value: Json;
  readonly path: ValuePath;
}

/** Which fields good runs have in what a step was given or gave, and of which types they are. */
export class PayloadShape {
  private readonly root = emptyPlace();
  private isCut = false;

  /** What one of them has there. */
  add(values: readonly NamedValue[]): void {
    const holders = new Map<Place, Map<Place, number>>([[this.root, new Map()]]);
    const times = new Map<Place, number>([[this.root, 1]]);
    for (const { name } of values) holders.get(this.root)?.set(fieldOf(this.root, name), 1);
    const todo = values.map((named): Held => {
      const place = fieldOf(this.root, named.name);
      place.types.add(valueTypeOf(named));
      place.forms.add(named.form);
      return { place, value: named.value, path: [] };
    });
    let seen = 0;
    for (let held = todo.pop(); held !== undefined; held = todo.pop()) {
      this.isCut ||= seen++ > mostPlaces;
      if (this.isCut) return;
      const parts = partsOf(held, fieldOf);
      for (const { place, value } of parts) place.types.add(typeOf(value));
      todo.push(...parts);
      if (!isObject(held.value)) continue;
      const counts = holders.get(held.place) ?? new Map<Place, number>();
      holders.set(held.place, counts);
      times.set(held.place, (times.get(held.place) ?? 0) + 1);
      for (const { place } of parts) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    for (const [holder, counts] of holders) {
      holder.runs++;
      for (const [field, count] of counts) if (count === times.get(holder)) field.always++;
    }
  }

  /** Where these are not as in all of the good runs, of which there are so many at least: each place once. */
  *oddIn(values: readonly NamedValue[], least: number): Generator<OddPlace, void> {
    if (this.isCut || this.root.runs < least) return;
    const names = new Set(values.map(({ name }) => name));
    for (const [name, { always }] of this.root.fields) {
      if (names.has(name) || always < this.root.runs) continue;
      yield { ...nothingOdd, kind: 'missing', name, index: null, goodRuns: always };
    }
    const told = new Set<Place>();
    for (const [index, named] of values.entries()) {
      const place = this.root.fields.get(named.name);
      if (place === undefined || place.always < this.root.runs) continue;
      const at = { name: named.name, index };
      const odd = told.has(place) ? null : oddType(place, named, place.always);
      if (odd !== null) {
        told.add(place);
        yield { ...at, path: [], ...odd };
      } else {
        for (const one of oddWithin({ place, value: named.value, path: [] }, least, told)) {
          yield { ...at, ...one };
        }
      }
    }
  }
}

const nothingOdd = { path: [], type: null, expected: null } as const;

function* oddWithin(
  top: Held,
  least: number,
  told: Set<Place>,
): Generator<Omit<OddPlace, 'name' | 'index'>, void> {
  const todo = [top];
  let seen = 0;
  for (let held = todo.pop(); held !== undefined && seen++ < mostPlaces; held = todo.pop()) {
    const { place, value, path } = held;
    const object = isObject(value) && place.runs >= least ? value : null;
    for (const [name, field] of object === null ? [] : place.fields) {
      if (
        object === null ||
        Object.hasOwn(object, name) ||
        field.always < place.runs ||
        told.has(field)
      )
        continue;
      told.add(field);
      yield { ...nothingOdd, kind: 'missing', path: [...path, name], goodRuns: field.always };
    }
    const parts = partsOf(held, (of, name) => of.fields.get(name));
    const further: Held[] = [];
    for (const part of parts) {
      const isAlways = object !== null && part.place.always === place.runs;
      const odd =
        isAlways && !told.has(part.place)
          ? oddType(part.place, { value: part.value, form: 'json' }, part.place.always)
          : null;
      if (odd === null) further.push(part);
      else {
        told.add(part.place);
        yield { path: part.path, ...odd };
      }
    }
    todo.push(...further.reverse());
  }
}

type OddType = Pick<OddPlace, 'kind' | 'type' | 'expected' | 'goodRuns'>;

function oddType(
  { types, forms }: Place,
  value: Pick<NamedValue, 'value' | 'form'>,
  goodRuns: number,
): OddType | null {
  const type = typeOf(value.value, value.form);
  if (type === null || types.has(type)) return null;
  if (type === 'nothing') return { kind: 'empty', type: null, expected: null, goodRuns };
  const [expected = null, ...others] = [...types].filter((one) => one !== 'nothing');
  if (expected === null || others.length > 0) return null;
  // Services of another release write the same as a text; a list is no object in any of them.
  const isPlain = [type, expected].every((one) => one === 'list' || one === 'object');
  const isWrittenTheSame = forms.size === 0 || (forms.size === 1 && forms.has(value.form));
  return isPlain || isWrittenTheSame ? { kind: 'otherType', type, expected, goodRuns } : null;
}

function typeOf(value: Json, form: NamedValue['form'] = 'json'): ValueType | null {
  return valueTypeOf({ value, form });
}

/** The parts of a value with what is known of their places; with less where nothing is. */
function partsOf(
  { place, value, path }: Held,
  find: (holder: Place, name: string) => Place | undefined,
): Held[] {
  if (path.length >= mostDeep) return [];
  if (isList(value)) {
    const items = (place.items ??= emptyPlace());
    return value.slice(0, mostItems).map((item, at) => ({
      ...{ place: items, value: item, path: [...path, at] },
    }));
  }
  if (!isObject(value)) return [];
  const names = Object.keys(value);
  if (names.length > mostFields) return [];
  return names.flatMap((name) => {
    const field = find(place, name);
    return field === undefined
      ? []
      : [{ place: field, value: value[name] ?? null, path: [...path, name] }];
  });
}

function fieldOf(holder: Place, name: string): Place {
  const known = holder.fields.get(name) ?? emptyPlace();
  holder.fields.set(name, known);
  return known;
}

function emptyPlace(): Place {
  return {
    ...{ runs: 0, always: 0, types: new Set(), forms: new Set() },
    ...{ fields: new Map(), items: null },
  };
}
