/**
 * Keeps a history on a file system of two megabytes, as a program: FOLDER. Says a line for each thing that was to be:
 * `ok …`, or what was instead.
 */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { newToken } from '../../src/history/historyFile.ts';
import { HistoryKeeper } from '../../src/history/historyKeeper.ts';
import type { HistoryRecord } from '../../src/history/historyRecord.ts';
import type { HistoryState } from '../../src/history/historyState.ts';
import { loadSqlite } from '../../src/history/sqlite.ts';
import { ManualClock } from '../support/manualClock.ts';
import { aPast, aPastNode } from '../support/pastBuilders.ts';

const [folder = ''] = process.argv.slice(2);
const ballast = join(folder, 'ballast');
/** A disk that is in trouble is looked at again each minute. */
const laterMs = 61_000;
const day = 86_400_000;
const startMs = Date.UTC(2026, 5, 1);

const clock = new ManualClock(startMs + day);
const news: string[] = [];
let state: HistoryState = { kind: 'opening' };
const kindNow = (): HistoryState['kind'] => state.kind;
const open = () =>
  new HistoryKeeper({
    ...{ sqlite: loadSqlite(), clock, file: join(folder, 'a.db'), source: 'c/t' },
    ...{ token: newToken(), limits: { days: 30, megabytes: 200 } },
    onState: (next) => {
      state = next;
    },
    onNews: (what) => news.push(what),
  });
let keeper = open();

let offset = 0;
const kept = new Set<string>();
/** Writes some; whether they were kept. */
function put(count = 100): boolean {
  const records = Array.from({ length: count }, (): HistoryRecord => {
    const sid = `s${String(offset)}`;
    const beginMs = startMs + offset * 1_000;
    const nodes = Array.from({ length: 10 }, (_, at) =>
      aPastNode({ beginMs, nodeId: `node ${String((offset * 7 + at) % 1_000)}` }),
    );
    return {
      execution: aPast({ sid, key: `workflow/${sid}`, beginMs, nodes }),
      ...{ position: { partition: 0, offset: String(offset++) }, masks: 'usual', isSub: false },
    };
  });
  const answers: (number | null)[] = [];
  keeper.put({ records, subs: [], done: (changes) => answers.push(changes) });
  const isKept = answers.some((changes) => changes !== null);
  if (isKept) for (const { execution } of records) kept.add(execution.sid);
  return isKept;
}

const say = (isSo: boolean, what: string) => {
  const seen = `${state.kind}, told ${news.join(' ')}`;
  process.stdout.write(isSo ? `ok ${what}\n` : `not so: ${what} (${seen})\n`);
};
/** All that was kept is there, and nothing else. */
const isWhole = () => {
  let there: readonly string[] = [];
  keeper.between({ fromMs: 0, toMs: Infinity, most: Infinity }, (records) => {
    there = records.map(({ execution }) => execution.sid);
  });
  return there.length === kept.size && there.every((sid) => kept.has(sid));
};
const fill = () => {
  try {
    writeFileSync(ballast, new Uint8Array(4_000_000));
  } catch {
    // As much of it as there was room for is there.
  }
};
const remount = (how: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${how}`, folder]);

say(put(), 'it is kept while there is room');
for (let round = 0; round < 2; round++) {
  fill();
  let wasKept = true;
  for (let at = 0; at < 200 && wasKept; at++) wasKept = put();
  say(!wasKept && kindNow() === 'full', 'a full disk is said to be full');
  say(!put(), 'what comes then is let go of');
  say(isWhole(), 'what was kept is there');
  rmSync(ballast);
  clock.advance(laterMs);
  say(put() && kindNow() === 'on', 'with room again it goes on');
  // What is open for writing keeps a disk from becoming read-only.
  keeper.close();
  remount('ro');
  keeper = open();
  say(!put() && kindNow() === 'readOnly', 'a read-only disk is said to be so');
  remount('rw');
  clock.advance(laterMs);
  say(put() && kindNow() === 'on', 'writable again it goes on');
  say(isWhole(), 'and has what it had');
}
say(news.join(' ') === 'full readOnly full readOnly', 'each trouble is told once in a life');
say(isWhole(), 'all is there in the end');
keeper.close();
process.stdout.write('ok end\n');
