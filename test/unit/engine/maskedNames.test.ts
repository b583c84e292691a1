import { expect, test } from 'vitest';

import { numbersOf } from '../../../src/analysis/pastNumbers.ts';
import { maskedExecution, maskedNumbers } from '../../../src/engine/maskedNames.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';
import { aQuestion, noonMs } from '../history/world.ts';

const mask = {
  text: (text: string) => text.replaceAll('secret', '•'),
  id: (id: string) => id.replaceAll('secret', '~'),
};
const failure = {
  ...{ nodeId: 'n-secret', name: 'secret node', cause: null, category: 'node' as const },
  text: 'secret said',
  also: ['no', 'a secret'],
} as const;
const execution = aPast({
  ...{ flow: 'f-secret', name: 'secret flow', beginMs: noonMs, outcome: 'failed', failure },
  nodes: [aPastNode({ nodeId: 'n-secret', name: 'secret node', tokens: 5 })],
});

test('names, ids and texts that were kept are masked by the rules of now', () => {
  expect(JSON.stringify({ ...maskedExecution(execution, mask), key: '' })).not.toContain('secret');
  const steps = numbersOf([execution], aQuestion().ask);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  expect(step.value.nodes.rows).toHaveLength(1);
  expect(JSON.stringify(maskedNumbers(step.value, mask))).not.toContain('secret');
});
