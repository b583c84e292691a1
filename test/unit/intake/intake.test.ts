import { MessageChannel } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { composeEngine } from '../../../src/engine/compose.ts';
import { Intake } from '../../../src/intake/intake.ts';
import { IntakeRates } from '../../../src/intake/intakeRates.ts';
import { loopTurn } from '../../../src/engine/loopTurn.ts';
import { aRecord } from '../../support/builders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { sampleRecord } from '../../support/sampleRecords.ts';
import { engineParts } from '../engine/world.ts';

/** A clock on which each look takes a millisecond, so that each record takes one at least. */
class PassingClock extends ManualClock {
  override now(): number {
    this.advance(1);
    return super.now();
  }
}

/** Asks over a port, as the host does, and gives what the answer is when the request has its turn. */
async function askOverPort<T>(answer: () => T): Promise<T> {
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<T>((resolve) => {
    port2.once('message', () => {
      resolve(answer());
    });
  });
  port1.postMessage('request');
  try {
    return await answered;
  } finally {
    port1.close();
  }
}

const records = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    aRecord({
      offset: String(n),
      value: new TextEncoder().encode(sampleRecord('succeeded', n)),
    }),
  );

describe('a backlog', () => {
  const taking = (turn: () => Promise<void>) => {
    const { ingest, store } = engineParts();
    const clock = new PassingClock();
    const rates = new IntakeRates(clock);
    const intake = new Intake({ ingest, rates, clock, turn, onTaken: () => undefined });
    return { intake, store };
  };

  test('lets a request have its turn behind a few records', async () => {
    const { intake, store } = taking(loopTurn);
    const taken = intake.take(records(300));
    const seen = await askOverPort(() => store.size);
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(50);
    await taken;
    expect(store.size).toBe(300);
  });

  test('of small batches does so too', async () => {
    let turns = 0;
    const { intake } = taking(() => {
      turns++;
      return Promise.resolve();
    });
    for (const record of records(100)) await intake.take([record]);
    expect(turns).toBeGreaterThan(10);
  });

  test('keeps its order, and its source waits for it', async () => {
    const { intake, store } = taking(loopTurn);
    const all = records(120);
    await intake.take(all.slice(0, 60));
    expect(store.size).toBe(60);
    await intake.take(all.slice(60));
    const offsets = store.oldestFirst.map(({ record }) => Number(record.offset));
    expect(offsets).toEqual(Array.from({ length: 120 }, (_, n) => n));
  });
});

test('the engine answers before a file is read to its end', async () => {
  const engine = composeEngine({ clock: new PassingClock(), emit: () => undefined });
  const lines = records(400).map(({ value }) => new TextDecoder().decode(value ?? undefined));
  const bytes = new TextEncoder().encode(lines.join('\n'));
  const spec = { kind: 'contents', files: [{ name: 'backlog.jsonl', bytes }] } as const;
  await engine.handlers.openSource({ spec, keep: false });
  const { store, reader } = engine;
  const seen: number[] = [];
  while (reader.state.kind !== 'ended') {
    seen.push(await askOverPort(() => store.size));
  }
  expect(seen.filter((stored) => stored > 0 && stored < 400).length).toBeGreaterThan(20);
  expect(store.size).toBe(400);
  await engine.close();
});
