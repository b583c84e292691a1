import { withoutColours } from '../base/colours.ts';
import { DistinctNames } from '../base/distinctNames.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { cutMark, deepestValue } from '../trace/cutMark.ts';
import { isMadeValue } from './madeValue.ts';
import { namesLogin } from './loginName.ts';
import { maskMark, maskSecretValue } from './maskSecret.ts';
import { LazyLists } from './lazyLists.ts';
import { costOf, type MaskRoom } from './maskRoom.ts';
import { holdsValue, isNamedBefore, isReference, isValueOfPair, namesOfPair } from './namedPair.ts';
import { isStorage, isStoredSecret } from './pairs.ts';
import { noParts, type Reading, type SecretParts } from './reading.ts';
import type { NameJudge } from './secretNames.ts';
import { partsOfList, partsOfObject } from './secretParts.ts';
import { describesField, namesCookie } from './secretSpan.ts';
import { holdsCells, isValueOfCell } from './tables.ts';

/** How the texts of a value are masked, each by where it stands. */
export interface MaskTexts {
  /** A text that is a value. */
  value(text: string): string;
  /** The name of a field. */
  name(text: string): string;
  /** A configuration in text, all of whose values are secret. */
  group(text: string): string;
}

type Rows = Exclude<SecretParts['rows'], undefined>;

const jsonReading: Reading<Json> = {
  text: (value) =>
    typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined,
  items: (value) => (isArray(value) ? value : undefined),
  entries: (value) =>
    typeof value === 'object' && value !== null && !isArray(value)
      ? Object.entries(value)
      : undefined,
};

/** Masks structured values: what is secret by its name, its place or its neighbour; every other text goes through `texts`. */
export class ValueMask {
  private readonly names: NameJudge;
  private readonly texts: MaskTexts;
  /** For the beginning of the value that is masked now; undefined where all of it is. */
  private room: MaskRoom | LazyLists | undefined;

  constructor(names: NameJudge, texts: MaskTexts) {
    this.names = names;
    this.texts = texts;
  }

  /** The value of a field, or its beginning for which there is room; its name decides too. */
  field(name: string, value: Json, room?: MaskRoom | LazyLists): Json {
    this.room = room;
    return this.maskField(name, value, typeof value === 'string' && isHeaders(name), 0);
  }

  /** The parts of a list, each masked. */
  private items(list: readonly Json[], mask: (item: Json, index: number) => Json): Json {
    const { room } = this;
    if (room === undefined) return list.map(mask);
    if (room instanceof LazyLists) {
      if (!room.isLong(list)) return list.map(mask);
      return room.masked(list, (item, index) => {
        this.room = room;
        return mask(item, index);
      });
    }
    const masked: Json[] = [];
    const wanted = placeIn(list.length, room.wanted?.last, Number);
    const itemAt = (place: number) => list[place] ?? null;
    let from = -1;
    for (const place of room.places(list.length, wanted, itemAt)) {
      if (from < 0) from = place;
      const item = itemAt(place);
      room.spend(costOf(item));
      masked.push(room.within(String(place), () => mask(item, place)));
    }
    room.leaveOut(masked, masked.length, list.length, from);
    return masked;
  }

  /** The fields of an object, each masked: their names and values. */
  private fields(
    entries: readonly (readonly [string, Json])[],
    mask: (name: string, value: Json) => readonly [string, Json],
  ): Json {
    const { room } = this;
    if (room === undefined || room instanceof LazyLists)
      return withNames(entries.map(([key, item]) => [key, mask(key, item)]));
    const { last } = room.wanted ?? {};
    // Names before it may be hidden, and then have numbers: where it stands is known by all of them.
    const names = last === undefined ? undefined : this.shownNames(entries);
    const plain = names?.map(withoutColours);
    const masked: Masked[] = [];
    const partAt = (place: number) => entries[place]?.[1] ?? null;
    const wanted = placeIn(entries.length, last, (name) => plain?.indexOf(name) ?? -1);
    let from = -1;
    for (const place of room.places(entries.length, wanted, partAt)) {
      const [key, item] = entries[place] ?? ['', null];
      if (from < 0) from = place;
      room.spend(key.length + costOf(item));
      masked.push([key, room.within(plain?.[place] ?? key, () => mask(key, item))]);
    }
    const given =
      from > 0 && names !== undefined
        ? Object.fromEntries(masked.map(([, [, value]], at) => [names[from + at] ?? '', value]))
        : withNames(masked);
    room.leaveOut(given, masked.length, entries.length, from);
    return given;
  }

  /** The names of all fields as they are shown. */
  private shownNames(entries: readonly (readonly [string, Json])[]): readonly string[] {
    return distinct(entries.map(([key]) => [key, this.texts.name(key)] as const));
  }

  private maskField(name: string, value: Json, inHeaders: boolean, depth: number): Json {
    const kind = this.names.kindOf(name);
    if (kind === 'secret') return this.hide(value, depth, namesLogin(name));
    if (kind === 'secretIfMade' && (typeof value === 'string' || !isHeaders(name)))
      return this.hideMade(name, value, depth);
    if (inHeaders && typeof value === 'string' && isOpaqueHeader(name, value)) {
      return maskSecretValue(value);
    }
    if (typeof value === 'string') return this.texts.value(value);
    if (typeof value !== 'object' || value === null) return value;
    return this.maskValue(value, isHeaders(name), depth);
  }

  private maskValue(value: Json, inHeaders: boolean, depth: number): Json {
    if (typeof value === 'string') return this.texts.value(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= deepestValue) return cutMark;
    if (isArray(value)) return this.maskList(value, inHeaders, depth);
    const entries = Object.entries(value);
    const isSecretPair = namesOfPair(entries).some((name) => this.names.isSecret(name));
    const { parts, rows, within } = partsOfObject(entries, jsonReading, this.names);
    return this.fields(entries, (key, item) => {
      const name = this.texts.name(key);
      if (isSecretPair && holdsValue(key)) return [name, this.hidePart(key, item, depth + 1)];
      if (parts.has(key)) return [name, this.hideCell(item, depth + 1)];
      if (within?.under === key && isArray(item))
        return [name, this.maskRow(item, within.parts, depth + 1)];
      if (rows?.under === key && isArray(item)) return [name, this.maskRows(item, rows, depth + 1)];
      if (isStorage(key) && isArray(item)) return [name, this.maskStorage(item, depth + 1)];
      return [name, this.maskField(key, item, inHeaders, depth + 1)];
    });
  }

  private maskList(list: readonly Json[], inHeaders: boolean, depth: number): Json {
    const { parts, rows, within } = partsOfList(list, jsonReading, this.names);
    if (rows !== undefined) return this.maskRows(list, rows, depth);
    return this.items(list, (item, index) => {
      if (within?.under === String(index) && isArray(item))
        return this.maskRow(item, within.parts, depth + 1);
      return isNamedBefore(list, index, this.names) || parts.has(String(index))
        ? this.hide(item, depth + 1)
        : this.maskValue(item, inHeaders, depth + 1);
    });
  }

  /** A table, some of whose cells are secret. */
  private maskRows(list: readonly Json[], rows: Rows, depth: number): Json {
    return this.items(list, (row, index) => {
      const cells = rows.cellsOf(index);
      if (cells === undefined || typeof row !== 'object' || row === null)
        return this.maskValue(row, false, depth + 1);
      return this.maskRow(row, cells, depth + 1);
    });
  }

  private maskRow(
    row: JsonObject | readonly Json[],
    cells: ReadonlySet<string>,
    depth: number,
  ): Json {
    if (depth >= deepestValue) return cutMark;
    if (isArray(row)) {
      return this.items(row, (cell, column) =>
        cells.has(String(column))
          ? this.hideCell(cell, depth + 1)
          : this.maskValue(cell, false, depth + 1),
      );
    }
    return this.fields(Object.entries(row), (key, cell) => {
      const name = this.texts.name(key);
      if (cells.has(key)) return [name, this.hideCell(cell, depth + 1)];
      if (holdsCells(key) && isArray(cell)) return [name, this.maskRow(cell, cells, depth + 1)];
      return [name, this.maskField(key, cell, false, depth + 1)];
    });
  }

  private hideCell(cell: Json, depth: number): Json {
    return typeof cell === 'string' && !isValueOfCell(cell) ? cell : this.hide(cell, depth);
  }

  /** What a browser keeps for a page: values that look made are tokens. */
  private maskStorage(list: readonly Json[], depth: number): Json {
    return this.items(list, (item) => {
      if (typeof item !== 'object' || item === null || isArray(item))
        return this.maskValue(item, false, depth + 1);
      const secret = Object.entries(item).filter(
        ([key, value]) => typeof value === 'string' && isStoredSecret(key, value),
      );
      const keys = secret.length === 0 ? noParts : new Set(secret.map(([key]) => key));
      return keys.size === 0
        ? this.maskValue(item, false, depth + 1)
        : this.maskRow(item, keys, depth + 1);
    });
  }

  /** What looks generated, under a name that ordinary values have as well. */
  private hideMade(name: string, value: Json, depth: number): Json {
    if (typeof value === 'string')
      return isMadeValue(name, value) ? maskSecretValue(value) : this.texts.value(value);
    if (typeof value !== 'object' || value === null || depth >= deepestValue)
      return this.maskValue(value, false, depth);
    if (isArray(value)) return this.items(value, (item) => this.hideMade(name, item, depth + 1));
    return this.fields(Object.entries(value), (key, item) => [
      this.texts.name(key),
      this.names.isSecret(key) ? this.hide(item, depth + 1) : this.hideMade(name, item, depth + 1),
    ]);
  }

  /** What a pair of a secret name holds; the type of it and references stay. */
  private hidePart(key: string, value: Json, depth: number): Json {
    const isPart = typeof value === 'object' && value !== null && !isArray(value);
    if (isValueOfPair(key, value) && !(isPart && 'content' in value))
      return this.hide(value, depth);
    if (!isPart || depth >= deepestValue) return this.maskValue(value, false, depth);
    return this.fields(Object.entries(value), (inner, item) => [
      this.texts.name(inner),
      holdsValue(inner) && !isReference(value)
        ? this.hidePart(inner, item, depth + 1)
        : this.maskField(inner, item, false, depth + 1),
    ]);
  }

  /** Everything under a secret name, numbers too; yes, no and nothing are no secrets. */
  private hide(value: Json, depth: number, hidesEnd = false): Json {
    if (typeof value === 'string') {
      const inner = innerObject(value);
      // A small number under `token` is a count.
      if (/^\d{1,5}$/.test(value)) return maskMark;
      if (!inner) return maskSecretValue(value, hidesEnd);
      return this.texts.group(value);
    }
    if (typeof value === 'number') return maskMark;
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= deepestValue) return cutMark;
    if (isArray(value)) return this.items(value, (item) => this.hide(item, depth + 1, hidesEnd));
    return this.fields(Object.entries(value), (key, item) => [
      this.texts.name(key),
      describesType(key, item) ? item : this.hide(item, depth + 1, hidesEnd),
    ]);
  }
}

/** A field with its own name, and its name and value masked. */
type Masked = readonly [key: string, masked: readonly [name: string, value: Json]];

/** An object of fields, masked. Names that became the same mark stay two. */
function withNames(masked: readonly Masked[]): JsonObject {
  const names = distinct(masked.map(([key, [name]]) => [key, name] as const));
  // fromEntries defines properties: a key `__proto__` stays a key.
  return Object.fromEntries(masked.map(([, [, value]], at) => [names[at] ?? '', value]));
}

/** Names as they are shown, each once. */
function distinct(names: readonly (readonly [key: string, shown: string])[]): readonly string[] {
  if (names.every(([key, shown]) => key === shown)) return names.map(([key]) => key);
  const once = new DistinctNames();
  return names.map(([, shown]) => once.unused(shown));
}

/** Which part is meant; -1 for none. */
function placeIn(
  size: number,
  last: string | number | undefined,
  placeOf: (name: string) => number,
): number {
  const place = typeof last === 'string' ? placeOf(last) : (last ?? -1);
  return Number.isInteger(place) && place < size ? place : -1;
}

/** {"password": {"type": "string"}}: a schema, no secret; and what a cookie is called. */
function describesType(key: string, value: Json): boolean {
  // A longer number is no length that anybody asks of a secret.
  if (typeof value === 'number')
    return /^\d{1,3}$/.test(String(value)) && /^(?:min|max)_?length$/i.test(key);
  if (typeof value !== 'string') return false;
  return (key === 'type' && describesField(value)) || (key === 'name' && namesCookie.test(value));
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A configuration under a name like `auth` is read on, not hidden whole: its names and numbers stay. */
function innerObject(text: string): boolean {
  return /^\s*(?:\{\s*|\[\s*(?:[[{]\s*)?)\\*["']/.test(text);
}

function isHeaders(name: string): boolean {
  const last = name.charCodeAt(name.length - 1) | 0x20;
  if (last !== 0x72 && last !== 0x73) return false;
  return /(?:^|[_-])headers?$/i.test(name) || name.endsWith('Headers') || name.endsWith('Header');
}

const plainHeader =
  /(?:^|[-_])(?:id|uid|sid|type|version|agent|host|accept|language|encoding|length|date|trace|traceparent|referer|origin|code|message|status|control|url|name|domain|tenant|locale|charset|connection)$/i;

/** A header of a name we don't know, with a value that looks made rather than written. */
function isOpaqueHeader(name: string, value: string): boolean {
  if (plainHeader.test(name)) return false;
  return (
    value.length >= 16 && !/[^\w+/=.~-]/.test(value) && /\d/.test(value) && /[a-z]/i.test(value)
  );
}
