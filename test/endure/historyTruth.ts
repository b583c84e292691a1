import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ask } from '../../src/protocol/ask.ts';
import { makeTopic } from '../engine/kafkaWorld.ts';
import { writeMany } from '../engine/topicLives.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { knownRecords } from '../support/knownRecords.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { allNumbers, truthSettings, untrueOnceSettled } from './toldTruth.ts';
import { Count, type Trial } from './trial.ts';

const day = 86_400_000;
/** It is read as fast as the history takes it: some hundreds a second on a slow machine. */
const readMs = 1_800_000;
/**
 * All that ever was on a topic, of which all is known beforehand: what is told of it is true, also after restarts that
 * read it from its beginning, of two windows at once, and after another cluster was looked at.
 */
export const historyTruth: Trial = {
  name: 'historyTruth',
  async run({ scale: { historyRecords }, broker }) {
    const { brokers } = await broker();
    const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-truth-'));
    const known = knownRecords(historyRecords, Math.floor(Date.now() / day) * day - 14 * day);
    const told = new Count(
      `${historyRecords.toLocaleString('en-US')} executions of 14 days: figures that are true`,
    );
    const topic = await makeTopic(brokers);
    await topic.close();
    const settings = truthSettings(folder);
    const open = () => new EnduredEngine(brokers, topic.name, settings);
    const check = async (when: string, engine: EnduredEngine) => {
      const untrue = await untrueOnceSettled(engine, known);
      told.check(untrue.length === 0, `${when}: ${untrue.slice(0, 3).join('; ')}`);
      process.stderr.write(`endure: historyTruth: ${when}: ${String(untrue.length)} untrue\n`);
    };
    const parts = 3;
    try {
      for (let part = 0; part < parts; part++) {
        const [from, to] = [part, part + 1].map((at) =>
          Math.floor((known.records.length * at) / parts),
        );
        await writeMany(brokers, topic.name, known.records.slice(from, to));
        const engine = open();
        await engine.untilRead(1, readMs);
        if (part === parts - 1) await check('read in three lives', engine);
        await engine.close();
      }
      const [first, second] = [open(), open()];
      await Promise.all([first.untilRead(1, readMs), second.untilRead(1, readMs)]);
      await check('read again from the earliest offset', first);
      await check('in a second window', second);
      await second.close();
      const elsewhere = await startKafkaBroker({ autoCreateTopics: false });
      const other = await makeTopic(elsewhere.brokers, 1, { name: topic.name });
      await other.send(known.records.slice(0, 10));
      await other.close();
      const there = new EnduredEngine(elsewhere.brokers, topic.name, settings);
      await there.untilRead(1, readMs);
      const { runs } = await ask(there.client, 'numbers', allNumbers);
      told.check(runs <= 10, `another cluster: ${String(runs)} runs`);
      await there.close();
      await elsewhere.stop();
      await first.close();
      const last = open();
      await last.untilRead(1, readMs);
      await check('back from another cluster', last);
      await last.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return [told.tally];
  },
};
