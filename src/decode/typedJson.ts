import type { Json, JsonObject } from '../base/json.ts';
import { isList, isObject } from './fields.ts';

/** How a store writes values with their types around them: what each type's wrapper holds, by its name. */
type Wrappers = Readonly<Record<string, (content: Json) => Json | undefined>>;

const text = (content: Json) => (typeof content === 'string' ? content : undefined);
const number = (content: Json) => (typeof content === 'number' ? content : undefined);
const list = (content: Json) => (isList(content) ? content : undefined);
const object = (content: Json) => (isObject(content) ? content : undefined);
const truth = (content: Json) => (typeof content === 'boolean' ? content : undefined);

/** A number that was written as text; one that has more digits than a number holds stays text. */
function written(content: Json): Json | undefined {
  if (typeof content !== 'string' || content.trim() === '') return undefined;
  // A text in a number's place may look like one to JavaScript alone: `0x10`.
  if (!/^[-+]?[\d.]+(?:[eE][-+]?\d+)?$/.test(content)) return content;
  const value = Number(content);
  return Number.isSafeInteger(value) || (Number.isFinite(value) && /[.eE]/.test(content))
    ? value
    : content;
}

/** DynamoDB's: every value has one. */
const dynamo: Wrappers = {
  ...{
    S: text,
    B: text,
    N: written,
    BOOL: truth,
    M: object,
    L: list,
    SS: list,
    NS: (content) => (isList(content) ? content.map((item) => written(item) ?? item) : undefined),
    BS: list,
  },
  NULL: () => null,
};
/** Avro's: what may be of several types, such as what may be missing. */
const avro: Wrappers = {
  ...{ string: text, bytes: text, int: number, long: number, float: number, double: number },
  ...{ boolean: truth, array: list, map: object, record: object },
};
/** A text, or milliseconds in a wrapper of their own. */
function dateOf(content: Json): Json | undefined {
  return isObject(content) ? written(content['$numberLong'] ?? null) : content;
}
/** MongoDB's extended JSON: what JSON has no type for. */
const mongo: Wrappers = {
  ...{ $oid: text, $numberInt: written, $numberLong: written, $numberDouble: written },
  ...{ $numberDecimal: written, $date: dateOf },
};

/** A record of Avro is called by its full name. */
const fullName = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
/** By these fields of a record, of its status and of its first entry it is told whether it was written with types. */
const ofRecord = ['sid', 'sub', 'status', 'trace'];
const ofStatus = ['code', 'message'];
const ofEntry = ['id', 'node_id', 'node_name', 'start_time', 'duration'];
/** Deeper values stay as they are. */
const deepest = 200;

/** A record that was written with the types around its values, without them; undefined for any other. */
export function withoutTypes(root: JsonObject): JsonObject | undefined {
  if (isPlainly(root)) return undefined;
  const wrappers = wrappersOf(root);
  if (wrappers === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(root).map(([name, value]) => [name, plain(value, wrappers, 0)]),
  );
}

/**
 * Whether none of these fields holds an object: nearly always, and seen in a fraction of the time. A status that has
 * a code is none that stands around another.
 */
function isPlainly({ sid, sub, status, trace }: JsonObject): boolean {
  if (typeof sid === 'object' || typeof sub === 'object') return false;
  if (isObject(status)) {
    const { code, message } = status;
    if (code === undefined || typeof code === 'object' || typeof message === 'object') return false;
  }
  if (trace === undefined) return true;
  if (!isList(trace)) return false;
  const entry = trace[0];
  return entry === undefined || !isObject(entry) || isPlainEntry(entry);
}

function isPlainEntry({ id, node_id, node_name, start_time, duration }: JsonObject): boolean {
  if (typeof id === 'object' || typeof node_id === 'object') return false;
  if (typeof node_name === 'object' || typeof start_time === 'object') return false;
  return typeof duration !== 'object';
}

function wrappersOf(root: JsonObject): Wrappers | undefined {
  const { status, trace } = root;
  const entry = isList(trace) ? trace[0] : undefined;
  return (
    wrappersIn(root, ofRecord) ??
    (isObject(status) ? wrappersIn(status, ofStatus) : undefined) ??
    (isObject(entry) ? wrappersIn(entry, ofEntry) : undefined)
  );
}

const families = [dynamo, avro, mongo];

function wrappersIn(object: JsonObject, names: readonly string[]): Wrappers | undefined {
  for (const name of names) {
    const value = object[name];
    // Of most records none of them is an object but the status and the data of an entry.
    if (!isObject(value) || onlyNameOf(value) === undefined) continue;
    const found = families.find((wrappers) => unwrapped(value, wrappers) !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function plain(value: Json, wrappers: Wrappers, depth: number): Json {
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  if (isList(value)) return value.map((item) => plain(item, wrappers, depth + 1));
  if (!isObject(value)) return value;
  const inner = unwrapped(value, wrappers);
  if (inner !== undefined) {
    // What was in it has wrappers of its own, each around a value.
    return isObject(inner) ? fieldsOf(inner, wrappers, depth) : plain(inner, wrappers, depth + 1);
  }
  return fieldsOf(value, wrappers, depth);
}

function fieldsOf(value: JsonObject, wrappers: Wrappers, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, plain(item, wrappers, depth + 1)]),
  );
}

/** The name of an object's one field; undefined where it has none or more. Each record is asked: no list is made. */
function onlyNameOf(value: JsonObject): string | undefined {
  let only: string | undefined;
  for (const name in value) {
    if (only !== undefined) return undefined;
    only = name;
  }
  return only;
}

/** What stands in a wrapper; undefined where a value is none. */
function unwrapped(value: JsonObject, wrappers: Wrappers): Json | undefined {
  const name = onlyNameOf(value);
  if (name === undefined) return undefined;
  const content = value[name] ?? null;
  const read = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  if (read !== undefined) return read(content);
  return wrappers === avro && fullName.test(name) ? object(content) : undefined;
}
