import { describe, expect, it } from 'vitest';
import type { KeptComparison } from '../../../src/answers/comparedWindow.ts';
import { MadeComparisons, type MakeComparison } from '../../../src/answers/madeComparisons.ts';

const comparison = {} as KeptComparison;

/** Comparisons whose turns a test gives, and what was begun and what ended. */
function world() {
  const turns: (() => void)[] = [];
  /** Those that stand behind whatever somebody waits for. */
  const behind: (() => void)[] = [];
  const told: string[] = [];
  const made = new MadeComparisons({
    turn: () => new Promise((resolve) => turns.push(resolve)),
    turnBehind: () => new Promise((resolve) => behind.push(resolve)),
  });
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
  /** All turns that are wanted, until none is; those behind others only where nobody waits. */
  const goOn = async (isCalm = true) => {
    for (let calm = 0; calm < 10; calm++) {
      await Promise.resolve();
      const given = [...turns.splice(0), ...(isCalm ? behind.splice(0) : [])];
      if (given.length === 0) continue;
      calm = 0;
      for (const turn of given) turn();
    }
  };
  return { made, make, told, goOn };
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

  it('that are made ahead stand behind what somebody waits for', async () => {
    const { made, make, told, goOn } = world();
    made.makeAhead('a', make('a'));
    const asked = made.get('b', make('b'));
    made.makeAhead('c', make('c'));
    await goOn(false);
    await expect(asked).resolves.toBe(comparison);
    expect(told).toEqual(['a begins', 'b begins', 'c begins', 'b is made']);
    await goOn();
    expect(told.slice(4)).toEqual(['a ends', 'c is made']);
  });

  it.each([
    ['before its first turn', 0],
    ['while it waits for a turn', 1],
  ])('and are made at once when somebody asks: %s', async (_, turnsBefore) => {
    const { made, make, told, goOn } = world();
    made.makeAhead('a', make('a'));
    if (turnsBefore > 0) await goOn(false);
    const asked = made.get('a', make('again'));
    await goOn(false);
    await expect(asked).resolves.toBe(comparison);
    expect(told).toEqual(['a begins', 'a is made']);
  });

  it('that could not be made are tried again', async () => {
    const { made, make } = world();
    const broken = () => Promise.reject(new Error('gone'));
    made.makeAhead('a', broken);
    await expect(made.get('a', make('unused'))).rejects.toThrow('gone');
    await expect(made.get('a', () => Promise.resolve(comparison))).resolves.toBe(comparison);
  });
});
