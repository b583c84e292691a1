/**
 * A window that writes the history until it is killed, as a program: FILE FROM COUNT [VERSION [REST MOST]]. Says a line for
 * each transaction that is on the disk. VERSION is that of SQLite which it takes itself to have, `own` for the one it
 * has; REST are milliseconds between two transactions, MOST after how many it ends.
 */
import { systemClock } from '../../../src/base/systemClock.ts';
import { newToken } from '../../../src/history/historyFile.ts';
import { HistoryKeeper } from '../../../src/history/historyKeeper.ts';
import type { HistoryRecord } from '../../../src/history/historyRecord.ts';
import { loadSqlite } from '../../../src/history/sqlite.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

const [file = '', from = '0', count = '0', version = 'own', rest = '0', most = 'Infinity'] =
  process.argv.slice(2);
const found = loadSqlite();
const sqlite = found === null || version === 'own' ? found : { ...found, version };
const say = (line: string) => process.stdout.write(`${line}\n`);
const atATime = 20;

/** An hour holds 60 of them. */
function recordOf(index: number): HistoryRecord {
  const sid = `s${String(index)}`;
  const beginMs = Date.UTC(2026, 5, 1) + index * 60_000;
  return {
    execution: aPast({ sid, key: `workflow/${sid}`, beginMs, nodes: [aPastNode({ beginMs })] }),
    ...{ position: { partition: 0, offset: String(index) }, masks: 'usual', isSub: false },
  };
}

const keeper = new HistoryKeeper({
  ...{ sqlite, clock: systemClock, file, source: 'c/topic', token: newToken() },
  limits: { days: 36_500, megabytes: 200 },
  onState: () => undefined,
  onNews: (news) => {
    say(`news ${news}`);
  },
});

let next = Number(from);
const end = next + Number(count);
const write = () => {
  const records = Array.from({ length: atATime }, (_, at) => recordOf(next + at));
  keeper.put({
    ...{ records, subs: [] },
    done: (changes) => {
      say(`${changes === null ? 'lost' : 'done'} ${String(next)}`);
      next += atATime;
      if (next < end && performance.now() < Number(most)) setTimeout(write, Number(rest));
      else {
        keeper.close();
        say('end');
      }
    },
  });
};
say('ready');
write();
