import { expect, test } from 'vitest';

import { mostRecalled, Recalled, type RecalledExecution } from '../../../src/store/recalled.ts';
import { aRecord, aSummary } from '../../support/builders.ts';

const recalledOf = (key: string, kind: 'workflow' | 'link' = 'workflow'): RecalledExecution => ({
  ...{ summary: aSummary({ key, kind }), record: aRecord({ offset: key }) },
  ...{ recordBytes: 100, beginMs: 1_000 },
});

test('what is recalled again is the same, and those that nobody looked at for longest leave first', () => {
  const recalled = new Recalled();
  const first = recalled.put(recalledOf('first'));
  const second = recalled.put(recalledOf('second'));
  expect(recalled.put(recalledOf('first'))).toBe(first);
  for (let index = 0; index < mostRecalled - 1; index++) recalled.put(recalledOf(String(index)));
  expect([recalled.get('first'), recalled.get('second')]).toEqual([first, undefined]);
  recalled.drop('first');
  recalled.drop('first');
  recalled.clear();
  expect(recalled.get('0')).toBeUndefined();
  expect(recalled.isLost(second)).toBe(false);
});

test('what a workflow called stands under it once, and only while the workflow is known', () => {
  const recalled = new Recalled();
  const workflow = recalled.put(recalledOf('workflow'));
  recalled.putUnder(workflow, [recalledOf('robot', 'link')]);
  const robot = recalled.get('robot');
  recalled.putUnder(workflow, [recalledOf('robot', 'link')]);
  expect(recalled.get('robot')).toBe(robot);
  expect(robot?.family).toBe(workflow.family);
  const { revision } = recalled;
  recalled.drop('workflow');
  recalled.putUnder(workflow, [recalledOf('late', 'link')]);
  expect([recalled.get('late'), recalled.revision]).toEqual([undefined, revision + 1]);
});

test('a record that is lost is lost once', () => {
  const recalled = new Recalled();
  const entry = recalled.put(recalledOf('a'));
  const { revision } = recalled;
  recalled.lose(entry);
  recalled.lose(entry);
  expect([recalled.isLost(entry), recalled.revision]).toEqual([true, revision + 1]);
});
