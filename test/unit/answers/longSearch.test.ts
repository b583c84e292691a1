import { expect, it } from 'vitest';

import { loopTurn } from '../../../src/engine/loopTurn.ts';
import { pieceSigns } from '../../../src/find/pieces.ts';
import type { FindQuery } from '../../../src/protocol/find.ts';
import { asked } from '../../support/asked.ts';
import { longKey, longRun } from '../../support/longRun.ts';
import { engineParts } from '../engine/world.ts';

const queryOf = (pattern: string): FindQuery => ({
  ...{ key: longKey, text: pattern, isPattern: true, matchCase: false, wholeWord: false },
  ...{ offset: 0, limit: 100 },
});

it.each([
  [String.raw`\d[x-z]+`, 600_000, pieceSigns],
  // Of so many parts that each sign takes as long as hundreds do.
  [String.raw`a.{900}\d`, 48_000, 8_000],
])(
  'the pattern %s, which finds nothing in one long text, lets others have their turn',
  async (pattern, signs, most) => {
    const engine = engineParts();
    engine.take([longRun([{ output: { text: 'ab '.repeat(signs / 3) } }, { output: { n: 1 } }])]);
    let turns = 0;
    const search = { isDone: false };
    const others = (async () => {
      for (; !search.isDone; turns++) await loopTurn();
    })();
    expect(await asked(engine.handlers, 'find', queryOf(pattern))).toMatchObject({
      total: 0,
      state: 'done',
    });
    search.isDone = true;
    await others;
    // One for each piece, beside what is loaded for it.
    expect(turns).toBeGreaterThanOrEqual(Math.floor(signs / most));
  },
);
