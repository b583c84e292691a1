import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { unpackNodes } from '../../../src/protocol/packedNodes.ts';
import { readRecords } from '../../../src/sources/files/readRecords.ts';
import { comparedRowLabel, deltaText } from '../../../src/texts/comparedRowTexts.ts';
import { markedStateText } from '../../../src/texts/markTexts.ts';
import { rowBadges, rowDuration } from '../../../src/texts/treeRowTexts.ts';
import { inspectorSections } from '../../../src/view/inspectorSections.ts';
import { roundsToChoose } from '../../../src/view/rounds.ts';
import { timing } from '../../../src/view/timingFacts.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { asked } from '../../support/asked.ts';
import { engineParts, treeQuery } from '../engine/world.ts';

const uri = 'file:///w/batch-orders.yaml';

/** The sample robot failed at item 3 of 4, which it tried twice and gave up: five entries of three rounds. */
async function failedBatch() {
  const textOf = (path: string) =>
    readFileSync(new URL(`../../../media/sample-workspace/${path}`, import.meta.url));
  const parts = engineParts();
  const text = textOf('batch-orders.yaml').toString();
  await parts.handlers.setFlow({ uri, fileName: 'batch-orders.yaml', text });
  const records = [...readRecords(textOf('traces/batch-orders.jsonl'), 'batch-orders.jsonl')];
  const { finished } = parts.take(records);
  const failed = finished.find(
    ({ summary }) => summary.kind === 'workflow' && summary.outcome === 'failed',
  );
  if (failed === undefined) throw new Error('nothing failed');
  const { key } = failed.summary;
  const { rows } = await parts.tree.window(treeQuery(key));
  const row = rows.find(({ failing }) => failing);
  if (row === undefined) throw new Error('no row failed');
  return { ...parts, key, row };
}

test('the marks of a flow file say of a step what its row says', async () => {
  const { marks, key, row } = await failedBatch();
  const nodes = unpackNodes((await marks.marks({ uri, execution: key })).nodes);
  const node = nodes.find(({ run }) => run?.row === row.key);
  if (node === undefined) throw new Error('not marked');
  expect(rowDuration(row)).toBe('≥ 3.51 s');
  expect(markedStateText(node, plainEnglish)).toBe('Failed ×4, ≥ 3.51 s');
});

test('a step that was tried again in its rounds has attempts, not as many rounds', async () => {
  const { tree, key, row } = await failedBatch();
  expect(row).toMatchObject({ count: 5, tried: { rounds: 3, attempts: 4, failed: [4] } });
  const badge = rowBadges(row, plainEnglish).find(({ kind }) => kind === 'count');
  expect(badge).toMatchObject({
    text: '×4',
    hint: 'Tried 4 times in 3 rounds, then gave up: the last of the 5 entries records this',
  });
  const content = await tree.inspect(key, row.key);
  const { facts, notes } = timing(content, 'en', plainEnglish);
  expect(facts.map(({ name, value }) => `${name}: ${value}`)).toEqual(
    expect.arrayContaining(['Rounds: 3', 'Attempts: 4', 'Duration: ≥ 3.51 s']),
  );
  expect(notes.join(' ')).toContain('There were 4 attempts in 3 rounds.');
  expect(roundsToChoose(content, inspectorSections(content))).toEqual({
    ...{ count: 5, initial: 4, failed: [4] },
  });
});

test('the time of all rounds is not compared with that of one', async () => {
  const { handlers, key } = await failedBatch();
  const query = { key, other: null, onlyDifferences: false, offset: 0, limit: 100 };
  const answer = await asked(handlers, 'compare', query);
  if (answer.kind !== 'compared') throw new Error(answer.kind);
  const step = answer.rows.find(({ name }) => name === '录入订单');
  if (step === undefined) throw new Error('not compared');
  expect(deltaText(step)).toBe('–');
  expect(comparedRowLabel(step, plainEnglish)).toMatch(
    /times can’t be compared: one is that of all rounds, the other that of one round$/,
  );
});
