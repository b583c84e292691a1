import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';
import { readRecords } from '../../../src/sources/files/readRecords.ts';
import { treeJson } from '../../../src/view/treeJson.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { flowOf, recordFixtures, recordOf, recordsOf, recordWith } from '../../support/fixtures.ts';
import { mutateJson } from '../../support/mutate.ts';
import { printedTrace } from '../../../scripts/printedTrace.ts';
import { plantedInMutant, plantedSecret } from '../../support/plantedSecrets.ts';
import { usualRules } from '../../support/usualRules.ts';

const flows = [null, flowOf('invoice-entry.yaml'), flowOf('batch-orders.yaml')];

/** The records of a fixture that can be read, saved and opened again. */
function savedAgain(name: string) {
  const readable = recordsOf(name).filter((record) => decodeRecord(record, usualRules).ok);
  const lines = readable.map((record) => `${maskedRecordText(record, usualRules)}\n`);
  return { readable, text: lines.join('') };
}

describe('a saved record', () => {
  it.each(recordFixtures())('%s gives the same tree when it is opened again', async (name) => {
    const { readable, text } = savedAgain(name);
    const again = [...readRecords(new TextEncoder().encode(text), 'saved.jsonl')];
    for (const flow of flows) {
      const before = await printedTrace(readable, flow);
      const after = await printedTrace(again, flow);
      expect(after.rejected).toEqual([]);
      expect(after.executions.map((execution) => treeJson(execution, plainEnglish))).toStrictEqual(
        before.executions.map((execution) => treeJson(execution, plainEnglish)),
      );
    }
  });

  it.each(recordFixtures())('%s gives the same values when it is opened again', (name) => {
    const { readable, text } = savedAgain(name);
    const again = [...readRecords(new TextEncoder().encode(text), 'saved.jsonl')];
    readable.forEach((record, index) => {
      const [before, after] = [
        openRecord(record, usualRules),
        openRecord(again[index] ?? record, usualRules),
      ];
      expect(after.executionData()).toStrictEqual(before.executionData());
      for (const { key } of before.execution().runs) {
        expect(after.nodeData(key)).toStrictEqual(before.nodeData(key));
      }
    });
  });

  it.each(recordFixtures())('%s holds no secret, and every field', (name) => {
    for (const record of savedAgain(name).readable) {
      const text = maskedRecordText(record, usualRules);
      expect(text).not.toMatch(plantedSecret);
      expect(text).not.toContain('\n');
    }
  });

  it('keeps what nobody knows', () => {
    const { value } = recordOf('25-');
    const before = JSON.parse(new TextDecoder().decode(value ?? undefined)) as JsonObject;
    const after = JSON.parse(maskedRecordText(recordOf('25-'), usualRules)) as JsonObject;
    expect(Object.keys(after)).toStrictEqual(Object.keys(before));
  });

  it.each<[string, string, string]>([
    ['integers beyond 2^53', '12345678901234567890', '"12345678901234567890"'],
    ['what is no number', 'NaN', '"NaN"'],
    ['a key __proto__', '{"__proto__": {"a": 1}}', '{"__proto__":{"a":1}}'],
    ['a lone surrogate', '"\\ud800"', '"\\ud800"'],
    ['nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, '…'],
  ])('%s', (_, written, saved) => {
    const text = `{"sid": "spf1", "sub": "workflow", "trace": [], "odd": ${written}}`;
    expect(maskedRecordText(recordWith(text), usualRules)).toContain(saved);
  });

  it('hides an id by its name, and by a secret that it is, and two of them stay two', () => {
    const saved = (uid: string) => {
      const rules = createRedactionRules({ patterns: [], names: ['uid'] });
      const record = recordWith({
        ...{ sid: 's1', sub: 'workflow', uid, app_id: 'Xk29fjQ8aLp0', api_key: 'Xk29fjQ8aLp0' },
        ...{ status: { code: 0, message: '' }, trace: [] },
      });
      return maskedRecordText(record, rules);
    };
    expect(saved('13800001111')).not.toMatch(/13800001111|Xk29fjQ8aLp0/);
    expect(saved('13800001111')).not.toBe(saved('13800002222'));
  });

  it('keeps the names of fields, and hides numbers, where there are too many secrets to look for', () => {
    const logins = Array.from({ length: 600 }, (_, n) => ({ password: `secret-${String(n)}-x` }));
    const record = recordWith({
      ...{ sid: 's1', sub: 'workflow', logins, pwd: '84729103847291' },
      ...{ status: { code: 0, message: '' }, note: '84729103847291' },
      trace: [{ id: 'a', node_id: 'n::1', start_time: 1, end_time: 2, node_type2: 'x' }],
    });
    const text = maskedRecordText(record, usualRules);
    expect(text).not.toContain('84729103847291');
    const { trace } = JSON.parse(text) as { trace: object[] };
    expect(Object.keys(trace[0] ?? {})).toEqual([
      ...['id', 'node_id', 'start_time', 'end_time', 'node_type2'],
    ]);
  });

  it('is not made of what is no execution', () => {
    expect(() => maskedRecordText(recordWith('hello'), usualRules)).toThrow('notJson');
  });
});

// The same each time: what a seed finds in the redactor is found by the fuzz test of the decoder.
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const mutants = 1_000;

it(`${mutants} mutants saved (FUZZ_SEED=${seed}) hold no secret and open with the same runs`, () => {
  const random = createRandom(seed);
  const roots = recordFixtures().flatMap((name) => {
    return savedAgain(name).readable.flatMap(({ value }) => {
      const text = new TextDecoder().decode(value ?? undefined);
      // Bare NaN is no JSON; its fixture is saved above.
      return text.includes('NaN') ? [] : [JSON.parse(text) as JsonObject];
    });
  });
  for (let index = 0; index < mutants; index++) {
    const mutant = recordWith(JSON.stringify(mutateJson(random.pick(roots), random)));
    if (!decodeRecord(mutant, usualRules).ok) continue;
    const text = maskedRecordText(mutant, usualRules);
    // The one left out is known by a single field alone, which a mutant may have lost.
    expect(plantedInMutant.exec(text)?.[0], `mutant ${index}`).toBeUndefined();
    const [before, after] = [
      openRecord(mutant, usualRules),
      openRecord(recordWith(text), usualRules),
    ];
    const runs = (opened: typeof before) => opened.execution().runs.map(({ key }) => key);
    expect(runs(after), `mutant ${index}`).toStrictEqual(runs(before));
  }
}, 60_000);
