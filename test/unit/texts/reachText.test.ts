import { expect, test } from 'vitest';
import type { HistoryState } from '../../../src/history/historyState.ts';
import { reachText } from '../../../src/texts/historyTexts.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const on: HistoryState = { kind: 'on', sinceMs: 5_000, bytes: 1 };
const texts = { t: plainEnglish, language: 'en-GB' };

test.each<[string, number | null, HistoryState, RegExp[]]>([
  ['all of it is known', 0, on, []],
  ['nothing is known', null, { kind: 'off' }, []],
  ['a part is, with a history', 5_000, on, [/^The data goes back to /]],
  ['a part is, in memory alone', 5_000, { kind: 'off' }, [/^Only what is in memory is counted/]],
  ['the history opens', 5_000, { kind: 'opening' }, [/^Only what is in memory/]],
  ['there can be no history', 0, { kind: 'unavailable' }, [/^This editor keeps no history/]],
  ['the disk is full', 5_000, { kind: 'full' }, [/^The disk is full/, /^The data goes back/]],
])('numbers say what they don’t hold: %s', (_, sinceMs, history, said) => {
  const told = reachText({ span: { fromMs: 0, toMs: 9_000 }, sinceMs }, history, texts);
  expect(told).toEqual(said.map((one) => expect.stringMatching(one) as string));
});
