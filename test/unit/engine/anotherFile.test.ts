import { expect, test } from 'vitest';
import { composeEngine } from '../../../src/engine/compose.ts';
import type { SourceState } from '../../../src/record/recordSource.ts';
import { recordOf } from '../../support/fixtures.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { listQuery, treeQuery } from './world.ts';
import { asked } from '../../support/asked.ts';

test('another file whose record has the same sid and offset shows its own tree and values', async () => {
  const states: SourceState[] = [];
  const engine = composeEngine({
    clock: new ManualClock(1_000),
    emit: (name, payload) => {
      if (name === 'state') states.push((payload as { state: SourceState }).state);
    },
  });
  const text = new TextDecoder().decode(
    recordOf('03c-workflow-success.g3.json').value ?? undefined,
  );
  const opened = async (name: string, content: string) => {
    states.length = 0;
    const files = [{ name, bytes: new TextEncoder().encode(content) }];
    await engine.handlers.openSource({ spec: { kind: 'contents', files }, keep: false });
    await expect.poll(() => states.at(-1)?.kind).toBe('ended');
    const key = (await asked(engine.handlers, 'list', listQuery())).rows[0]?.key ?? '';
    const tree = await asked(engine.handlers, 'tree', treeQuery(key));
    const row = tree.rows.find(({ type }) => type === 'spark-llm')?.key ?? '';
    return JSON.stringify([tree.rows, await asked(engine.handlers, 'inspect', { key, row })]);
  };
  const first = await opened('a.json', text);
  const second = await opened('b.json', text.replaceAll('提取发票', '另一个节点'));
  expect(first).toContain('提取发票');
  expect(second).toContain('另一个节点');
  expect(second).not.toContain('提取发票');
  await engine.close();
});
