import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { usualRules } from '../../support/usualRules.ts';
import { openedParts } from '../../../src/answers/openedParts.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';
import { buildTree } from '../../../src/trace/buildTree.ts';
import type { RunKey } from '../../../src/trace/execution.ts';
import { visibleRows } from '../../../src/trace/visibleRows.ts';
import { treeJson } from '../../../src/view/treeJson.ts';
import { treeText } from '../../../src/view/treeText.ts';
import { flowOf, recordFixtures, recordsOf, recordWith } from '../../support/fixtures.ts';
import { growJson, mutateBytes, mutateJson } from '../../support/mutate.ts';
import { countWork, TooMuchWork } from '../../support/countWork.ts';
import { readWhole } from '../../support/readWhole.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { plantSecret } from '../../support/plantSecret.ts';
import { plantedInMutant } from '../../support/plantedSecrets.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
/** 100,000 in the nightly form, `npm run fuzz`. */
// As many as a person waits for; `npm test` makes 5,000, the night 100,000.
const mutants = Number(process.env['FUZZ_MUTANTS'] ?? 1_000);
/** Of one test, in milliseconds: a mutant takes 1 to 2, more on a loaded machine. */
const patience = 60_000 + mutants * 10;
/** As in the test of work: beyond it, something is read again and again. */
const longRun = 2_000;
const mostSteps = 10_000;
/** Every tenth is read by rules of its own too: they must neither lose runs nor throw. */
const ownRules = createRedactionRules({ patterns: ['SO-\\d+', '[0-9a-f]{12}'], names: ['vendor'] });
const flows = [flowOf('invoice-entry.yaml'), flowOf('batch-orders.yaml'), null];

const originals = recordFixtures()
  .filter((name) => !name.startsWith('34-'))
  .flatMap(recordsOf);

/** Everything that can be read of a record; fails when a run is lost or doubled. */
function readAll(
  record: ConsumedRecord,
  flow: (typeof flows)[number],
  rules = usualRules,
): unknown {
  const decoded = decodeRecord(record, rules);
  if (!decoded.ok) return decoded.error;
  const opened = openRecord(record, rules);
  const execution = opened.execution();
  const tree = buildTree(execution, flow, [execution.summary]);
  const rows = visibleRows(tree, new Set());
  const keys = rows.flatMap(({ node }) => (node.run === null ? [] : [node.run.key]));
  expect(keys.toSorted()).toStrictEqual(execution.runs.map((run) => run.key).toSorted());
  expect(new Set(rows.map(({ node }) => node.key)).size).toBe(rows.length);
  const { failing, findings, itemFailures, lostMs } = openedParts(execution, opened, {
    ...{ flow, subExecutions: [execution.summary], called: [] },
  });
  const nodeData = (run: RunKey) => opened.nodeData(run);
  const { summary } = execution;
  const printed = {
    summary,
    name: summary.subject,
    failing,
    tree,
    findings,
    itemFailures,
    dataOf: () => undefined,
    ownData: () => undefined,
  };
  return [
    decoded.value,
    execution,
    opened.executionData(),
    execution.runs.map((run) => nodeData(run.key)),
    ...[failing, lostMs],
    treeText(printed, plainEnglish),
    treeJson(printed, plainEnglish),
  ];
}

describe(`mutants of the fixtures (FUZZ_SEED=${seed})`, () => {
  it(
    `${mutants} with other values decode or are refused, keep their runs and their secrets`,
    () => {
      const random = createRandom(seed);
      const roots = originals.map(parsedObject);
      for (let index = 0; index < mutants; index++) {
        const mutant = mutateJson(random.pick(roots), random);
        const text = JSON.stringify(mutant);
        const seen = JSON.stringify(readAll(recordWith(text), random.pick(flows)));
        if (index % 10 === 0) readAll(recordWith(text), null, ownRules);
        const leak = plantedInMutant.exec(seen);
        if (leak !== null) {
          const around = seen.slice(Math.max(0, leak.index - 200), leak.index + 60);
          expect.fail(`mutant ${index} of seed ${seed} shows ${around}`);
        }
      }
    },
    patience,
  );

  it(
    `${mutants} with secrets that hold special signs show none of them`,
    () => {
      const random = createRandom(seed);
      const roots = originals.map(parsedObject);
      for (let index = 0; index < mutants; index++) {
        const mutant = mutateJson(random.pick(roots), random);
        const { root, planted } = plantSecret(mutant, random);
        const seen = JSON.stringify(readAll(recordWith(JSON.stringify(root)), random.pick(flows)));
        const leak = planted.parts.find((part) => part !== 'PLANTED' && seen.includes(part));
        if (leak !== undefined)
          expect.fail(
            `mutant ${index} of seed ${seed}: ${JSON.stringify(planted.value)} shows ${leak}`,
          );
      }
    },
    patience,
  );

  it(
    `${mutants / 5} with damaged bytes decode or are refused`,
    () => {
      const random = createRandom(seed);
      for (let index = 0; index < mutants / 5; index++) {
        const { value } = random.pick(originals);
        const record = {
          ...recordWith(''),
          value: mutateBytes(value ?? new Uint8Array(1), random),
        };
        expect(() => readAll(record, random.pick(flows)), `mutant ${index}`).not.toThrow();
      }
    },
    patience,
  );

  it(
    `${mutants / 1_000} with long runs take so many steps for each character at most`,
    () => {
      const random = createRandom(seed);
      for (let index = 0; index < mutants / 1_000; index++) {
        const root = parsedObject(random.pick(originals));
        const text = JSON.stringify(growJson(root, random, longRun));
        try {
          countWork(() => readWhole(recordWith(text)), mostSteps * text.length);
        } catch (error) {
          if (!(error instanceof TooMuchWork)) throw error;
          expect.fail(`mutant ${index} of seed ${seed} takes ${error.message}`);
        }
      }
    },
    patience,
  );
});

function parsedObject({ value }: ConsumedRecord): JsonObject {
  try {
    return JSON.parse(new TextDecoder().decode(value ?? undefined)) as JsonObject;
  } catch {
    return {};
  }
}
