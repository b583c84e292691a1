import { expect, test } from 'vitest';

import { sameScope, type Scope } from '../../../src/protocol/list.ts';

const all: Scope = { kind: 'all' };
const flow = (uri: string): Scope => ({ kind: 'flow', uri });

test.each<[Scope, Scope, boolean]>([
  [all, all, true],
  [flow('a'), flow('a'), true],
  [flow('a'), flow('b'), false],
  [all, flow('a'), false],
  [flow('a'), all, false],
])('%j and %j hold the same executions: %s', (a, b, same) => {
  expect(sameScope(a, b)).toBe(same);
});
