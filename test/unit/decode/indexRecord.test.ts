import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { indexRecord } from '../../../src/decode/indexRecord.ts';
import { parseRecord, type ReadJson } from '../../../src/decode/parseRecord.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';
import { recordFixtures, recordsOf, recordWith } from '../../support/fixtures.ts';
import { mutateBytes, mutateJson } from '../../support/mutate.ts';
import { usualRules } from '../../support/usualRules.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const mutants = Number(process.env['FUZZ_MUTANTS'] ?? 2_000);
const patience = 60_000 + mutants * 10;
const originals = recordFixtures().flatMap(recordsOf);

describe('a record read by its bytes', () => {
  it.each(recordFixtures())('%s: the same summary as of what is parsed', (name) => {
    for (const record of recordsOf(name)) expectSame(record, name);
  });
});

describe(`mutants read by their bytes (FUZZ_SEED=${seed})`, () => {
  it(
    `${mutants} with other values: the same summary`,
    () => {
      const random = createRandom(seed);
      const roots = originals.map(parsedObject);
      for (let index = 0; index < mutants; index++) {
        const mutant = mutateJson(random.pick(roots), random);
        expectSame(recordWith(JSON.stringify(mutant)), `mutant ${index}`);
      }
    },
    patience,
  );

  it(
    `${mutants / 20} with damaged bytes: the same summary, or refused for the same reason`,
    () => {
      const random = createRandom(seed);
      for (let index = 0; index < mutants / 20; index++) {
        const { value } = random.pick(originals);
        const bytes = mutateBytes(value ?? new Uint8Array(1), random);
        expectSame({ ...recordWith(''), value: bytes }, `mutant ${index}`);
      }
    },
    patience,
  );
});

/** However small it is. */
const byItsBytes: ReadJson = (record, rules) => indexRecord(record, rules, 0);

function expectSame(record: ConsumedRecord, name: string): void {
  const byParsing = decodeRecord(record, usualRules, parseRecord);
  expect(decodeRecord(record, usualRules, byItsBytes), name).toStrictEqual(byParsing);
}

function parsedObject({ value }: ConsumedRecord): JsonObject {
  try {
    return JSON.parse(new TextDecoder().decode(value ?? undefined)) as JsonObject;
  } catch {
    return {};
  }
}
