/**
 * The shipped engine with a history, as a program: BROKERS TOPIC FOLDER. Says again and again how many executions are
 * in its file.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { loadSqlite } from '../../src/history/sqlite.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { truthSettings } from './toldTruth.ts';

const [brokers = '', topic = '', folder = ''] = process.argv.slice(2);
const lookMs = 20;
const sqlite = loadSqlite();

/** Before it is made, or while it is locked, nothing. */
function kept(): number {
  const name = readdirSync(folder).find((each) => each.endsWith('.db'));
  if (name === undefined || sqlite === null) return 0;
  try {
    const db = sqlite.open(join(folder, name), { readOnly: true });
    try {
      return Number(db.prepare('SELECT count(*) AS count FROM execution').get()?.['count']);
    } finally {
      db.close();
    }
  } catch {
    return 0;
  }
}

new EnduredEngine(brokers, topic, truthSettings(folder));
for (;;) {
  process.stdout.write(`kept ${String(kept())}\n`);
  await delay(lookMs);
}
