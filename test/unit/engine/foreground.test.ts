import { describe, expect, it } from 'vitest';

import { Foreground } from '../../../src/engine/foreground.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** A foreground whose answers and turns a test gives, and what happened in which order. */
function world() {
  const clock = new ManualClock(1_000);
  const turns: (() => void)[] = [];
  const told: string[] = [];
  const foreground = new Foreground(clock, () => new Promise((resolve) => turns.push(resolve)));
  const answers = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  /** Somebody asks. */
  const ask = (name: string) =>
    foreground
      .during(() => new Promise<void>((resolve, reject) => answers.set(name, { resolve, reject })))
      .then(
        () => told.push(`${name} is answered`),
        () => told.push(`${name} fails`),
      );
  const behind = (name: string) => foreground.behind().then(() => told.push(`${name} goes on`));
  /** A turn of the loop: all that wanted one go on. */
  const turn = async () => {
    for (const goOn of turns.splice(0)) goOn();
    for (let calm = 0; calm < 10; calm++) await Promise.resolve();
  };
  const answer = async (name: string) => {
    answers.get(name)?.resolve();
    await turn();
  };
  return { clock, foreground, answers, told, ask, behind, turn, answer };
}

describe('what nobody waits for', () => {
  it('goes on at the next turn where nobody asks', async () => {
    const { told, behind, turn, clock } = world();
    void behind('work');
    expect(told).toEqual([]);
    await turn();
    expect([told, clock.waiting]).toEqual([['work goes on'], 0]);
  });

  it('stands behind an answer that is made, and what is asked at its end', async () => {
    const { told, ask, behind, turn, answer, clock } = world();
    void ask('tree');
    void behind('work');
    await turn();
    await turn();
    void ask('inspect');
    await answer('tree');
    await turn();
    expect(told).toEqual(['tree is answered']);
    await answer('inspect');
    void ask('next');
    await turn();
    expect(told).toEqual(['tree is answered', 'inspect is answered']);
    await answer('next');
    await turn();
    expect(told.slice(2)).toEqual(['next is answered', 'work goes on']);
    expect(clock.waiting).toBe(0);
  });

  it('stands behind one that is asked for before its turn comes', async () => {
    const { told, ask, behind, turn, answer } = world();
    void behind('work');
    void ask('tree');
    await turn();
    expect(told).toEqual([]);
    await answer('tree');
    await turn();
    expect(told).toEqual(['tree is answered', 'work goes on']);
  });

  it('goes on behind one that failed', async () => {
    const { told, ask, behind, turn, answers } = world();
    void ask('tree');
    void behind('work');
    await turn();
    answers.get('tree')?.reject(new Error('gone'));
    await turn();
    await turn();
    expect(told).toEqual(['tree fails', 'work goes on']);
  });

  it('all goes on that waited, once', async () => {
    const { told, ask, behind, turn, answer } = world();
    void ask('tree');
    for (const name of ['a', 'b', 'c']) void behind(name);
    await turn();
    await answer('tree');
    await turn();
    expect(told).toEqual(['tree is answered', 'a goes on', 'b goes on', 'c goes on']);
  });

  it('goes on while an answer waits itself', async () => {
    const { clock, told, ask, behind, turn } = world();
    void ask('of the topic');
    void behind('work');
    await turn();
    clock.advance(199);
    await turn();
    expect(told).toEqual([]);
    clock.advance(1);
    await turn();
    await turn();
    expect(told).toEqual(['work goes on']);
    // And the next turn is not waited for at all.
    void behind('more');
    await turn();
    expect(told).toEqual(['work goes on', 'more goes on']);
    expect(clock.waiting).toBe(0);
  });

  it('waits on where an answer has its turns', async () => {
    const { clock, foreground, told, ask, behind, turn, answer } = world();
    void ask('inspect');
    void behind('work');
    await turn();
    for (let slice = 0; slice < 3; slice++) {
      clock.advance(150);
      void foreground.turn();
      await turn();
      await turn();
    }
    expect(told).toEqual([]);
    await answer('inspect');
    await turn();
    expect(told).toEqual(['inspect is answered', 'work goes on']);
  });

  it('has its turn each half a second, however much is asked', async () => {
    const { clock, told, ask, behind, turn, answer } = world();
    void ask('0');
    void behind('work');
    await turn();
    for (let n = 1; n <= 10; n++) {
      void ask(String(n));
      await answer(String(n - 1));
      clock.advance(50);
      await turn();
      await turn();
      if (n === 9) expect(told).not.toContain('work goes on');
    }
    expect(told.at(-1)).toBe('work goes on');
    await answer('10');
    expect(clock.waiting).toBe(0);
  });
});

it('gives the answer, or why there is none', async () => {
  const { foreground } = world();
  expect(await foreground.during(() => 'at once')).toBe('at once');
  expect(await foreground.during(() => Promise.resolve('later'))).toBe('later');
  await expect(foreground.during(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  const fails = () => {
    throw new Error('never');
  };
  await expect(foreground.during(fails)).rejects.toThrow('never');
});
