import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { createRandom } from '../../../src/replay/random.ts';
import { buildTree } from '../../../src/trace/buildTree.ts';
import { locateFailingNode } from '../../../src/trace/locateFailingNode.ts';
import { visibleRows } from '../../../src/trace/visibleRows.ts';
import { flowOf, recordFixtures, recordsOf, recordWith } from '../../support/fixtures.ts';
import { mutateBytes, mutateJson } from '../../support/mutate.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const mutants = 5_000;
// The one left out is known by a single field alone; where a mutant lost that, its echo is just a word.
const planted = /EXAMPLE-[A-Z]+-|PLANTED-(?!iv)/;
const flows = [flowOf('invoice-entry.yaml'), flowOf('batch-orders.yaml'), null];

const originals = recordFixtures()
  .filter((name) => !name.startsWith('34-'))
  .flatMap(recordsOf);

/** Everything that can be read of a record; fails when a run is lost or doubled. */
function readAll(record: ConsumedRecord, flow: (typeof flows)[number]): unknown {
  const decoded = decodeRecord(record);
  if (!decoded.ok) return decoded.error;
  const opened = openRecord(record);
  const execution = opened.execution();
  const tree = buildTree(execution, flow, [execution.summary]);
  const rows = visibleRows(tree, new Set());
  const keys = rows.flatMap(({ node }) => (node.run === null ? [] : [node.run.key]));
  expect(keys.toSorted()).toStrictEqual(execution.runs.map((run) => run.key).toSorted());
  expect(new Set(rows.map(({ node }) => node.key)).size).toBe(rows.length);
  return [
    decoded.value,
    execution,
    opened.executionData(),
    execution.runs.map((run) => opened.nodeData(run.key)),
    locateFailingNode(execution, flow),
  ];
}

describe(`mutants of the fixtures (FUZZ_SEED=${seed})`, () => {
  it(`${mutants} with other values decode or are refused, keep their runs and their secrets`, () => {
    const random = createRandom(seed);
    const roots = originals.map((record) => {
      const text = new TextDecoder().decode(record.value ?? undefined);
      try {
        return JSON.parse(text) as JsonObject;
      } catch {
        return {};
      }
    });
    for (let index = 0; index < mutants; index++) {
      const mutant = mutateJson(random.pick(roots), random);
      const text = JSON.stringify(mutant);
      const seen = JSON.stringify(readAll(recordWith(text), random.pick(flows)));
      const leak = planted.exec(seen);
      if (leak !== null) {
        const around = seen.slice(Math.max(0, leak.index - 200), leak.index + 60);
        expect.fail(`mutant ${index} of seed ${seed} shows ${around}`);
      }
    }
  }, 60_000);

  it('1,000 with damaged bytes decode or are refused', () => {
    const random = createRandom(seed);
    for (let index = 0; index < 1_000; index++) {
      const { value } = random.pick(originals);
      const record = { ...recordWith(''), value: mutateBytes(value ?? new Uint8Array(1), random) };
      expect(() => readAll(record, random.pick(flows)), `mutant ${index}`).not.toThrow();
    }
  }, 60_000);
});
