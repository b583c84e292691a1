/** The summary of a record against a bare `JSON.parse` of the same bytes, alternated in one run. */
import { decodeRecord } from '../../src/decode/decodeRecord.ts';
import { createRedactionRules } from '../../src/masking/createRedactionRules.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { recordFixtures, recordsOf, recordWith } from '../support/fixtures.ts';
import { countFalsePositives } from '../support/falsePositives.ts';
import { sampleRecord } from '../support/sampleRecords.ts';
import { timeOf } from './growth.ts';
import { heading, median, note, report } from './report.ts';

const rounds = 15;
/** The first are slower: an engine that follows a topic has long compiled all of it. */
const warmUpRounds = 10;
/** One for all records, as the engine has it. */
const rules = createRedactionRules();

heading('Decoding a summary, as a multiple of TextDecoder + JSON.parse');
const samples = recordFixtures().filter((name) => /^0[1-6]/.test(name));
compare(`${String(samples.length)} samples as recorded`, readable(samples), 200, 0.8);
const odd = readable(recordFixtures());
compare(`${String(odd.length)} fixtures, most of them odd`, odd, 40, 1);
compare('a workflow of 12 KB', [recordWith(sampleRecord('succeeded', 1))], 1_000, 1);
compare('a robot record of 0.8 KB', [recordWith(sampleRecord('robot', 1))], 5_000, 1);
compare('a record of 1 MB', [recordWith(longRecord(1_000_000))], 10, 1);

heading('Masking of what is no secret');
note(countFalsePositives().sentence);

/** Bare `NaN`, which Python writes, is for the peer no JSON. */
function readable(names: readonly string[]): ConsumedRecord[] {
  return names.flatMap((name) => recordsOf(name)).filter(isPlainJson);
}

function compare(
  name: string,
  records: readonly ConsumedRecord[],
  times: number,
  atMost: number,
): void {
  const bytes = records.reduce((sum, { value }) => sum + (value?.byteLength ?? 0), 0) * times;
  const ratios: number[] = [];
  const speeds: number[] = [];
  for (let round = -warmUpRounds; round < rounds; round++) {
    const bare = timeOf(() => {
      for (const { value } of records) JSON.parse(new TextDecoder().decode(value ?? undefined));
    }, times);
    const ours = timeOf(() => {
      for (const record of records) decodeRecord(record, rules);
    }, times);
    if (round < 0) continue;
    ratios.push(ours / bare);
    speeds.push(bytes / 1_000_000 / (ours / 1_000));
  }
  report(name, median(ratios), '×', { atMost });
  report(`${name}, throughput`, median(speeds), 'MB/s');
}

function isPlainJson({ value }: ConsumedRecord): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(value ?? undefined));
    return true;
  } catch {
    return false;
  }
}

/** A workflow that ran long: the sample's own entries again and again, with ids of their own. */
function longRecord(bytes: number): string {
  const root = JSON.parse(sampleRecord('succeeded', 1)) as { trace: { id: string }[] };
  const entries = root.trace;
  const each = JSON.stringify(entries).length;
  root.trace = Array.from({ length: Math.ceil(bytes / each) }, (_, round) =>
    entries.map((entry) => ({ ...entry, id: `${entry.id}${String(round)}` })),
  ).flat();
  return JSON.stringify(root);
}
