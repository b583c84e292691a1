import { expect, test } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { KnownRuns, type RunTable } from '../../../src/decode/runTable.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import type { NodeRun } from '../../../src/trace/execution.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const entry = { id: 'log', node_id: 'rpa::1', node_name: 'Sign in', running_status: true };
const root = {
  ...{ sid: 's1', sub: 'workflow', status: { code: 0, message: 'success' } },
  trace: [{ ...entry, data: { input: { password: 'aB3dE6gH9' } } }],
};

function onlyRun(): NodeRun {
  const [run] = openRecord(recordWith(root), usualRules).execution().runs;
  if (run === undefined) throw new Error('There is a run');
  return run;
}

test.each<[string, (run: NodeRun) => unknown]>([
  ['cloned, as for another thread', (run) => structuredClone(run)],
  ['spread', (run) => ({ ...run })],
])('a run that is %s takes nothing with it of what it is read from', (_name, copy) => {
  expect(copy(onlyRun())).toEqual({});
});

test('a run that is printed tells what is shown of it', () => {
  const printed = JSON.parse(JSON.stringify(onlyRun())) as NodeRun;
  expect(printed).toMatchObject({ key: 'log', name: 'Sign in', status: 'succeeded', count: 1 });
  expect(JSON.stringify(printed)).not.toContain('aB3dE6gH9');
});

test('what was found of runs holds for the rules by which their ids were masked', () => {
  const known = new KnownRuns();
  const table = {} as RunTable;
  known.keep(usualRules, table);
  expect(known.by(usualRules)).toBe(table);
  expect(known.by(createRedactionRules())).toBeUndefined();
});
