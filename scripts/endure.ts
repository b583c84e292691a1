/**
 * `npm run endure`: what the engine has to survive, against a real Kafka, in a quarter of an hour; `-- --short`
 * is the form that is part of `npm test`, `-- brokerKills` runs what is so named, `--seed=n` repeats a night,
 * `--executions=n` holds the history to more or fewer of them than 100,000. `ENDURE_NODES` names the Nodes whose SQLite
 * is tried, by their paths; without it they are the oldest and the newest that an editor has.
 * Prints what was tried, what survived and what was lost; the exit code says whether anything was.
 */
import { parseArgs } from 'node:util';

import { bombs } from '../test/endure/bombs.ts';
import { damagedBatches } from '../test/endure/damagedBatches.ts';
import { flood } from '../test/endure/flood.ts';
import { growingRuns } from '../test/endure/growingRuns.ts';
import { brokerKills, engineKills } from '../test/endure/kills.ts';
import { historyDisk } from '../test/endure/historyDisk.ts';
import { historyTruth } from '../test/endure/historyTruth.ts';
import { historyKills, historyTurns } from '../test/endure/historyWriters.ts';
import { mutants } from '../test/endure/mutants.ts';
import { topicAnew } from '../test/endure/topicAnew.ts';
import type { Scale, Tally, Trial } from '../test/endure/trial.ts';
import { startKafkaBroker, type KafkaBroker } from '../test/support/kafkaBroker.ts';
import { Unavailable } from '../test/support/unavailable.ts';
import { build } from './build.ts';
import { runAsProgram } from './program.ts';
import { printResults, resultOf, type TaskResult } from './taskResult.ts';

const longScale: Scale = {
  brokerKills: 20,
  engineKills: 20,
  floodRecords: 200_000,
  growingSeconds: 600,
  mutants: 100_000,
  historyRecords: 100_000,
  turnSeconds: 600,
};
/** Each thing once or twice, in about a minute. */
const shortScale: Scale = {
  brokerKills: 2,
  engineKills: 2,
  floodRecords: 10_000,
  growingSeconds: 8,
  mutants: 500,
  historyRecords: 2_000,
  turnSeconds: 10,
};

/** Lanes run beside each other, the trials of one after each other, on one broker: none is killed under another. */
const lanes: readonly (readonly Trial[])[] = [
  [flood, growingRuns],
  [brokerKills, engineKills, topicAnew, damagedBatches, bombs],
  [mutants],
  [historyTruth],
  [historyDisk],
  [historyKills],
  [historyTurns],
];
/** Of `npm test`, whose unit step makes more of them, holds the history to smaller truths, and kills its writers. */
const leftOutOfShort: readonly Trial[] = [mutants, historyTruth, historyKills, historyTurns];

/** Runs all trials, or those that are named, and gives a result for each line of the table. */
export async function endure(args: readonly string[]): Promise<readonly TaskResult[]> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean' },
      seed: { type: 'string' },
      executions: { type: 'string' },
    },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !lanes.flat().some((trial) => trial.name === name));
  if (unknown.length > 0) {
    const results = [resultOf('endure', [`no such trial: ${unknown.join(', ')}`])];
    printResults(results);
    return results;
  }
  const seed = Number(values.seed ?? seedOfToday());
  const scale = { ...(values.short === true ? shortScale : longScale) };
  if (values.executions !== undefined) scale.historyRecords = Number(values.executions);
  const leftOut = values.short === true ? leftOutOfShort : [];
  const isChosen = (trial: Trial) =>
    positionals.length === 0 ? !leftOut.includes(trial) : positionals.includes(trial.name);
  if (process.env['RPA_TRACE_BUILT'] !== '1') {
    const built = await build([]);
    if (built.some(({ ok }) => !ok)) return built;
  }
  const outcomes = await Promise.all(
    lanes.map((lane) => runLane(lane.filter(isChosen), scale, seed)),
  );
  printTable(outcomes.flatMap(({ tallies }) => tallies));
  return outcomes.flatMap(({ tallies, skipped }) => [
    ...tallies.map(({ what, lost, details }) =>
      resultOf(`endure: ${what}`, lost === 0 ? [] : [`${String(lost)} lost`, ...details]),
    ),
    ...skipped,
  ]);
}

interface Outcome {
  readonly tallies: readonly Tally[];
  readonly skipped: readonly TaskResult[];
}

async function runLane(trials: readonly Trial[], scale: Scale, seed: number): Promise<Outcome> {
  let started: Promise<KafkaBroker> | undefined;
  const broker = () => (started ??= startKafkaBroker({ autoCreateTopics: false }));
  const tallies: Tally[] = [];
  const skipped: TaskResult[] = [];
  for (const { name, run } of trials) {
    const begin = performance.now();
    try {
      tallies.push(...(await run({ scale, seed, broker })));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (error instanceof Unavailable) skipped.push({ name, ok: false, skipped: text });
      // A trial that can't go on has lost whatever it was about.
      else tallies.push({ what: name, tried: 1, lost: 1, details: [text] });
    }
    say(`${name}: ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
  }
  await (await started?.catch(() => undefined))?.stop();
  return { tallies, skipped };
}

function printTable(tallies: readonly Tally[]): void {
  const rows = tallies.map(({ what, tried, lost }) => [
    what,
    ...[tried, tried - lost, lost].map((count) => count.toLocaleString('en-US')),
  ]);
  const table = [['what', 'tried', 'survived', 'lost'], ...rows];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join(' | '),
  );
  process.stdout.write(`\n${lines.join('\n')}\n`);
  for (const { what, details } of tallies) {
    for (const detail of details) process.stdout.write(`\n${what}\n  ${detail}\n`);
  }
}

/** Other mutants each night. */
function seedOfToday(): number {
  return Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));
}

function say(text: string): void {
  process.stderr.write(`endure: ${text}\n`);
}

runAsProgram(import.meta.url, endure);
