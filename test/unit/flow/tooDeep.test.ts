import { expect, test } from 'vitest';

import { parseFlow } from '../../../src/flow/parseFlow.ts';

/** A flow that nests deeper than any. */
const deep = (open: string, close: string) => open.repeat(300) + close.repeat(300);
const node = '{"id":"rpa::1","type":"rpa"}';

test.each([
  ['a.json', `{"nodes":[${node}],"deep":${deep('[', ']')}}`],
  ['a.yaml', `nodes: [${node}]\ndeep: ${deep('[', ']')}\n`],
  ['a.bpmn', deep('<a>', '</a>')],
  // The parser below ours exhausts its stack.
  ['a.json', '['.repeat(100_000)],
])('a text that nests deeper than any flow is refused in words: %s', (fileName, text) => {
  const parsed = parseFlow(text, fileName);
  expect(parsed.ok ? null : parsed.error.detail).toMatch(
    /deeper than \d+ levels|no flow|not a flow/i,
  );
});
