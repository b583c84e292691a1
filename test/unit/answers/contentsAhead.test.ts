import { describe, expect, it } from 'vitest';

import { loopTurn } from '../../../src/engine/loopTurn.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { longKey, longRow, longRun, type LongStep } from '../../support/longRun.ts';
import { engineParts, fixtures, flowFile, treeQuery } from '../engine/world.ts';

/** Of a longer text a part is given. */
const longest = 60_000;

/** Texts of so many characters in all. */
function textsOf(length: number): Record<string, string> {
  const count = Math.ceil(length / longest);
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`text${String(n)}`, 'x'.repeat(length / count)]),
  );
}

/** A run whose nodes gave so many characters each, with its tree opened. */
async function opened(...chars: readonly number[]) {
  const parts = engineParts();
  const steps = chars.map((length): LongStep => ({ output: textsOf(length) }));
  parts.take([longRun(steps)]);
  await parts.tree.window(treeQuery(longKey));
  const rows = chars.map((_, n) => longRow(n));
  return { ...parts, rows };
}

describe('what rows show, before anybody asks for it', () => {
  it.each(Object.keys(fixtures).filter((name) => name !== 'unreadable'))(
    'is what is answered when somebody does, in the order that it was asked for: %s',
    async (name) => {
      const { takeFixture, tree, flows } = engineParts();
      const { key } = takeFixture(name as keyof typeof fixtures);
      const { uri, fileName, text } = flowFile('invoice-entry.yaml');
      flows.set(uri, fileName, parseFlow(text, fileName));
      const window = await tree.window(treeQuery(key));
      // Another execution that hangs below would have to be opened.
      const own = window.rows.filter(({ execution }) => execution === null).reverse();
      const { stamp, contents } = await tree.contentsAhead({
        ...{ key, rows: [...window.rows].reverse().map((row) => row.key) },
      });
      const asked = own.map((row) => tree.inspect(key, row.key, { part: 'beginning' }));
      expect(contents).toEqual(await Promise.all(asked));
      expect(stamp).toBe(window.stamp);
    },
  );

  it('ends where it is too much for one message, and passes over what is too large by itself', async () => {
    const { tree, rows } = await opened(60_000, 200_000, 60_000, 10, 80_000, 10);
    const { contents } = await tree.contentsAhead({ key: longKey, rows });
    expect(contents.map(({ row }) => row.key)).toEqual([0, 2, 3].map(longRow));
  });

  it('is nothing where the tree is not open, or a row is not in it', async () => {
    const parts = engineParts();
    const { key } = parts.takeFixture('failed');
    expect(await parts.tree.contentsAhead({ key, rows: ['any'] })).toEqual({
      ...{ stamp: '', contents: [] },
    });
    const { tree } = await opened(10);
    const { contents } = await tree.contentsAhead({ key: longKey, rows: ['none', longRow(0)] });
    expect(contents).toHaveLength(1);
  });

  it('ends where the execution changes meanwhile, and says of what it was made', async () => {
    const { take, tree, redaction } = engineParts();
    take([longRun(Array.from({ length: 4 }, () => ({ output: { locker: 'Kx8372qq' } })))]);
    const rows = [0, 1, 2, 3].map(longRow);
    const before = await tree.window(treeQuery(longKey));
    const asked = tree.contentsAhead({ key: longKey, rows });
    await loopTurn();
    redaction.configure({ patterns: [], names: ['locker'], allowReveal: false });
    const { stamp, contents } = await asked;
    expect(stamp).toBe(before.stamp);
    expect(contents.length).toBeLessThan(rows.length);
    const after = await tree.window(treeQuery(longKey));
    expect(after.stamp).not.toBe(stamp);
    const again = await tree.contentsAhead({ key: longKey, rows });
    expect([again.stamp, again.contents.length]).toEqual([after.stamp, rows.length]);
    expect(JSON.stringify(again)).not.toContain('Kx8372qq');
  });
});
