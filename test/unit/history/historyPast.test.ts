import { describe, expect, test } from 'vitest';

import type { Past } from '../../../src/analysis/past.ts';
import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { HistoryPast } from '../../../src/history/historyPast.ts';
import type { HistoryState } from '../../../src/history/historyState.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

function anySide(all: readonly PastExecution[], revision: number) {
  return {
    revision,
    between: (fromMs: number, toMs: number, most: number) =>
      Promise.resolve(
        all.filter(({ beginMs }) => (beginMs ?? 0) >= fromMs && (beginMs ?? 0) < toMs).slice(-most),
      ),
  };
}

function past(
  memory: readonly PastExecution[],
  disk: readonly PastExecution[],
  state: HistoryState = { kind: 'on', sinceMs: disk[0]?.beginMs ?? null, bytes: 0 },
): Past {
  const sinceMs = memory[0]?.beginMs ?? null;
  return new HistoryPast(
    { ...anySide(memory, 3), sinceMs },
    { ...anySide(disk, 4), state, sameness: '' },
    () => 0,
  );
}

const old = aPast({ key: 'workflow/old', beginMs: 10 });
const both = aPast({ key: 'workflow/both', beginMs: 20, name: 'as in memory' });
const kept = { ...both, name: 'as it was kept' };
const fuller = { ...kept, nodes: [aPastNode()] };
const live = aPast({ key: 'workflow/live', beginMs: 30, outcome: 'running' });

describe('memory and disk as one', () => {
  test.each<
    readonly [string, readonly PastExecution[], readonly PastExecution[], readonly PastExecution[]]
  >([
    ['memory alone', [both, live], [], [both, live]],
    ['disk alone', [], [old, kept], [old, kept]],
    ['each once, as memory has it', [both, live], [old, kept], [old, both, live]],
    ['as the disk has it where that knows more', [both], [fuller], [fuller]],
    [
      'the same key at another time twice',
      [both],
      [{ ...kept, beginMs: 5 }],
      [{ ...kept, beginMs: 5 }, both],
    ],
  ])('%s', async (_, memory, disk, expected) => {
    expect(await past(memory, disk).between(0, 100, 10)).toEqual(expected);
  });

  test('no more than asked for: the newest', async () => {
    expect(await past([both, live], [old, kept]).between(0, 100, 2)).toEqual([both, live]);
  });

  test('it begins where the earlier of both does, and changes with each', () => {
    expect(past([both], [old]).sinceMs).toBe(10);
    expect(past([both], [old], { kind: 'full' }).sinceMs).toBe(20);
    expect(past([], [], { kind: 'off' }).sinceMs).toBeNull();
    expect(past([both], [old]).revision).toBe(7);
  });
});
