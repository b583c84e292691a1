import { expect, test } from 'vitest';

import { TreeMemory } from '../../../webview/tree/treeMemory.ts';

test('an execution is remembered once it was left, and the one that was seen longest ago is forgotten first', () => {
  const memory = new TreeMemory();
  expect(memory.leftAs('workflow/1')).toBeNull();
  memory.of('workflow/1').top = 'run 4';
  expect(memory.leftAs('workflow/1')).toBeNull();
  memory.leaves('workflow/1', 'run 7');
  expect(memory.leftAs('workflow/1')).toMatchObject({ row: 'run 7', top: 'run 4' });

  memory.leavesAwaited('workflow/1');
  expect(memory.leftAs('workflow/1')).toBeNull();

  for (let n = 2; n <= 50; n++) memory.leaves(`workflow/${n}`, null);
  memory.leaves('workflow/1', 'run 8');
  memory.leaves('workflow/51', null);
  expect(memory.leftAs('workflow/1')).toMatchObject({ row: 'run 8', top: 'run 4' });
  expect(memory.leftAs('workflow/2')).toBeNull();
  expect(memory.leftAs('workflow/3')).not.toBeNull();
});
