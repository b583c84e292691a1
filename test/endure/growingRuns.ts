import { setTimeout as delay } from 'node:timers/promises';

import { ask } from '../../src/protocol/ask.ts';
import { wholeList } from '../engine/engineWorld.ts';
import { makeTopic } from '../engine/kafkaWorld.ts';
import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { Count, type Trial } from './trial.ts';

/** So many runs grow at the same time, one step further each time. */
const atOnce = 20;
const stepMs = 100;
/** So many of the newest must be in the list at the end, if there were so many. */
const fewestKept = 1_000;

/** Runs that write snapshots of themselves while they go on: each is seen growing, and ends. */
export const growingRuns: Trial = {
  name: 'growingRuns',
  async run({ scale: { growingSeconds }, broker }) {
    const { brokers } = await broker();
    const runs = new Count(`runs that grow for ${String(growingSeconds)} s, as kept: ended`);
    const looks = new Count('…looks at one of them: no step less than before');
    const topic = await makeTopic(brokers, 3);
    const engine = new EnduredEngine(brokers, topic.name);
    const endMs = Date.now() + growingSeconds * 1_000;
    try {
      let begun = 0;
      do {
        const stages = Array.from({ length: atOnce }, (_value, at) => stagesOf(begun + at));
        const watched = sampleSid(begun);
        let steps = 0;
        for (let stage = 0; stages.some((of) => stage < of.length); stage++) {
          const values = stages.flatMap((of) => of[stage] ?? []);
          await topic.send(values);
          await delay(stepMs);
          const now = await stepsOf(engine, watched);
          looks.check(now >= steps, `${watched} had ${String(steps)} steps and has ${String(now)}`);
          steps = now;
        }
        begun += atOnce;
      } while (Date.now() < endMs);
      const fewest = Math.min(begun, fewestKept);
      // That nothing waits may have been said before the last ones were written.
      await engine.until(
        'the end of all',
        ({ total, running }) => total >= fewest && running === 0,
      );
      const { storedExecutions } = await engine.status();
      const figures = await engine.figures();
      // The oldest leave when the store is full.
      const kept = Math.max(storedExecutions, fewest);
      runs.compare(
        Array.from({ length: kept }, (_value, n) => sampleSid(begun - 1 - n)),
        await engine.sids(),
      );
      const going = figures.executions - figures.succeeded;
      if (going > 0) runs.lose('not ended, or not well', going);
      const whole = stagesOf(0).length - 1;
      const last = await stepsOf(engine, sampleSid(begun - 1));
      looks.check(last >= whole, `the last has ${String(last)} steps of ${String(whole)}`);
      for (const death of engine.deaths) runs.lose(`the engine died: ${death}`);
    } finally {
      await Promise.allSettled([engine.close(), topic.close()]);
    }
    return [runs.tally, looks.tally];
  },
};

/** A run as it is written: after each step a snapshot, then the record of its end. */
function stagesOf(n: number): string[] {
  const whole = JSON.parse(sampleRecord('succeeded', n)) as { trace: unknown[]; srv?: object };
  const snapshots = whole.trace.map((_entry, steps) =>
    JSON.stringify({
      ...whole,
      srv: { ...whole.srv, execution_state: 'running' },
      trace: whole.trace.slice(0, steps + 1),
    }),
  );
  return [...snapshots, JSON.stringify(whole)];
}

/** How many rows the tree of an execution has; none where it isn't listed yet. */
async function stepsOf({ client }: EnduredEngine, sid: string): Promise<number> {
  const { rows } = await ask(client, 'list', { ...wholeList, filter: `sid:${sid}`, limit: 1 });
  const key = rows[0]?.key;
  if (key === undefined) return 0;
  const query = { key, collapsed: [], at: { offset: 0 }, limit: 1 };
  return (await ask(client, 'tree', query)).totalRows;
}
