import type { Span } from '../analysis/spans.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import { byKind, fields, oneOf, optional, text, textLike, whole } from './checks.ts';
import type { Scope } from './list.ts';

/** Kafka takes records of a megabyte: no id, name or path in one is longer. */
export const ofRecord = text(1024 * 1024);

/** Which executions are meant. */
export const scope = byKind<Scope>({
  all: fields({ kind: oneOf('all') }),
  flow: fields({ kind: oneOf('flow'), uri: ofRecord }),
});

/** Where a record stands. */
export const position = fields<RecordPosition>({
  topic: ofRecord,
  partition: whole(0, 2 ** 31),
  offset: textLike(/^\d+$/, 20),
});

/** For two hundred years more: whose clock tells of later has days that no calendar names. */
const moment = whole(0, 8e12);

/** Fields of what numbers are of. */
export const numbersTime = {
  range: oneOf('hour', 'today', 'day', 'week', 'month', 'all', 'own'),
  own: optional(fields<Span>({ fromMs: moment, toMs: moment })),
} as const;
