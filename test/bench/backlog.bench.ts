/**
 * How long a panel waits for its list while the engine, in its worker thread, reads a backlog from a real topic:
 * asked again as soon as it is answered, as by somebody who types and scrolls.
 */
import type { EngineClient } from '../../src/host/engineClient.ts';
import type { ListQuery } from '../../src/protocol/list.ts';
import { engineInWorker, engineSettings, topicSource, wholeList } from '../engine/engineWorld.ts';
import { makeTopic } from '../engine/kafkaWorld.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { sampleRecord, type SampleName } from '../support/sampleRecords.ts';
import { buildForBench } from './built.ts';
import { heading, note, quantile, report } from './report.ts';
import { ask } from '../../src/protocol/ask.ts';

const count = 80_000;
const atOnce = 500;
/** The next key press or wheel tick. */
const pauseMs = 5;
const names: readonly SampleName[] = ['succeeded', 'robot', 'failed', 'oldSucceeded', 'link'];

await buildForBench();
const broker = await startKafkaBroker({ optimized: true });
try {
  const topic = await makeTopic(broker.brokers, 3);
  for (let at = 0; at < count; at += atOnce) {
    const records = Array.from({ length: atOnce }, (_, index) => {
      return sampleRecord(names[index % names.length] ?? 'robot', at + index);
    });
    await topic.send(records);
  }
  await topic.close();
  heading(`Lists while a backlog of ${String(count)} records is read`);
  const page = { ...wholeList, limit: 60 };
  await measure('the list', topic.name, page);
  await measure('the list with a filter of words', topic.name, { ...page, filter: 'click save' });
} finally {
  await broker.stop();
}

async function measure(name: string, topic: string, query: ListQuery): Promise<void> {
  const engine = engineInWorker();
  try {
    engine.start();
    await engine.call('configure', engineSettings({ storeBytes: 128 * 1024 * 1024 }));
    await engine.call('openSource', { spec: topicSource(broker.brokers, topic), keep: false });
    await untilReading(engine);
    const beginMs = performance.now();
    const answers: number[] = [];
    while (await isBehind(engine)) {
      const askedMs = performance.now();
      await ask(engine, 'list', query);
      answers.push(performance.now() - askedMs);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    const seconds = (performance.now() - beginMs) / 1_000;
    report(`${name}, p50`, quantile(answers, 0.5), 'ms');
    report(`${name}, p95`, quantile(answers, 0.95), 'ms', { atMost: 50 });
    note(
      `${String(answers.length)} answers in ${seconds.toFixed(1)} s, ` +
        `slowest ${quantile(answers, 1).toFixed(0)} ms`,
    );
  } finally {
    await engine.close();
  }
}

/** Resolves when the first records are there. */
async function untilReading(engine: EngineClient): Promise<void> {
  while ((await statusOf(engine)).storedExecutions === 0) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function isBehind(engine: EngineClient): Promise<boolean> {
  const { state } = await statusOf(engine);
  return state.kind !== 'live' || state.lag > 0;
}

function statusOf(engine: EngineClient) {
  return ask(engine, 'status', null);
}
