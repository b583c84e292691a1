import { describe, expect, it } from 'vitest';

import type { FlowDocument } from '../../../src/flow/flowDocument.ts';
import { treeText } from '../../../src/view/treeText.ts';
import { flowOf, goldenPath, recordFixtures, recordsOf } from '../../support/fixtures.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { printedTrace } from '../../../scripts/printedTrace.ts';

const flows: readonly [string, FlowDocument][] = [
  ['invoice-entry', flowOf('invoice-entry.yaml')],
  ['batch-orders', flowOf('batch-orders.core.json')],
];

async function printed(name: string, flow: FlowDocument | null): Promise<string> {
  const { executions, rejected } = await printedTrace(recordsOf(name), flow);
  const lines = rejected.map(({ reason, detail }) => `rejected  ${reason}  ${detail}`.trimEnd());
  return [
    ...executions.map((execution) => treeText(execution, plainEnglish)),
    ...lines.map((line) => `${line}\n`),
  ].join('\n');
}

const pairs: (readonly [string, string, FlowDocument])[] = [];
for (const [flowName, flow] of flows) {
  for (const name of recordFixtures()) {
    if ((await printed(name, flow)) !== (await printed(name, null))) {
      pairs.push([name, flowName, flow]);
    }
  }
}

describe('the tree of a trace file', () => {
  it.each(recordFixtures())('%s', async (name) => {
    await expect(await printed(name, null)).toMatchFileSnapshot(goldenPath(name));
  });

  it.each(pairs)('%s with the flow file %s', async (name, flowName, flow) => {
    const golden = goldenPath(`${name}.with-${flowName}`);
    await expect(await printed(name, flow)).toMatchFileSnapshot(golden);
  });
});
