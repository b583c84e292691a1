/** Ids of executions are made by many machines, and services pass them on: two of one id are two executions. */
import { describe, expect, test } from 'vitest';

import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { recordWith } from '../../support/fixtures.ts';
import { storyBeginMs, storyRecord, storySid } from '../../support/storyRecords.ts';
import { engineParts, treeQuery } from './world.ts';

const flow = (flowId: string, offset = '1'): ConsumedRecord => {
  const steps = [{ id: `rpa::${flowId}`, name: flowId, error: `HTTP 400 of ${flowId}` }];
  const message = `HTTP 400 of ${flowId}`;
  return recordWith(storyRecord({ n: 0, steps, flowId, code: 500, message }), { offset });
};

describe('two flows of one sid and service', () => {
  test.each([
    ['one', ['f', 'g']],
    ['the other', ['g', 'f']],
  ])('are two executions, whichever comes first: %s', async (_, order) => {
    const parts = engineParts();
    parts.take(order.map((id, at) => flow(id, String(at))));
    const listed = parts.store.listed.map(({ summary }) => summary);
    expect(listed.map(({ flowId }) => flowId).sort()).toEqual(['f', 'g']);
    expect(new Set(listed.map(({ sid }) => sid))).toEqual(new Set([storySid(0)]));
    for (const { key, flowId } of listed) {
      const { rows } = await parts.tree.window(treeQuery(key));
      expect(rows.map(({ nodeId }) => nodeId)).toContain(`rpa::${flowId}`);
    }
  });

  test('have each the robots that ran while it did', () => {
    const parts = engineParts();
    const moved = (record: ConsumedRecord, text: (whole: string) => string) =>
      recordWith(text(new TextDecoder().decode(record.value ?? undefined)), { offset: '9' });
    const later = moved(flow('g'), (whole) =>
      whole.replace(/("(?:start|end)_time":\s*)(\d{13})/g, (_, name: string, ms: string) => {
        return `${name}${String(Number(ms) + 3_600_000)}`;
      }),
    );
    const robotAt = (beginMs: number, offset: string) =>
      recordWith(
        {
          ...{ sub: 'rpa-server', sid: storySid(0), question: 'project_id: 1', answer: '' },
          ...{ start_time: beginMs, end_time: beginMs + 10, status: { code: 0, message: '' } },
        },
        { offset },
      );
    parts.take([flow('f'), later, robotAt(storyBeginMs, '10')]);
    parts.take([robotAt(storyBeginMs + 3_600_000, '11')]);
    const begins = parts.store.listed.map((stored) =>
      [...parts.store.subExecutionsOf(stored)].map(({ summary }) => summary.beginMs),
    );
    expect(begins).toEqual([[storyBeginMs], [storyBeginMs + 3_600_000]]);
  });

  test('stay two when each is told again, and one of a flow stays one', () => {
    const parts = engineParts();
    parts.take(['f', 'g', 'f', 'g'].map((id, at) => flow(id, String(at))));
    expect(parts.store.size).toBe(2);
    const again = engineParts();
    again.take(['g', 'f'].map((id, at) => flow(id, String(at))));
    again.store.redecode(({ summary }) => ({ ...summary, key: `workflow/${storySid(0)}` }));
    expect(again.store.size).toBe(2);
  });
});
