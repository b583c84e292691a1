import { expect, test } from 'vitest';

import { SavedKnowledge } from '../../../src/answers/savedKnowledge.ts';

const usual = { runs: 3, memoryBytes: 5, cpuMs: 5 };

test.each([
  ['nothing is told', null, { memoryBytes: 1, cpuMs: 2, usual }],
  [
    'a trace file tells of others',
    { sid: 'a', beginMs: 1, failed: null, first: null },
    { memoryBytes: 1, cpuMs: 2, usual: null },
  ],
])('what a process used is known where %s', (_, known, process) => {
  const knowledge = new SavedKnowledge();
  knowledge.tell(known);
  const counted = { problem: null, usual: null, node: null };
  const told = knowledge.ownPast({
    ...counted,
    key: 'workflow/a',
    process: { memoryBytes: 1, cpuMs: 2, usual },
  });
  expect(told.process).toEqual(process);
});
