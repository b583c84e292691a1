import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from './fields.ts';

/** What carries a record inside something of its own. */
export interface Envelope {
  /** As its users call it. */
  readonly kind: string;
  /** What is inside, as text or already as JSON; undefined where it is another kind. */
  readonly open: (root: JsonObject) => Json | undefined;
}

/** Envelopes in envelopes: a shipper reads the log of a container that printed an export. */
const deepest = 8;

/**
 * Every envelope that is known, the telling ones first. Topic browsers write the names of fields as they like, so
 * names are looked for in any case.
 */
export const envelopes: readonly Envelope[] = [
  {
    kind: 'Redpanda Console',
    open: (root) => (has(root, 'partitionid') ? payloadOf(field(root, 'value')) : undefined),
  },
  {
    kind: 'Kafka topic browser',
    open: (root) =>
      has(root, 'offset') && (has(root, 'partition') || has(root, 'timestamp'))
        ? first(root, ['value', 'content', 'payload', 'message'])
        : undefined,
  },
  {
    kind: 'Kafka Connect',
    open: (root) =>
      has(root, 'schema') && has(root, 'payload') ? field(root, 'payload') : undefined,
  },
  {
    kind: 'Debezium',
    open: (root) => (has(root, 'op') && has(root, 'after') ? field(root, 'after') : undefined),
  },
  { kind: 'Elasticsearch', open: (root) => field(root, '_source') },
  {
    kind: 'CloudEvents',
    open: (root) => (has(root, 'specversion') ? field(root, 'data') : undefined),
  },
  {
    kind: 'Logstash',
    open: (root) => {
      const event = field(root, 'event');
      return isObject(event) ? text(event['original']) : text(root['event.original']);
    },
  },
  {
    kind: 'Filebeat',
    open: (root) =>
      has(root, '@timestamp')
        ? (text(field(root, 'message')) ?? nested(root, ['json']))
        : undefined,
  },
  { kind: 'Docker', open: (root) => text(root['log']) },
  { kind: 'journald', open: (root) => text(root['MESSAGE']) },
  { kind: 'Loki', open: (root) => text(root['line']) ?? text(root['entry']) },
  {
    kind: 'OpenTelemetry log',
    open: (root) => {
      const body = field(root, 'body');
      return isObject(body) ? text(body['stringValue']) : text(body);
    },
  },
  {
    // A row of an outbox table, a shipper's own form, a message queue's: one field that holds a text that is a record.
    kind: 'one field',
    open: (root) =>
      first(root, [
        'value',
        'content',
        'payload',
        'message',
        'record',
        'data',
        'raw',
        'msg',
        'event',
      ]),
  },
];

/** Takes a record out of the envelopes that it came in, with the text it was parsed from; undefined where none is inside. */
export function openEnvelopes(
  root: Json,
  parse: (text: string) => Json | undefined,
  isRecord: (root: JsonObject) => boolean,
): { readonly root: JsonObject; readonly text: string | undefined } | undefined {
  return open(root, undefined, deepest, { parse, isRecord, tried: new Set() });
}

interface Opening {
  readonly parse: (text: string) => Json | undefined;
  readonly isRecord: (root: JsonObject) => boolean;
  /** An envelope may be of several kinds that hold the same: eight levels of three are 6,561 ways to one text. */
  readonly tried: Set<Json>;
}

function open(
  root: Json,
  from: string | undefined,
  left: number,
  opening: Opening,
): { readonly root: JsonObject; readonly text: string | undefined } | undefined {
  if (left === 0 || opening.tried.has(root)) return undefined;
  opening.tried.add(root);
  if (typeof root === 'string') {
    const trimmed = root.trim();
    // A record, a text of one, or a list of one; a run of brackets is none, and may be too deep to be parsed.
    if (!/^(?:[{"]|\[\s*[{"])/.test(trimmed)) return undefined;
    const parsed = opening.parse(trimmed);
    return parsed === undefined ? undefined : open(parsed, trimmed, left - 1, opening);
  }
  if (Array.isArray(root)) {
    const [only] = root as readonly Json[];
    return root.length === 1 && only !== undefined
      ? open(only, from, left - 1, opening)
      : undefined;
  }
  if (!isObject(root)) return undefined;
  if (opening.isRecord(root)) return { root, text: from };
  for (const envelope of envelopes) {
    const content = envelope.open(root);
    if (content === undefined) continue;
    const opened = open(content, from, left - 1, opening);
    if (opened !== undefined) return opened;
  }
  return undefined;
}

/** The kind of envelope that something looks like, for the reason why it is not read; undefined without one. */
export function envelopeKind(root: JsonObject): string | undefined {
  return envelopes.find(({ kind, open: take }) => kind !== 'one field' && take(root) !== undefined)
    ?.kind;
}

function has(root: JsonObject, name: string): boolean {
  return field(root, name) !== undefined;
}

/** A field by its name in any case. */
function field(root: JsonObject, name: string): Json | undefined {
  const exact = root[name];
  if (exact !== undefined) return exact;
  const key = Object.keys(root)
    .slice(0, mostFields)
    .find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : root[key];
}
/** An envelope has some fields; an object of thousands is something else, and is not looked through for each name. */
const mostFields = 64;

function first(root: JsonObject, names: readonly string[]): Json | undefined {
  for (const name of names) {
    const found = field(root, name);
    if (typeof found === 'string' || isObject(found) || Array.isArray(found))
      return payloadOf(found);
  }
  return undefined;
}

/** Some wrap the value once more, with what they know of its form. */
function payloadOf(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value;
  return value['payload'] ?? value['data'] ?? value['value'] ?? value;
}

function nested(root: JsonObject, names: readonly string[]): Json | undefined {
  return names.map((name) => root[name]).find((found) => isObject(found));
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
