import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { parseRecord, type ReadJson } from '../../../src/decode/parseRecord.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';
import { atAGlance, byItsBytes, byItsParts, knowingItsRuns } from '../../support/byItsBytes.ts';
import { wholeExecution } from '../../support/decoded.ts';
import { recordFixtures, recordsOf, recordWith } from '../../support/fixtures.ts';
import { mutateBytes, mutateJson } from '../../support/mutate.ts';
import { plantSecret } from '../../support/plantSecret.ts';
import { usualRules } from '../../support/usualRules.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const mutants = Number(process.env['FUZZ_MUTANTS'] ?? 2_000);
/** Of one test, in milliseconds: a mutant takes 3, one of ten that is opened too 10; more on a loaded machine. */
const patience = 60_000 + mutants * 20;
const originals = recordFixtures().flatMap(recordsOf);

describe('a record read by its bytes', () => {
  it.each(recordFixtures())('%s: the same as of what is parsed', (name) => {
    for (const record of recordsOf(name)) expectSame(record, name);
  });

  it.each([['parent_sid'], ['parent_log_id'], ['execution_state']])(
    'that says of its service %s: the same',
    (name) => {
      const srv = { parent_sid: 's0', parent_log_id: 'log0', [name]: 'running' };
      const root = { ...{ sid: 's1', sub: 'workflow', srv }, status: { code: 0 }, trace: [] };
      expectSame(recordWith(root), name);
    },
  );
});

it('of logs whose ids look like keys of entries without any: the same, each with a key of its own', () => {
  const trace = [
    { id: 'entry::x#0', node_id: 'other' },
    ...[{ node_id: ':x' }, { node_id: ':x' }, { id: 'entry::x#1', node_id: ':x' }],
  ];
  const record = recordWith({ sid: 's1', sub: 'workflow', status: { code: 0 }, trace });
  expectSame(record, 'keys');
  const { runs } = openRecord(record, usualRules).execution();
  expect(new Set(runs.map(({ key }) => key)).size).toBe(trace.length);
});

describe('of a node with several entries', () => {
  const entryOf = (data: unknown) => ({ id: 'log', node_id: 'n', node_name: 'N', data });
  const [one, other] = [1, 2].map((n) => ({ input: { n }, output: { list: [n, 'some text'] } }));

  it.each<[string, readonly unknown[]]>([
    ['with the same data', [one, one, one]],
    ['with the same data but the last', [one, one, other]],
    ['with the same data but the first', [other, one, one]],
    ['one of them without', [one, undefined, one]],
    ['all without', [undefined, undefined]],
    ['the same, written otherwise', [one, JSON.stringify(one)]],
    ['as texts', [JSON.stringify(one), JSON.stringify(one)]],
  ])('%s: the same', (name, rounds) => {
    const root = { sid: 's1', sub: 'workflow', status: { code: 0 }, trace: rounds.map(entryOf) };
    expectSame(recordWith(root), name);
  });
});

/** What is read of a record that is kept at hand is read by its index, time and again. */
describe('a large record', () => {
  it.each(
    recordFixtures()
      .filter((name) => recordsOf(name).some(hasTrace))
      .map((name) => [name]),
  )('of the entries of %s: the same, and again from other bytes', (name) => {
    const record = recordsOf(name).find(hasTrace) ?? recordWith('');
    const large = recordWith(JSON.stringify(enlarged(parsedObject(record))));
    expectSame(large, name, false);
    const again = { ...large, value: large.value?.slice() ?? null };
    const executionBy = (of: ConsumedRecord, read: ReadJson) =>
      wholeExecution(openRecord(of, usualRules, read).execution());
    expect(executionBy(again, byItsBytes), name).toStrictEqual(executionBy(large, parseRecord));
  });
});

function hasTrace(record: ConsumedRecord): boolean {
  const { trace } = parsedObject(record);
  return Array.isArray(trace) && trace.length > 0;
}

/** The same entries over and over, until it is one of those whose index is kept. */
function enlarged(root: JsonObject): JsonObject {
  const entries = root['trace'] as readonly JsonObject[];
  const times = Math.ceil((300 * 1024) / JSON.stringify(entries).length);
  return { ...root, trace: Array.from({ length: times }, () => entries).flat() };
}

describe(`mutants read by their bytes (FUZZ_SEED=${seed})`, () => {
  it(
    `${mutants} with other values, half of them with planted secrets: the same`,
    () => {
      const random = createRandom(seed);
      const roots = originals.map(parsedObject);
      for (let index = 0; index < mutants; index++) {
        const mutant = mutateJson(random.pick(roots), random);
        // Secrets with special signs are masked in either way.
        const { root } = index % 2 === 0 ? { root: mutant } : plantSecret(mutant, random);
        expectSame(recordWith(JSON.stringify(root)), `mutant ${index}`, index % 20 < 2);
      }
    },
    patience,
  );

  it(
    `${mutants / 20} with damaged bytes: the same, or refused for the same reason`,
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

function expectSame(record: ConsumedRecord, name: string, isOpened = true): void {
  const knowing = knowingItsRuns();
  const [parsed, ...others] = (
    [
      [parseRecord, parseRecord],
      [atAGlance, byItsBytes],
      [knowing, knowing],
    ] as const
  ).map(([arrives, read]) =>
    isOpened ? readAll(record, arrives, read) : decodeRecord(record, usualRules, arrives),
  );
  for (const other of others) expect(other, name).toStrictEqual(parsed);
  if (isOpened)
    expect(beginnings(record, byItsParts), name).toStrictEqual(beginnings(record, parseRecord));
}

/** What is shown of it at first. */
function beginnings(record: ConsumedRecord, read: ReadJson): unknown {
  if (!decodeRecord(record, usualRules, read).ok) return undefined;
  const opened = openRecord(record, usualRules, read);
  return opened.execution().runs.map(({ key }) =>
    // It is sent to the page: nothing in it is made when it is read.
    structuredClone(opened.nodeData(key, { part: 'beginning' })),
  );
}

/** What is shown of a record, masked. */
function readAll(record: ConsumedRecord, arrives: ReadJson, read: ReadJson): unknown {
  const decoded = decodeRecord(record, usualRules, arrives);
  if (!decoded.ok) return decoded.error;
  const opened = openRecord(record, usualRules, read);
  const execution = wholeExecution(opened.execution());
  return {
    ...{ decoded: decoded.value, execution, data: opened.executionData() },
    nodes: execution.runs.map(({ key }) => opened.nodeData(key)),
    calls: opened.flowCalls(),
    facts: opened.facts(),
    digest: opened.questionDigest(),
    address: opened.storedAddress('none'),
  };
}

function parsedObject({ value }: ConsumedRecord): JsonObject {
  try {
    return JSON.parse(new TextDecoder().decode(value ?? undefined)) as JsonObject;
  } catch {
    return {};
  }
}
