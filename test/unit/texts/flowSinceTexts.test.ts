import { expect, test } from 'vitest';
import type { FlowSince, NodeSince } from '../../../src/protocol/flowSince.ts';
import { flowSinceText, nodeSinceText } from '../../../src/texts/flowSinceTexts.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

const none = { count: 0, names: [] };
const unchanged: FlowSince = {
  ...{ gone: none, added: none, moved: none, renamed: none },
  then: { commit: null },
};
const commit = { hash: '1a2b3c4d5e6f', atMs: 0 };

test.each<[Partial<FlowSince>, string]>([
  [{ gone: { count: 1, names: ['a'] } }, '1 step was removed: “a”.'],
  [{ gone: { count: 2, names: ['a', 'b'] } }, '2 steps were removed: “a”, “b”.'],
  [{ added: { count: 5, names: ['a', 'b', 'c'] } }, '5 steps were added, such as “a”, “b”, “c”.'],
  [{ moved: { count: 1, names: ['a'] } }, '1 step was moved: “a”.'],
  [
    { renamed: { count: 1, names: [{ was: 'a', name: 'b' }] }, added: { count: 1, names: ['c'] } },
    '1 step was added: “c”. 1 step was renamed: “a” → “b”.',
  ],
  [
    { gone: { count: 1, names: ['a'] }, then: { commit } },
    '1 step was removed: “a”. The version that ran is commit 1a2b3c4d.',
  ],
  [
    { gone: { count: 1, names: ['a'] }, then: null },
    '1 step was removed: “a”. No commit contains the version that ran, so other changes aren’t known.',
  ],
])('how a flow has changed: %#', (parts, text) => {
  const told = flowSinceText({ ...unchanged, ...parts }, t);
  expect(told).toBe(`The flow has changed since this run. ${text}`);
});

test.each<[NodeSince, string]>([
  [{ kind: 'added' }, 'Added since this run'],
  [{ kind: 'moved' }, 'Moved since this run'],
  [{ kind: 'renamed', was: 'Save' }, 'Called “Save” in this run'],
])('what is another at a node: %#', (since, text) => {
  expect(nodeSinceText(since, t)).toBe(text);
});
