import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

import { HistoryFile } from '../../src/history/historyFile.ts';
import { HistoryStore } from '../../src/history/historyStore.ts';
import { loadSqlite } from '../../src/history/sqlite.ts';
import { makeTopic } from '../engine/kafkaWorld.ts';
import { writeMany } from '../engine/topicLives.ts';
import { run } from '../support/childProcess.ts';
import { knownRecords } from '../support/knownRecords.ts';
import { nodeOfLine, nodeOfVersion, oldestWithSqlite } from '../support/nodeVersions.ts';
import { Unavailable } from '../support/unavailable.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { truthSettings, untrueOnceSettled } from './toldTruth.ts';
import { Count, type Tally, type Trial, type TrialWorld } from './trial.ts';

const day = 86_400_000;
/** As long as it takes the slowest machine to read what a life reads. */
const lifeMs = 300_000;
const limits = { days: 36_500, megabytes: 2_000 };
const reader = join(import.meta.dirname, 'historyReader.ts');
const writer = join(import.meta.dirname, '../unit/history/writer.ts');
/** Of the first Node with SQLite: programs of ours are TypeScript. */
const nodeArgs = ['--no-warnings', '--experimental-strip-types'];
/** What a window writes as one, and its rest: each has its turn while the other rests, and both want it at times. */
const [atATime, restMs] = [20, 50];
/** The first window comes to what the second began with. */
const bothAfter = 2_000;

/**
 * The history on the oldest and on the newest SQLite that editors ship, or on those of the Nodes that
 * `ENDURE_NODES` names: its engine is killed as by a crash while it writes.
 */
export const historyKills: Trial = {
  name: 'historyKills',
  run: (world) => onEach((node, name) => killed(node, name, world)),
};

/** On the same: two windows write in turn. */
export const historyTurns: Trial = {
  name: 'historyTurns',
  run: (world) => onEach((node, name) => inTurn(node, name, world)),
};

async function onEach(
  act: (node: string, name: string) => Promise<Tally>,
): Promise<readonly Tally[]> {
  return Promise.all(
    (await nodes()).map(async (node) => {
      const { stdout } = await run(node, ['-p', 'process.versions.sqlite']);
      return act(node, `SQLite ${stdout.trim()}`);
    }),
  );
}

async function nodes(): Promise<readonly string[]> {
  const named = process.env['ENDURE_NODES'] ?? '';
  if (named !== '') return named.split(delimiter);
  return Promise.all([nodeOfVersion(oldestWithSqlite), nodeOfLine(24)]);
}

/** Each life is killed when it has written its part of what there is. */
async function killed(node: string, name: string, { scale, broker }: TrialWorld) {
  const { engineKills: kills } = scale;
  const { brokers } = await broker();
  const count = new Count(`${name}: engine killed ${String(kills)} times while it writes`);
  const known = knownRecords(kills * 200, Math.floor(Date.now() / day) * day - 14 * day);
  const topic = await makeTopic(brokers);
  await topic.close();
  await writeMany(brokers, topic.name, known.records);
  const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-kills-'));
  try {
    const all = known.runs.length + known.toolCalls.length;
    for (let kill = 0; kill < kills; kill++) {
      const enough = ((kill + 0.5) / kills) * all;
      const said = await lifeOf(node, [reader, brokers, topic.name, folder], (line) => {
        return Number(line.slice('kept '.length)) >= enough;
      });
      count.check(said.isKilled, `life ${String(kill)} ended by itself: ${said.errors}`);
    }
    const engine = new EnduredEngine(brokers, topic.name, truthSettings(folder));
    await engine.untilRead(1, lifeMs);
    const untrue = await untrueOnceSettled(engine, known);
    await engine.close();
    count.check(untrue.length === 0, untrue.slice(0, 3).join('; '));
    for (const file of readdirSync(folder)) {
      count.check(file.endsWith('.db'), `${file} is left over`);
      if (file.endsWith('.db')) checkFile(join(folder, file), count);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return count.tally;
}

/** Both have what the other doesn't; some they both have. */
async function inTurn(node: string, name: string, { scale }: TrialWorld): Promise<Tally> {
  const { turnSeconds } = scale;
  const count = new Count(`${name}: two windows in turn for ${String(turnSeconds)} s`);
  const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-turns-'));
  const file = join(folder, 'a.db');
  const forLong = ['1000000000', 'own', String(restMs), String(turnSeconds * 1_000)];
  try {
    const windows = [0, bothAfter].map((from) => {
      return lifeOf(node, [writer, file, String(from), ...forLong]);
    });
    const wanted = new Set<string>();
    for (const { lines, errors } of await Promise.all(windows)) {
      count.check(lines.at(-1) === 'end', `a window ended before its end: ${errors}`);
      for (const line of lines) {
        if (/^(lost|news)/.test(line)) count.lose(line);
        if (!line.startsWith('done ')) continue;
        const first = Number(line.slice('done '.length));
        for (let at = first; at < first + atATime; at++) wanted.add(`s${String(at)}`);
      }
    }
    const sids = checkFile(file, count);
    count.compare(wanted, new Set(sids));
    count.check(new Set(sids).size === sids.length, 'an execution is there twice');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return count.tally;
}

/** Whether SQLite finds the file whole; the sids of all that is in it. */
function checkFile(path: string, count: Count): readonly string[] {
  const sqlite = loadSqlite();
  if (sqlite === null) throw new Unavailable('this Node has no SQLite');
  const now = () => Date.now();
  const token = 'checked';
  const file = HistoryFile.open({ sqlite, file: path, source: 'c/topic', token, now });
  try {
    const found = file.db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    count.check(found === 'ok', `${path}: ${String(found)}`);
    count.check(file.opened.setAside === null, 'the file was damaged');
    const all = new HistoryStore(file, limits, now).between(-Infinity, Infinity, Infinity);
    return all.map(({ execution }) => execution.sid);
  } finally {
    file.close();
  }
}

interface Life {
  readonly lines: readonly string[];
  readonly errors: string;
  readonly isKilled: boolean;
}

/** A program until it ends, or is ended as by a crash once it has said what it is killed at. */
async function lifeOf(
  node: string,
  args: readonly string[],
  isKilledAt: (line: string) => boolean = () => false,
): Promise<Life> {
  const child: ChildProcess = spawn(node, [...nodeArgs, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let errors = '';
  let isKilled = false;
  child.stderr?.on('data', (data: Buffer) => (errors = (errors + String(data)).slice(-2_000)));
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (isKilled || !isKilledAt(line)) return;
      isKilled = true;
      child.kill('SIGKILL');
    });
  }
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  await once(child, 'close');
  process.off('exit', kill);
  return { lines, errors, isKilled };
}
