import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { unpackNodes } from '../../../src/protocol/packedNodes.ts';
import { readRecords } from '../../../src/sources/files/readRecords.ts';
import { comparedRowLabel } from '../../../src/texts/comparedRowTexts.ts';
import { graphNodeDetail, graphNodeText } from '../../../src/texts/graphTexts.ts';
import { markedStateText } from '../../../src/texts/markTexts.ts';
import { rowStatusText } from '../../../src/texts/treeRowTexts.ts';
import { asked } from '../../support/asked.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { engineParts, treeQuery } from '../engine/world.ts';

/** The executions of a sample file, beside the flow that they ran. */
async function sampled(name: string, flow = `${name}.yaml`) {
  const bytesOf = (path: string) =>
    readFileSync(new URL(`../../../media/sample-workspace/${path}`, import.meta.url));
  const parts = engineParts();
  const uri = `file:///w/${flow}`;
  await parts.handlers.setFlow({ uri, fileName: flow, text: bytesOf(flow).toString() });
  const file = `${name}.jsonl`;
  const { finished } = parts.take([...readRecords(bytesOf(`traces/${file}`), file)]);
  const keys = finished
    .filter(({ summary }) => summary.kind === 'workflow')
    .map(({ summary }) => summary.key);
  return { ...parts, uri, keys };
}

describe('the state of a step is told in the same words', () => {
  test.each([
    ['invoice-entry', 'invoice-entry.yaml', 'Failed first, then succeeded'],
    ['batch-orders', 'batch-orders.yaml', 'Failed'],
    ['vendor-onboarding', 'vendor-onboarding.json', 'Succeeded'],
  ])('%s', async (name, flow, among) => {
    const { marks, tree, handlers, uri, keys } = await sampled(name, flow);
    const told = new Set<string>();
    for (const key of keys) {
      const { rows } = await tree.window(treeQuery(key));
      const nodes = unpackNodes((await marks.marks({ uri, execution: key })).nodes);
      const query = { key, other: keys[0] ?? key, onlyDifferences: false, offset: 0, limit: 100 };
      const compared = await asked(handlers, 'compare', query);
      for (const row of rows.filter(({ status }) => status !== 'notRun')) {
        const said = rowStatusText(row, plainEnglish);
        const node = nodes.find(({ run }) => run?.row === row.key);
        if (node?.run === undefined) continue;
        told.add(said);
        expect(markedStateText(node, plainEnglish)).toMatch(new RegExp(`^${said}( ×|,|$)`));
        const state = { place: 0, run: node.run };
        expect(graphNodeText(node, state, row.status, plainEnglish)).toContain(said);
        const untimed = { place: 0, run: { ...node.run, durationMs: null } };
        expect(graphNodeDetail(untimed, row.status, plainEnglish)).toContain(said);
        const other =
          compared.kind === 'compared' &&
          compared.rows.find(
            ({ nodeId, after }) => nodeId === row.nodeId && after?.status === row.status,
          );
        if (other && row.failedItems === undefined && !row.inferred) {
          expect(comparedRowLabel(other, plainEnglish)).toContain(said);
        }
      }
    }
    expect([...told]).toContain(among);
  });
});
