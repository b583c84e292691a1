import { expect, test } from 'vitest';
import { Announcer, type Pace } from '../../../webview/announcer.ts';
import { ManualClock } from '../../support/manualClock.ts';

const every: Pace = { everyMs: 10_000 };
const settled: Pace = { everyMs: 0, settledMs: 1_000 };
const atOnce: Pace = { everyMs: 0 };

/** What is told, each a second after the one before; and what is said in the end. */
test.each<[string, Pace, readonly string[], readonly string[]]>([
  ['a change at once', atOnce, ['Live', 'Paused'], ['Live', 'Paused']],
  ['the same once', atOnce, ['Live', 'Live', 'Live'], ['Live']],
  ['the same again after nothing', atOnce, ['Live', '', 'Live'], ['Live', 'Live']],
  ['what goes on: the first, and later the newest', every, ['1', '2', '3', '4'], ['1', '4']],
  ['what is over before its turn: no more', every, ['1', '2', ''], ['1']],
  ['only what it settles at', { ...settled, settledMs: 1_500 }, ['a', 'ab', 'abc'], ['abc']],
])('%s', (_name, pace, told, said) => {
  const clock = new ManualClock();
  const heard: string[] = [];
  const announcer = new Announcer(clock, (text) => heard.push(text));
  for (const text of told) {
    announcer.tell('topic', text, pace);
    clock.advance(1_000);
  }
  clock.advance(20_000);
  expect(heard).toEqual(said);
  expect(clock.waiting).toBe(0);
});

test('topics don’t wait for each other', () => {
  const heard: string[] = [];
  const announcer = new Announcer(new ManualClock(), (text) => heard.push(text));
  announcer.tell('lag', 'lag 4', every);
  announcer.tell('lag', 'lag 3', every);
  announcer.tell('source', 'Paused', atOnce);
  expect(heard).toEqual(['lag 4', 'Paused']);
});
