import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { FlowDocument } from '../../src/flow/flowDocument.ts';
import { parseFlow } from '../../src/flow/parseFlow.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { readRecords } from '../../src/sources/files/readRecords.ts';
import { aRecord } from './builders.ts';
import { repositoryRoot } from './paths.ts';

const folder = join(repositoryRoot, 'test', 'fixtures');

/** The names of the recorded trace files, sorted. */
export function recordFixtures(): string[] {
  return readdirSync(join(folder, 'records')).sort();
}

/** The records of a trace file. */
export function recordsOf(name: string): ConsumedRecord[] {
  return [...readRecords(readFileSync(join(folder, 'records', name)), name)];
}

/** The first record of a trace file, found by the beginning of its name. */
export function recordOf(start: string): ConsumedRecord {
  const name = recordFixtures().find((file) => file.startsWith(start));
  const [record] = name === undefined ? [] : recordsOf(name);
  if (record === undefined) throw new Error(`No fixture ${start}`);
  return record;
}

/** A flow file. */
export function flowOf(name: string): FlowDocument {
  const parsed = parseFlow(readFileSync(join(folder, 'flows', name), 'utf8'), name);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.error.detail}`);
  return parsed.value;
}

/** The path of a golden text. */
export function goldenPath(name: string): string {
  return join(folder, 'golden', `${name}.txt`);
}

/** A record with the given JSON or text as its value. */
export function recordWith(value: unknown, parts: Partial<ConsumedRecord> = {}): ConsumedRecord {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return aRecord({ timestampMs: null, ...parts, value: new TextEncoder().encode(text) });
}
