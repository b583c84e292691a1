import { describe, expect, it } from 'vitest';

import type { FlowDocument } from '../../../src/flow/flowDocument.ts';
import { treeText } from '../../../src/view/treeText.ts';
import { flowOf, goldenPath, recordFixtures, recordsOf } from '../../support/fixtures.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { printedTrace } from '../../support/printedTrace.ts';

const flows: readonly [string, FlowDocument][] = [
  ['invoice-entry', flowOf('invoice-entry.yaml')],
  ['batch-orders', flowOf('batch-orders.core.json')],
];

function printed(name: string, flow: FlowDocument | null): string {
  const { executions, rejected } = printedTrace(recordsOf(name), flow);
  const lines = rejected.map(({ reason, detail }) => `rejected  ${reason}  ${detail}`.trimEnd());
  return [
    ...executions.map((execution) => treeText(execution, plainEnglish)),
    ...lines.map((line) => `${line}\n`),
  ].join('\n');
}

describe('the tree of a trace file', () => {
  it.each(recordFixtures())('%s', async (name) => {
    await expect(printed(name, null)).toMatchFileSnapshot(goldenPath(name));
  });

  const pairs = flows.flatMap(([flowName, flow]) =>
    recordFixtures()
      .filter((name) => printed(name, flow) !== printed(name, null))
      .map((name) => [name, flowName, flow] as const),
  );
  it.each(pairs)('%s with the flow file %s', async (name, flowName, flow) => {
    const golden = goldenPath(`${name}.with-${flowName}`);
    await expect(printed(name, flow)).toMatchFileSnapshot(golden);
  });
});
