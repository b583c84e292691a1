import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from './fields.ts';

/** What carries a record inside something of its own. */
export interface Envelope {
  /** As its users call it. */
  readonly kind: string;
  /** What is inside, as text or already as JSON; undefined where it is another kind. */
  readonly open: (fields: Fields) => Json | undefined;
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
    open: (fields) => (fields.has('partitionid') ? payloadOf(fields.get('value')) : undefined),
  },
  {
    kind: 'Kafka topic browser',
    open: (fields) =>
      fields.has('offset') && (fields.has('partition') || fields.has('timestamp'))
        ? first(fields, ['value', 'content', 'payload', 'message'])
        : undefined,
  },
  {
    kind: 'Kafka Connect',
    open: (fields) =>
      fields.has('schema') && fields.has('payload') ? fields.get('payload') : undefined,
  },
  {
    kind: 'Debezium',
    open: (fields) => (fields.has('op') && fields.has('after') ? fields.get('after') : undefined),
  },
  { kind: 'Elasticsearch', open: (fields) => fields.get('_source') },
  {
    kind: 'CloudEvents',
    open: (fields) => (fields.has('specversion') ? fields.get('data') : undefined),
  },
  {
    kind: 'Logstash',
    open: (fields) => {
      const event = fields.get('event');
      return isObject(event) ? text(event['original']) : text(fields.root['event.original']);
    },
  },
  {
    kind: 'Filebeat',
    open: (fields) =>
      fields.has('@timestamp')
        ? (text(fields.get('message')) ?? objectIn(fields.get('json')))
        : undefined,
  },
  { kind: 'Docker', open: (fields) => text(fields.root['log']) },
  { kind: 'journald', open: (fields) => text(fields.root['MESSAGE']) },
  { kind: 'Loki', open: (fields) => text(fields.root['line']) ?? text(fields.root['entry']) },
  {
    kind: 'OpenTelemetry log',
    open: (fields) => {
      const body = fields.get('body');
      return isObject(body) ? text(body['stringValue']) : text(body);
    },
  },
  {
    // A row of an outbox table, a shipper's own form, a message queue's: one field that holds a text that is a record.
    kind: 'one field',
    open: (fields) =>
      first(fields, [
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
  const fields = new Fields(root);
  for (const envelope of envelopes) {
    const content = envelope.open(fields);
    if (content === undefined) continue;
    const opened = open(content, from, left - 1, opening);
    if (opened !== undefined) return opened;
  }
  return undefined;
}

/** The kind of envelope that something looks like, for the reason why it is not read; undefined without one. */
export function envelopeKind(root: JsonObject): string | undefined {
  const fields = new Fields(root);
  return envelopes.find(
    ({ kind, open: take }) => kind !== 'one field' && take(fields) !== undefined,
  )?.kind;
}

/** An envelope has some fields; an object of thousands is something else. */
const mostFields = 64;

/** The fields of an object, by their names in any case. */
class Fields {
  readonly root: JsonObject;
  private byName: ReadonlyMap<string, Json> | undefined;

  constructor(root: JsonObject) {
    this.root = root;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get(name: string): Json | undefined {
    const exact = this.root[name];
    return exact === undefined ? (this.byName ??= this.lowered()).get(name) : exact;
  }

  /** Made once: to list the names of an object of hundreds of thousands takes as long as parsing it. */
  private lowered(): ReadonlyMap<string, Json> {
    const entries = Object.keys(this.root)
      .slice(0, mostFields)
      .map((name) => [name.toLowerCase(), this.root[name] ?? null] as const);
    // The first of several counts.
    return new Map(entries.reverse());
  }
}

function first(fields: Fields, names: readonly string[]): Json | undefined {
  for (const name of names) {
    const found = fields.get(name);
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

function objectIn(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
