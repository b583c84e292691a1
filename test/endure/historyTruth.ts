import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { ask } from '../../src/protocol/ask.ts';
import type { NumbersQuery } from '../../src/protocol/numbers.ts';
import { makeTopic } from '../engine/kafkaWorld.ts';
import { write } from '../engine/topicLives.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { untruths } from '../support/knownNumbers.ts';
import { type KnownRecords, knownRecords } from '../support/knownRecords.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { Count, type Trial } from './trial.ts';

const day = 86_400_000;
/** Far less than there is: the history has to tell. */
const storeBytes = 32 * 1024 * 1024;
const query: NumbersQuery = {
  ...{ scope: { kind: 'all' }, range: 'all' },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};
/** It is read as fast as the history takes it: some hundreds a second on a slow machine. */
const readMs = 1_800_000;
/** How long the history may be behind without a change of what it says. */
const patienceMs = 120_000;
const lookMs = 1_000;
/** A broker takes a megabyte as one. */
const atATime = 500;

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
    const settings = { storeBytes, history: { folder, days: 30, megabytes: 200 } };
    const open = () => new EnduredEngine(brokers, topic.name, settings);
    const check = async (when: string, engine: EnduredEngine) => {
      const untrue = await settled(engine, known);
      told.check(untrue.length === 0, `${when}: ${untrue.slice(0, 3).join('; ')}`);
      process.stderr.write(`endure: historyTruth: ${when}: ${String(untrue.length)} untrue\n`);
    };
    const parts = 3;
    try {
      for (let part = 0; part < parts; part++) {
        const [from, to] = [part, part + 1].map((at) =>
          Math.floor((known.records.length * at) / parts),
        );
        for (let at = from ?? 0; at < (to ?? 0); at += atATime)
          await write(
            brokers,
            topic.name,
            known.records.slice(at, Math.min(at + atATime, to ?? 0)),
          );
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
      const { runs } = await ask(there.client, 'numbers', query);
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

/** What is untrue once the history has all of it, or says nothing new for long. */
async function settled(engine: EnduredEngine, known: KnownRecords): Promise<readonly string[]> {
  let last = '';
  let sinceMs = Date.now();
  for (;;) {
    const untrue = untruths(await ask(engine.client, 'numbers', query), known);
    if (untrue.length === 0 || Date.now() - sinceMs > patienceMs) return untrue;
    const said = untrue.join(' ');
    if (said !== last) sinceMs = Date.now();
    last = said;
    await delay(lookMs);
  }
}
