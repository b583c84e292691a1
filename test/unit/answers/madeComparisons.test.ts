import { describe, expect, it } from 'vitest';
import type { KeptComparison } from '../../../src/answers/comparedWindow.ts';
import { MadeComparisons, type MakeComparison } from '../../../src/answers/madeComparisons.ts';
import { ManualClock } from '../../support/manualClock.ts';

const comparison = {} as KeptComparison;

/** Comparisons whose turns a test gives, and what was begun and what ended. */
function world() {
  const turns: (() => void)[] = [];
  const told: string[] = [];
  const clock = new ManualClock();
  const made = new MadeComparisons(clock, () => new Promise((resolve) => turns.push(resolve)));
  const make =
    (name: string): MakeComparison =>
    async (turn) => {
      told.push(`${name} begins`);
      try {
        await turn();
        await turn();
      } catch (error) {
        told.push(`${name} ends`);
        throw error;
      }
      told.push(`${name} is made`);
      return comparison;
    };
  /** All turns that somebody waits for, until nobody does. */
  const goOn = async () => {
    for (let calm = 0; calm < 5; calm++) {
      await Promise.resolve();
      if (turns.length === 0) continue;
      calm = 0;
      for (const turn of turns.splice(0)) turn();
    }
  };
  return { clock, made, make, told, goOn };
}

describe('comparisons', () => {
  it('are made ahead, and there for who asks then', async () => {
    const { made, make, told, goOn } = world();
    made.makeAhead('a', make('a'));
    await goOn();
    await expect(made.get('a', make('again'))).resolves.toBe(comparison);
    expect(told).toEqual(['a begins', 'a is made']);
  });

  it('that nobody will ask for end at their next turn', async () => {
    const { made, make, told, goOn } = world();
    made.makeAhead('a', make('a'));
    await Promise.resolve();
    made.makeAhead('b', make('b'));
    await goOn();
    made.dropAhead();
    made.makeAhead('c', make('c'));
    await Promise.resolve();
    made.dropAhead();
    await goOn();
    expect(told).toEqual(['a begins', 'b begins', 'a ends', 'b is made', 'c begins', 'c ends']);
  });

  it('that somebody asked for meanwhile are made, whatever is looked at then', async () => {
    const { made, make, told, goOn } = world();
    made.makeAhead('a', make('a'));
    const asked = made.get('a', make('again'));
    made.makeAhead('b', make('b'));
    made.dropAhead();
    await goOn();
    await expect(asked).resolves.toBe(comparison);
    expect(told).toEqual(['a begins', 'b begins', 'b ends', 'a is made']);
  });

  it('do not take the place of the one that pages are asked of', async () => {
    const { made, make, told, goOn } = world();
    const asked = made.get('a', make('a'));
    await goOn();
    made.makeAhead('b', make('b'));
    made.makeAhead('a', make('a'));
    await goOn();
    expect(made.get('a', make('again'))).toBe(asked);
    expect(told).toEqual(['a begins', 'a is made', 'b begins', 'b ends']);
  });

  it('are waited for while they go on, and not while they wait for a record', async () => {
    const { clock, made, goOn } = world();
    const record = Promise.withResolvers<undefined>();
    let slices = 0;
    const asked = made.get('a', async (turn) => {
      for (; slices < 5; slices++) {
        await turn();
        clock.advance(150);
      }
      await record.promise;
      await turn();
      return comparison;
    });
    const waited: number[] = [];
    const wait = async () => {
      await made.answered();
      waited.push(slices);
    };
    void wait();
    await goOn();
    expect([slices, waited]).toEqual([5, []]);
    clock.advance(1_000);
    await goOn();
    expect(waited).toEqual([5]);
    await wait();
    record.resolve(undefined);
    await goOn();
    await asked;
    expect(clock.waiting).toBe(0);
  });

  it('end a wait for them', async () => {
    const { clock, made, make, goOn } = world();
    const asked = made.get('a', make('a'));
    const answered = made.answered();
    await goOn();
    await Promise.all([asked, answered]);
    expect(clock.waiting).toBe(0);
  });

  it('that could not be made are tried again', async () => {
    const { made, make } = world();
    const broken = () => Promise.reject(new Error('gone'));
    made.makeAhead('a', broken);
    await expect(made.get('a', make('unused'))).rejects.toThrow('gone');
    await expect(made.get('a', () => Promise.resolve(comparison))).resolves.toBe(comparison);
    await expect(made.answered()).resolves.toBeUndefined();
  });
});
