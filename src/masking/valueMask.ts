import type { Json, JsonObject } from '../base/json.ts';
import { cutMark, deepestValue } from '../trace/cutMark.ts';
import { isMadeValue } from './madeValue.ts';
import { namesLogin } from './loginName.ts';
import { maskMark, maskSecretValue } from './maskSecret.ts';
import type { Fields, MaskField, MaskItem, PartsRoom } from './partsRoom.ts';
import { holdsValue, isNamedBefore, isReference, isValueOfPair, namesOfPair } from './namedPair.ts';
import { isStorage, isStoredSecret } from './pairs.ts';
import { withNames } from './shownNames.ts';
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
  private room: PartsRoom | undefined;

  constructor(names: NameJudge, texts: MaskTexts) {
    this.names = names;
    this.texts = texts;
  }

  /** The value of a field, or its beginning for which there is room; its name decides too. */
  field(name: string, value: Json, room?: PartsRoom): Json {
    this.room = room;
    return this.maskField(name, value, typeof value === 'string' && isHeaders(name), 0);
  }

  /** The parts of a list, each masked. */
  private items(list: readonly Json[], mask: MaskItem): Json {
    const { room } = this;
    if (room === undefined) return list.map(mask);
    return room.items(list, (item, index) => {
      // It may be masked later.
      this.room = room;
      return mask(item, index);
    });
  }

  /** The fields of an object, each masked: their names and values. */
  private fields(entries: Fields, mask: MaskField): Json {
    return this.room === undefined
      ? withNames(entries.map(([key, item]) => [key, mask(key, item)]))
      : this.room.fields(entries, mask, (key) => this.texts.name(key));
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
