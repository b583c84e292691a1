import type { Json, JsonObject } from '../base/json.ts';
import { nestedFields } from '../base/nestedFields.ts';
import { isList, isObject } from './fields.ts';

/** What carries a record inside something of its own. */
export interface Envelope {
  /** As its users call it. */
  readonly kind: string;
  /** What is inside, as text or already as JSON; undefined where it is another kind. */
  readonly open: (fields: EnvelopeFields) => Json | undefined;
}

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
  {
    kind: 'Debezium',
    open: (fields) => (fields.get('op') === 'd' ? fields.get('before') : undefined),
  },
  {
    kind: 'Elasticsearch',
    open: (fields) =>
      fields.get('_source') ??
      recordOfHit(fields.get('fields')) ??
      answerIn(fields.get('hits'), 'hits') ??
      answerIn(fields.get('error'), 'root_cause'),
  },
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
  {
    kind: 'Google Cloud Logging',
    open: (fields) => fields.root['jsonPayload'] ?? text(fields.root['textPayload']),
  },
  { kind: 'GELF', open: (fields) => text(fields.root['full_message']) },
  {
    kind: 'Splunk',
    open: (fields) => {
      const result = fields.get('result');
      return isObject(result) ? text(result['_raw']) : text(fields.root['_raw']);
    },
  },
  { kind: 'Docker', open: (fields) => text(fields.root['log']) },
  { kind: 'journald', open: (fields) => fields.root['MESSAGE'] },
  { kind: 'Loki', open: (fields) => text(fields.root['line']) ?? text(fields.root['entry']) },
  {
    kind: 'OpenTelemetry log',
    open: (fields) => {
      const body = fields.get('body');
      return isObject(body) ? text(body['stringValue']) : text(body);
    },
  },
];

const recordLists = new Set(['trace']);

/** A hit whose source is not kept has each field as a list of its values. */
function recordOfHit(found: Json | undefined): Json | undefined {
  if (!isObject(found) || !isList(found['sid'])) return undefined;
  const fields = Object.entries(found).map(([name, values]) => {
    const isOne = isList(values) && values.length === 1 && !recordLists.has(name);
    return [name, isOne ? (values[0] ?? null) : values] as const;
  });
  return nestedFields(fields, recordLists);
}

/** What a search answers: what was found, or an error. */
function answerIn(value: Json | undefined, list: string): JsonObject | undefined {
  return isObject(value) && isList(value[list]) ? value : undefined;
}

/** The kind of envelope that something looks like, for the reason why it is not read; undefined without one. */
export function envelopeKind(root: JsonObject): string | undefined {
  const fields = new EnvelopeFields(root);
  return envelopes.find(({ open }) => open(fields) !== undefined)?.kind;
}

/** An envelope has some fields; an object of thousands is something else. */
const mostFields = 64;

/** The fields of an object, by their names in any case. */
export class EnvelopeFields {
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

  /** What the first of them hold. */
  values(): readonly Json[] {
    return Object.keys(this.root)
      .slice(0, mostFields)
      .map((name) => this.root[name] ?? null);
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

function first(fields: EnvelopeFields, names: readonly string[]): Json | undefined {
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
  return value['payload'] ?? value['data'] ?? value['value'] ?? value['rawPayload'] ?? value;
}

function objectIn(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
