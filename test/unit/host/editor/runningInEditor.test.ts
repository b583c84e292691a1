import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeEditor } from '../../../support/fakeVscode.ts';
import { recordOf, recordWith } from '../../../support/fixtures.ts';
import { editorWorld, invoice } from './world.ts';

let world: ReturnType<typeof editorWorld>;
let editor: FakeEditor;

beforeEach(async () => {
  world = editorWorld();
  editor = await world.open();
});

afterEach(() => {
  world.dispose();
  expect(world.vscode.isHeard).toBe(false);
});

interface Snapshot {
  readonly trace: readonly { readonly node_id: string; readonly end_time: number }[];
}

const { value } = recordOf('29-running.g3.json');
const growing = JSON.parse(new TextDecoder().decode(value ?? new Uint8Array())) as Snapshot;
const nodeIds = growing.trace.map(({ node_id }) => node_id);
const lineOf = (nodeId: string) =>
  editor.document.getText().split('\n').indexOf(`  - id: ${nodeId}`);

/** A run comes to its step `index`; the reader sees ten lines from there or from another. */
async function comesTo(index: number, sid = 's1'): Promise<void> {
  const trace = growing.trace
    .slice(0, index + 1)
    .map((entry, at) => ({ ...entry, end_time: at === index ? 0 : 1_795_452_465_640 }));
  world.take([recordWith({ ...growing, sid, trace })]);
  world.changed();
  await world.settle();
}

const sees = (nodeId: string | undefined) => {
  const line = lineOf(nodeId ?? '');
  world.vscode.scroll(editor, line - 2, line + 8);
};
const revealed = () => editor.revealed.map(({ start }) => start.line);

describe('the step that begins to run', () => {
  test('comes into sight where the one before it is in sight', async () => {
    await comesTo(0);
    sees(nodeIds[0]);
    await comesTo(1);
    expect(revealed()).toEqual([lineOf(nodeIds[1] ?? '')]);
    // The fake editor stays where it is: the reader looks at the first one still.
    await comesTo(2);
    expect(revealed()).toHaveLength(1);
    sees(nodeIds[2]);
    await comesTo(3);
    expect(revealed().at(-1)).toBe(lineOf(nodeIds[3] ?? ''));
  });

  test.each<[string, () => void]>([
    ['puts the cursor somewhere', () => world.vscode.moveCursor(editor, 'flowMeta')],
    ['chose a step', () => world.selection.chooseStep({ key: 'k', nodeId: 'elsewhere' })],
    ['wants no scrolling', () => world.vscode.set('rpaTrace.editor.revealSelected', false)],
  ])('does not where the reader %s', async (_, does) => {
    await comesTo(0);
    sees(nodeIds[0]);
    does();
    await comesTo(1);
    expect(revealed()).toEqual([]);
  });

  test('does so where the first that is told of is not the first that ran', async () => {
    sees(nodeIds[0]);
    await comesTo(1);
    expect(revealed()).toEqual([lineOf(nodeIds[1] ?? '')]);
  });

  test('does so in the next run again, where the reader works in the file no more', async () => {
    await comesTo(0);
    world.vscode.moveCursor(editor, 'flowMeta');
    sees(nodeIds[0]);
    await comesTo(0, 's2');
    await comesTo(1, 's2');
    expect(revealed()).toEqual([]);
    world.vscode.write('/w/other.txt', '');
    world.vscode.open('/w/other.txt', 2);
    await comesTo(0, 's3');
    await comesTo(1, 's3');
    expect(revealed()).toEqual([lineOf(nodeIds[1] ?? '')]);
  });
});

test('a run that is over moves nothing', async () => {
  world.takeFixture('succeeded');
  world.changed();
  await world.settle();
  expect(invoice.text).toBe(editor.document.getText());
  expect(revealed()).toEqual([]);
});
