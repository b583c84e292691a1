import { expect, test } from 'vitest';
import type { FlowShape } from '../../../src/trace/flowShape.ts';
import { whyNotRun } from '../../../src/trace/whyNotRun.ts';

/** Edges as `a>b` normal, `a?b` a branch, `a!b` after a failure; `x/y`: y stands in x. */
function flowOf(text: string): FlowShape {
  const parts = text.split(' ').map((part) => /^(\w+)([>?!/])(\w+)$/.exec(part) ?? []);
  const ids = [...new Set(parts.flatMap(([, a = '', , b = '']) => [a, b]))];
  const parentOf = new Map(
    parts.flatMap(([, a = '', sign, b = '']) => (sign === '/' ? [[b, a]] : [])),
  );
  const kinds = { '>': 'normal', '?': 'branch', '!': 'fail' } as const;
  return {
    nodes: ids.map((id) => ({ id, name: id, type: '', parentId: parentOf.get(id) ?? null })),
    edges: parts.flatMap(([, source = '', sign, target = '']) =>
      sign === '/' ? [] : [{ source, target, kind: kinds[sign as '>'] }],
    ),
  };
}

test.each([
  [
    'a branch that was not taken, and what follows it',
    'a?b a?c b>d c>e',
    'a b d',
    'succeeded',
    'c:branch e:branch',
  ],
  ['what follows both branches ran', 'a?b a?c b>d c>d', 'a b d', 'succeeded', 'c:branch'],
  ['a failure that there was not', 'a>b a!x x>y', 'a b', 'succeeded', 'x:branch y:branch'],
  ['behind a failure', 'a>b b>c c>d', 'a b', 'failed', 'c:ended d:ended'],
  [
    'behind both, it could still be come to',
    'a?b a?c b>d c>d',
    'a b',
    'failed',
    'c:branch d:ended',
  ],
  ['a decision that was not come to', 'a>b b?c b?d', 'a', 'failed', 'b:ended c:ended d:ended'],
  ['a decision that failed', 'a?b a?c', 'a', 'failed', 'b:ended c:ended'],
  ['what stands in what was not taken', 'a?b a?g g/h', 'a b', 'succeeded', 'g:branch h:branch'],
  ['one that goes on', 'a?b a?c b>d', 'a b', 'running', 'c:branch d:notYet'],
  ['one that stopped reporting', 'a?b a?c b>d', 'a b', 'stalled', 'c:branch'],
  ['nothing leads there', 'a>b c>d', 'a b', 'succeeded', ''],
  ['nothing leads there so far', 'a>b c>d', 'a b', 'running', 'c:notYet d:notYet'],
  ['a circle', 'a>b b>c c>b', 'a', 'failed', 'b:ended c:ended'],
] as const)('%s', (_, flow, ran, outcome, expected) => {
  const why = whyNotRun(flowOf(flow), new Set(ran.split(' ')), outcome);
  expect(
    [...why]
      .map(([id, reason]) => `${id}:${reason}`)
      .sort()
      .join(' '),
  ).toBe(expected);
});
