import { setTimeout as delay } from 'node:timers/promises';

import { createRandom } from '../../src/sources/sample/random.ts';
import { makeTopic } from '../engine/kafkaWorld.ts';
import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { startWriter } from './steadyWriter.ts';
import { Count, type Trial } from './trial.ts';

/** Records come all the time and are few enough that the store, which keeps 50,000, lets go of none. */
const pace = { atOnce: 10, restMs: 20 };
/** What is new in the list between two kills, so that each falls into reading. */
const betweenKills = 100;
/** How long a life of the engine is at most: killed while it loads, is told its source, reads, or has read all. */
const longestLifeMs = 3_000;
const requestsAtKill = 20;

const record = (n: number) => sampleRecord('robot', n);
const sidsTo = (count: number) => Array.from({ length: count }, (_value, n) => sampleSid(n));

/** The broker is killed as by a power failure, again and again, while records are written and read. */
export const brokerKills: Trial = {
  name: 'brokerKills',
  async run({ scale, broker: brokerOf }) {
    const broker = await brokerOf();
    const kills = new Count(`broker killed ${String(scale.brokerKills)} times: back to live`);
    const executions = new Count('…executions written and read meanwhile');
    const topic = await makeTopic(broker.brokers, 3);
    await topic.close();
    const engine = new EnduredEngine(broker.brokers, topic.name);
    const writer = startWriter(broker.brokers, topic.name, record, pace);
    try {
      for (let kill = 0; kill < scale.brokerKills; kill++) {
        const before = engine.last.total;
        await engine.until('more executions', ({ total }) => total >= before + betweenKills);
        kills.try();
        await broker.kill();
        await engine.until('the loss', ({ state }) => state.kind === 'retrying');
        await broker.restart();
        await engine.until('live', ({ state }) => state.kind === 'live');
      }
      const written = await writer.stop();
      await engine.untilRead(written);
      executions.compare(sidsTo(written), await engine.sids());
      for (const death of engine.deaths) kills.lose(`the engine died: ${death}`);
    } finally {
      await Promise.allSettled([writer.stop(), engine.close()]);
    }
    return [kills.tally, executions.tally];
  },
};

/** The engine's worker is ended as by a crash, again and again, while records are written and read. */
export const engineKills: Trial = {
  name: 'engineKills',
  async run({ scale, seed, broker: brokerOf }) {
    const { brokers } = await brokerOf();
    const random = createRandom(seed);
    const kills = new Count(`engine killed ${String(scale.engineKills)} times: started again`);
    const requests = new Count('…requests that were under way: answered');
    const executions = new Count('…executions written meanwhile and read');
    const topic = await makeTopic(brokers, 3);
    await topic.close();
    const engine = new EnduredEngine(brokers, topic.name);
    const writer = startWriter(brokers, topic.name, record, pace);
    try {
      for (let kill = 0; kill < scale.engineKills; kill++) {
        await delay(random.int(0, longestLifeMs));
        const { starts } = engine;
        const answers = Array.from({ length: requestsAtKill }, () => settled(engine.status()));
        await engine.client.kill();
        for (const answer of await Promise.all(answers)) {
          requests.check(answer, 'a request was not answered');
        }
        await engine.untilStarted(starts + 1);
        kills.check(engine.starts === starts + 1, `${String(engine.starts - starts)} starts`);
      }
      const written = await writer.stop();
      await engine.untilRead(written);
      executions.compare(sidsTo(written), await engine.sids());
    } finally {
      await Promise.allSettled([writer.stop(), engine.close()]);
    }
    return [kills.tally, requests.tally, executions.tally];
  },
};

/** Whether a request ends, well or not, in the time that anyone would wait. */
async function settled(request: Promise<unknown>): Promise<boolean> {
  const waited = delay(30_000, false, { ref: false });
  const answered = request.then(
    () => true,
    () => true,
  );
  return Promise.race([answered, waited]);
}
