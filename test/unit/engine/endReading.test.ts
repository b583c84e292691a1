import { expect, test } from 'vitest';
import { type ComposedEngine, composeEngine } from '../../../src/engine/compose.ts';
import type { SourceState } from '../../../src/record/recordSource.ts';
import { recordOf } from '../../support/fixtures.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { asked } from '../../support/asked.ts';

test('a large file is read no further when the reader says so, and what was read is there', async () => {
  const states: SourceState[] = [];
  const engine: ComposedEngine = composeEngine({
    clock: new ManualClock(1_000),
    emit: (name, payload) => {
      if (name !== 'state') return;
      const { state } = payload as { state: SourceState };
      states.push(state);
      const isUnderWay = state.kind === 'reading' && state.doneBytes > 0;
      if (isUnderWay) void engine.handlers.endReading(null);
    },
  });
  const text = new TextDecoder().decode(
    recordOf('03c-workflow-success.g3.json').value ?? undefined,
  );
  const record = JSON.parse(text) as { sid: string };
  const all = Array.from({ length: 3_000 }, (_, n) =>
    JSON.stringify({ ...record, sid: `${record.sid}${String(n)}` }),
  );
  const bytes = new TextEncoder().encode(all.join('\n'));
  const spec = { kind: 'contents', files: [{ name: 'large.jsonl', bytes }] } as const;
  await engine.handlers.openSource({ spec, keep: false });
  await expect.poll(() => states.at(-1)?.kind).toBe('endedEarly');
  const status = await asked(engine.handlers, 'status', null);
  expect(status.state).toMatchObject({ kind: 'endedEarly', totalBytes: bytes.byteLength });
  expect(status.storedExecutions).toBeGreaterThan(0);
  expect(status.storedExecutions).toBeLessThan(3_000);
  await engine.close();
});
