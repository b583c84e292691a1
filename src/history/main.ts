import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../base/systemClock.ts';
import { HistoryKeeper } from './historyKeeper.ts';
import type { Answer, FromThread, ThreadData, ToThread } from './messages.ts';
import { loadSqlite } from './sqlite.ts';

/** A frame's work for whoever takes them. */
const partSize = 500;

/** The beginning of the thread in which the history waits for the disk. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('The history runs in a worker thread');
  const say = (said: FromThread) => {
    port.postMessage(said);
  };
  const keeper = new HistoryKeeper({
    ...(workerData as ThreadData),
    ...{ sqlite: loadSqlite(), clock: systemClock },
    onState: (state, floorMs = 0) => {
      say({ kind: 'state', state, floorMs });
    },
    onNews: (news, detail) => {
      say({ kind: 'news', news, detail });
    },
  });
  port.on('message', (asked: ToThread) => {
    const answer = (answered: Answer) => {
      if ('id' in asked) say({ kind: 'answer', id: asked.id, answer: answered });
    };
    switch (asked.kind) {
      case 'put': {
        const { records, subs } = asked;
        const done = (changes: number | null) => {
          answer({ kind: 'put', changes });
        };
        keeper.put({ records, subs, done });
        return;
      }
      case 'between':
        keeper.between(asked, (records) => {
          const last = Math.max(0, Math.ceil(records.length / partSize) - 1) * partSize;
          for (let at = 0; at < last; at += partSize) {
            answer({ kind: 'part', records: records.slice(at, at + partSize) });
          }
          answer({ kind: 'records', records: records.slice(last) });
        });
        return;
      case 'numbers':
        keeper.numbers(asked.question, (numbers) => {
          answer({ kind: 'numbers', numbers });
        });
        return;
      case 'find':
        keeper.find(asked.search, (found) => {
          answer({ kind: 'found', found });
        });
        return;
      case 'under':
        keeper.under(asked.of, (records) => {
          answer({ kind: 'records', records });
        });
        return;
      case 'clear':
        keeper.clear((isCleared) => {
          answer({ kind: 'cleared', isCleared });
        });
        return;
      case 'limits':
        keeper.setLimits(asked.limits);
        return;
      case 'close':
        keeper.close();
        say({ kind: 'closed' });
        port.close();
    }
  });
}

main();
