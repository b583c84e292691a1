import { expect, test } from 'vitest';

import { compareRuns } from '../../../src/compare/compareRuns.ts';
import type { ComparedRun } from '../../../src/compare/comparedRun.ts';
import { buildTree } from '../../../src/trace/buildTree.ts';
import { aNodeData } from '../../support/builders.ts';
import { aRun, anExecution } from '../../support/traceBuilders.ts';

/** Ten nodes, each of which gave what stands in its bytes; `decoded` notes those that were asked for. */
function runOf(n: number, texts: readonly string[], decoded: string[]): ComparedRun {
  const runs = texts.map((_, place) =>
    aRun(`${String(n)} ${String(place)}`, { nodeId: `ifly-code::${String(place)}`, name: 'Step' }),
  );
  const execution = anExecution(runs, { sid: `sid ${String(n)}`, key: `key ${String(n)}` });
  const textOf = (key: string) => texts[Number(key.split(' ')[1])] ?? '';
  return {
    ...{ summary: execution.summary, failing: null, retried: new Set() },
    tree: buildTree(execution, null, []),
    dataOf: (key) => {
      decoded.push(key);
      const named = (value: string) => [{ name: 'a', value, form: 'text', round: null } as const];
      return aNodeData({ output: named(textOf(key)), config: named('set') });
    },
    bytesOf: (key) => [new TextEncoder().encode(textOf(key))],
    ownData: () => undefined,
    secretAt: () => undefined,
  };
}

test('nodes whose data was written in the same bytes are the same, and are not decoded for it', () => {
  const decoded: string[] = [];
  const texts = Array.from({ length: 200 }, (_, place) => `text ${String(place)}`);
  const changed = texts.with(150, 'text of another');
  const { rows, first } = compareRuns(runOf(1, texts, decoded), runOf(2, changed, decoded));
  expect(first).toMatchObject({ what: 'output', row: 150 });
  expect(rows.filter(({ mark }) => mark !== 'same')).toHaveLength(1);
  // How the services wrote them is told by the first fifty of each.
  expect(decoded.filter((key) => Number(key.split(' ')[1]) >= 50)).toEqual(['1 150', '2 150']);
});
