import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commandIds } from '../../../../src/host/ids.ts';
import type { FakeEditor } from '../../../support/fakeVscode.ts';
import { flowFile, rpaNode } from '../../engine/world.ts';
import { recordWith } from '../../../support/fixtures.ts';
import { corpusRecord } from '../../../support/runCorpus.ts';
import { editorWorld, invoice, marked, oneLineRelease } from './world.ts';

let world: ReturnType<typeof editorWorld>;

beforeEach(() => {
  world = editorWorld();
});

afterEach(() => {
  world.dispose();
  expect(world.vscode.isHeard).toBe(false);
});

const uri = invoice.uri;
const nodeIds = [...invoice.text.matchAll(/^ {2}- id: (\S+)/gm)].map(([, id]) => id ?? '');

function lenses(editor: FakeEditor): string[] {
  return world.vscode.languages
    .lensesOf(editor.document)
    .map(([, { title }]) => title.replace('\u00a0', ' '));
}

async function failed(): Promise<FakeEditor> {
  world.takeFixture('failed');
  const editor = await world.open();
  return editor;
}

describe('a flow file that is opened', () => {
  test('before anything ran has no marks', async () => {
    const editor = await world.open();
    expect(lenses(editor)).toEqual([]);
    expect(marked(editor)).toEqual([]);
    expect(world.vscode.languages.problems.size).toBe(0);
  });

  test('shows above each node what happened, without any setting', async () => {
    const editor = await failed();
    expect(lenses(editor)).toEqual([
      expect.stringMatching(/^\$\(pass\) Succeeded, \d+ ms$/),
      '1 execution',
      expect.stringMatching(/^\$\(pass\) Succeeded, /),
      '1 execution',
      expect.stringMatching(/^\$\(pass\) Succeeded, /),
      '1 execution',
      expect.stringMatching(/^\$\(error\) Failed, /),
      '1 execution, 100% of them failed',
      '$(circle-large) Did not run',
      '$(circle-large) Did not run',
    ]);
    const lines = world.vscode.languages.lensesOf(editor.document).map(([line]) => line);
    const idLines = nodeIds.map(
      (id) => editor.document.positionAt(invoice.text.indexOf(`- id: ${id}`)).line,
    );
    expect([...new Set(lines)]).toEqual(idLines);
  });

  test('has its lenses in sight at once, and tells the others when they are asked for', async () => {
    const editor = await failed();
    const { languages } = world.vscode;
    const lines = languages.lensesOf(editor.document).map(([line]) => line);
    const [first = 0] = lines;
    // Between the asking and the answer new lenses may come, and those would keep commands that are gone.
    world.vscode.scroll(editor, first, first);
    const seen = languages.lensesAtOnce(editor.document);
    expect(seen).toContain(first);
    expect(seen.length).toBeLessThan(lines.length);
    world.vscode.scroll(editor, 0, editor.document.lineCount);
    expect(languages.lensesAtOnce(editor.document)).toEqual(lines);
  });

  test('says what has changed since the run, above all and at each node', async () => {
    const { beginMs } = world.takeFixture('failed');
    world.clock.advance((beginMs ?? 0) + 60_000);
    const editor = await world.open();
    await world.handlers.setFlowThen({
      ...{ uri, fromMs: 0, untilMs: 9e12 },
      was: {
        commit: { hash: '1a2b3c4d5e6f', atMs: 5 },
        text: invoice.text
          .replaceAll('规整字段', 'Old name')
          .replaceAll('node-end::', 'node-end::0'),
      },
    });
    await world.settle();
    const [first, ...others] = world.vscode.languages.lensesOf(editor.document);
    expect(first?.[1].title.replace('\u00a0', ' ')).toMatch(
      /^\$\(history\) The flow has changed since this run\. .* The version that ran is commit 1a2b3c4d\.$/,
    );
    expect(others.map(([, { title }]) => title)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/Called “Old name” in this run$/),
        expect.stringMatching(/Added since this run$/),
      ]),
    );
    const { arguments: args = [] } = first?.[1] ?? {};
    await world.commands[commandIds.openFlowThen](args[0]);
    await world.commands[commandIds.openFlowThen](undefined);
    expect(world.opened).toEqual([
      [uri, beginMs],
      [uri, beginMs],
    ]);
  });

  test('has a mark in the margin beside each node, and failures in the ruler', async () => {
    const editor = await failed();
    expect(marked(editor).sort()).toEqual([...nodeIds].sort());
    const inRuler = [...editor.decorations].filter(([{ options }, ranges]) => {
      return (
        options.dark !== undefined && options.overviewRulerColor !== undefined && ranges.length > 0
      );
    });
    expect(inRuler).toHaveLength(1);
  });

  test('lists the failing node among the problems until a newer run passes', async () => {
    const editor = await failed();
    const [problem] = world.vscode.languages.problems.get(uri) ?? [];
    expect(problem).toMatchObject({ source: 'RPA Trace', severity: 0 });
    expect(problem?.message).toMatch(/^“录入ERP” failed: The robot didn’t find an element\n/);
    // Before what its hover tells, VS Code shows what is related: that is no place for remedies.
    expect(problem?.relatedInformation ?? []).toEqual([]);
    expect(world.vscode.languages.fixesOf(editor.document).map(({ title }) => title)).toEqual([
      'Show in Trace Panel',
      'Open Execution in New Panel',
      'Compare with Last Good Run',
      'Copy Error',
    ]);
    world.takeFixture('succeeded');
    world.changed();
    await world.settle();
    expect(world.vscode.languages.problems.has(uri)).toBe(false);
    expect(lenses(editor)[6]).toMatch(/^\$\(pass\) Succeeded/);
  });

  test('leads from a problem to what its cause rests on, where that has gone by then', async () => {
    const error = 'Node execution failed(Node execution timeout)';
    world.take([corpusRecord({ n: 0, generation: 'g3', error })]);
    const editor = await world.open();
    const related = () => {
      const [problem] = world.vscode.languages.problems.get(uri) ?? [];
      return (problem?.relatedInformation ?? []).map(({ message, location }) => {
        const { start, end } = (location as { range: Record<'start' | 'end', never> }).range;
        const [from, to] = [start, end].map((at) => editor.document.offsetAt(at));
        return `${message}: ${editor.document.getText().slice(from, to)}`;
      });
    };
    const told = ['Its timeout: 60', 'Its retries: retryConfig'];
    await expect.poll(related).toEqual(told);
    world.vscode.type(editor, `# A comment\n${invoice.text}`);
    await world.settle();
    await expect.poll(related).toEqual(told);
  });

  test('tells at the pointer what a node got and gave, with links that hold ids alone', async () => {
    const editor = await failed();
    const at = invoice.text.indexOf(`- id: ${rpaNode}`) + 8;
    const hover = await world.vscode.languages.hoverAt(
      editor.document,
      editor.document.positionAt(at),
    );
    const { value, isTrusted } = hover?.contents as never as { value: string; isTrusted: object };
    expect(value).toContain('Failed');
    expect(value).toContain('```json');
    expect(value).toContain(`command:${commandIds.selectNode}?`);
    expect(isTrusted).toEqual({
      enabledCommands: [commandIds.selectNode, commandIds.copyInput, commandIds.copyOutput],
    });
    // The problem says it already, above.
    expect(value).not.toContain('didn');
    // What happened, then what can be done about it, then the data.
    const remedy = value.indexOf('selector');
    expect(remedy).toBeGreaterThan(value.indexOf('Failed'));
    expect(remedy).toBeLessThan(value.indexOf('```json'));
    world.vscode.set('rpaTrace.editor.problems', false);
    const whole = await world.vscode.languages.hoverAt(
      editor.document,
      editor.document.positionAt(at),
    );
    expect((whole?.contents as never as { value: string }).value).toContain('didn');
    const elsewhere = invoice.text.indexOf('avatarIcon');
    const none = await world.vscode.languages.hoverAt(
      editor.document,
      editor.document.positionAt(elsewhere),
    );
    expect(none).toBeUndefined();
  });

  test('tells at the pointer why a step of the open execution failed, though a newer one went well', async () => {
    const { key } = world.takeFixture('failed');
    world.takeFixture('succeeded');
    const editor = await world.open();
    world.selection.key = key;
    await world.settle();
    expect(lenses(editor)[6]).toMatch(/Failed/);
    const at = editor.document.positionAt(invoice.text.indexOf(`- id: ${rpaNode}`) + 8);
    const hover = await world.vscode.languages.hoverAt(editor.document, at);
    const { value } = hover?.contents as never as { value: string };
    expect(value.indexOf('element not found: #btnSave')).toBeGreaterThan(value.indexOf('Error'));
    expect(value.indexOf('element not found: #btnSave')).toBeLessThan(value.indexOf('```json'));
  });

  test('lists its nodes under a label of their own', async () => {
    const editor = await failed();
    const symbols = world.vscode.languages.symbolsOf(editor.document);
    expect(symbols.map(({ name }) => name)).toEqual([
      ...['开始', '提取发票', '规整字段', '录入ERP', '通知', '结束'],
    ]);
    expect(world.vscode.languages.metadata).toEqual({ label: 'RPA Trace' });
    // At the begin, and when the nodes were told; not for what ran since.
    expect(world.vscode.languages.symbolProviders).toBe(2);
    world.takeFixture('succeeded');
    world.changed();
    await world.settle();
    expect(world.vscode.languages.symbolProviders).toBe(2);
  });

  test('closed takes its problems with it', async () => {
    const editor = await failed();
    world.vscode.closeEditor(editor);
    await world.settle();
    expect(world.vscode.languages.problems.has(uri)).toBe(false);
  });
});

describe('the settings', () => {
  test.each([
    ['off', { lenses: 0, margin: 0, problems: 0, ends: 0 }],
    ['quiet', { lenses: 0, margin: 6, problems: 1, ends: 0 }],
    ['normal', { lenses: 10, margin: 6, problems: 1, ends: 0 }],
    ['rich', { lenses: 10, margin: 6, problems: 1, ends: 2 }],
  ])('%s', async (preset, expected) => {
    const editor = await failed();
    world.vscode.set('rpaTrace.editor.marks', preset);
    await world.settle();
    expect({
      lenses: lenses(editor).length,
      margin: marked(editor).length,
      problems: world.vscode.languages.problems.get(uri)?.length ?? 0,
      ends: ends(editor).length,
    }).toEqual(expected);
    world.vscode.set('rpaTrace.editor.marks', 'normal');
    await world.settle();
    expect(lenses(editor)).toHaveLength(10);
  });

  test.each([
    ['margin', { lenses: 10, margin: 0, ends: 2, hover: true }],
    ['lenses', { lenses: 0, margin: 6, ends: 2, hover: true }],
    ['values', { lenses: 10, margin: 6, ends: 0, hover: true }],
    ['hovers', { lenses: 10, margin: 6, ends: 2, hover: false }],
  ])('of all that can be shown without %s', async (part, expected) => {
    const editor = await failed();
    world.vscode.set('rpaTrace.editor.marks', 'rich');
    world.vscode.set('rpaTrace.editor.hidden', [part]);
    await world.settle();
    editor.putCursorAt(rpaNode);
    const hover = await world.vscode.languages.hoverAt(editor.document, editor.selection.active);
    expect({
      lenses: lenses(editor).length,
      margin: marked(editor).length,
      ends: ends(editor).length,
      hover: hover !== undefined,
    }).toEqual(expected);
  });

  test('the execution that is open, or always the latest', async () => {
    const bad = world.takeFixture('failed').key;
    world.takeFixture('succeeded');
    const editor = await world.open();
    expect(lenses(editor)[6]).toMatch(/Succeeded/);
    world.selection.key = bad;
    await world.settle();
    expect(lenses(editor)[6]).toMatch(/Failed/);
    world.vscode.set('rpaTrace.editor.execution', 'latest');
    await world.settle();
    expect(lenses(editor)[6]).toMatch(/Succeeded/);
  });
});

/** The texts at the ends of lines. */
function ends(editor: FakeEditor): string[] {
  return [...editor.decorations].flatMap(([type, set]) =>
    type.options.after === undefined
      ? []
      : (set as { renderOptions: { after: { contentText: string } } }[]).map(
          ({ renderOptions }) => renderOptions.after.contentText,
        ),
  );
}

describe('values at the ends of lines', () => {
  test('are there for the lines that are seen, and not where the problem stands', async () => {
    world.vscode.set('rpaTrace.editor.marks', 'rich');
    const editor = await failed();
    expect(ends(editor)).toHaveLength(2);
    const line = editor.document.positionAt(invoice.text.indexOf(`- id: ${nodeIds[1] ?? ''}`)).line;
    world.vscode.scroll(editor, line - 1, line + 2);
    await world.settle();
    expect(ends(editor)).toHaveLength(1);
    expect(ends(editor)[0]?.length).toBeLessThanOrEqual(100);
  });
});

describe('marks follow the text', () => {
  const typedAbove = invoice.text.replace('flowData:\n', '# a\n# line\nflowData:\n');

  test('while one types, and after it was read again', async () => {
    const editor = await failed();
    world.vscode.type(editor, typedAbove);
    const lines = () => world.vscode.languages.lensesOf(editor.document).map(([line]) => line);
    const idLines = nodeIds.map(
      (id) => editor.document.positionAt(typedAbove.indexOf(`- id: ${id}`)).line,
    );
    expect([...new Set(lines())]).toEqual(idLines);
    await world.settle();
    expect([...new Set(lines())]).toEqual(idLines);
    expect(marked(editor).sort()).toEqual([...nodeIds].sort());
    world.vscode.type(editor, invoice.text);
    await world.settle();
    expect(marked(editor).sort()).toEqual([...nodeIds].sort());
  });

  test('through a text that can’t be read', async () => {
    const editor = await failed();
    const broken = `flowData: [\n${typedAbove}`;
    world.vscode.type(editor, broken);
    await world.settle();
    world.takeFixture('succeeded');
    world.changed();
    await world.settle();
    expect(marked(editor).sort()).toEqual([...nodeIds].sort());
    expect(lenses(editor)[6]).toMatch(/Succeeded/);
  });

  test('that can’t be read, which is said beside its language and at the pointer, without moving a line', async () => {
    const editor = await failed();
    const { languages } = world.vscode;
    const said = () => [...languages.statuses].map(({ text }) => text);
    const before = lenses(editor).length;
    const sentence = 'The text can’t be read as a flow now. Steps are shown as they were before.';
    world.vscode.type(editor, invoice.text.replace('flowData:', 'flowDa'));
    await world.settle();
    expect(said()).toEqual([sentence]);
    expect(lenses(editor)).toHaveLength(before);
    const hover = await languages.hoverAt(
      editor.document,
      editor.document.positionAt(editor.document.getText().indexOf(rpaNode)),
    );
    expect((hover?.contents as unknown as { value: string }).value).toContain(
      'Steps are shown as they were before',
    );
    world.vscode.write('/w/other.txt', '');
    world.vscode.open('/w/other.txt');
    expect(said()).toEqual([]);
    world.vscode.focus(editor);
    expect(said()).toEqual([sentence]);
    world.vscode.type(editor, invoice.text);
    await world.settle();
    expect(said()).toEqual([]);
  });

  test.each([
    ['a line without its colon', '  nodes:', '  fo\n  nodes:'],
    ['a quote that is open', "status: ''", "status: '"],
    ['a bracket that is open', 'references: []', 'references: ['],
    ['a key that is broken', 'flowData:', 'flowDa'],
  ])('through %s', async (_, from, to) => {
    const editor = await failed();
    const text = invoice.text.replace(from, to);
    world.vscode.type(editor, text);
    await world.settle();
    const lines = world.vscode.languages.lensesOf(editor.document).map(([line]) => line);
    const idLines = nodeIds.map(
      (id) => editor.document.positionAt(text.indexOf(`- id: ${id}`)).line,
    );
    expect([...new Set(lines)]).toEqual(idLines);
    world.vscode.type(editor, invoice.text);
    await world.settle();
    expect(lenses(editor)).toHaveLength(10);
  });

  test('where a text lost most nodes, and a jump goes by them', async () => {
    const editor = await failed();
    const typed = '# a\n# line\n- {\n';
    const at = invoice.text.indexOf('  - id: ');
    const text = invoice.text.slice(0, at) + typed + invoice.text.slice(at);
    world.vscode.type(editor, text);
    await world.settle();
    const lines = world.vscode.languages.lensesOf(editor.document).map(([line]) => line);
    const idLines = nodeIds.map(
      (id) => editor.document.positionAt(text.indexOf(`- id: ${id}`)).line,
    );
    expect([...new Set(lines)]).toEqual(idLines);
    const { key } = world.store.listed[0]?.summary ?? { key: '' };
    expect(await world.revealer.reveal(key, { nodeId: rpaNode, name: '' }, false)).toBe('found');
    expect(editor.textAtCursor).toMatch(new RegExp(`^${rpaNode}`));
  });

  test('after all of it was written anew in a different order', async () => {
    const editor = await failed();
    const at = nodeIds.map((id) => invoice.text.indexOf(`  - id: ${id}`));
    const [second, third] = [at[1] ?? 0, at[2] ?? 0];
    const swapped =
      invoice.text.slice(0, at[0]) +
      invoice.text.slice(second, third) +
      invoice.text.slice(at[0], second) +
      invoice.text.slice(third);
    world.vscode.type(editor, swapped);
    await world.settle();
    expect(marked(editor).sort()).toEqual([...nodeIds].sort());
  });

  test('in both of two editors of one file', async () => {
    const editor = await failed();
    const beside = world.vscode.open('/w/invoice-entry.yaml', 2);
    await world.settle();
    expect(beside).not.toBe(editor);
    expect(marked(beside).sort()).toEqual([...nodeIds].sort());
  });

  test('in two files of one flow', async () => {
    await failed();
    const copy = await world.open(invoice.text, 'copy.yaml');
    expect(marked(copy).sort()).toEqual([...nodeIds].sort());
  });
});

test('of more files than are watched those that are seen have marks', async () => {
  const first = await failed();
  for (let n = 0; n < 13; n++) await world.open(invoice.text, `copy-${String(n)}.yaml`);
  expect(marked(world.vscode.open('/w/copy-12.yaml')).sort()).toEqual([...nodeIds].sort());
  world.vscode.focus(first);
  await world.settle();
  expect(lenses(first)).not.toEqual([]);
  expect(marked(first).sort()).toEqual([...nodeIds].sort());
});

/** What helps stands first: in a narrow editor the end is cut. */
const whyNoMarks = [
  '$(info) Open Formatted Copy',
  'Open Flow View',
  'No marks, because steps share lines',
];

test('a flow on one line says why it has no marks', async () => {
  world.takeFixture('failed');
  const { text } = flowFile('invoice-entry.core.json');
  const editor = await world.open(JSON.stringify(JSON.parse(text)), 'one.json');
  expect(marked(editor)).toEqual([]);
  expect(lenses(editor)).toEqual(whyNoMarks);
  expect(world.vscode.languages.problems.get('file:///w/one.json')).toHaveLength(1);
  // Fewer marks need the reason all the same; who hides lenses wants none.
  world.vscode.set('rpaTrace.editor.marks', 'quiet');
  await world.settle();
  expect(lenses(editor)).toEqual(whyNoMarks);
  world.vscode.set('rpaTrace.editor.hidden', ['lenses']);
  await world.settle();
  expect(lenses(editor)).toEqual([]);
});

test('a release with a line for each process says so too, and its copy has marks', async () => {
  const trace = [{ id: '1', node_id: 'p1-1', node_name: 'Action' }];
  const begun = { sid: 'r', sub: 'workflow', flow_id: '', status: { code: 0, message: '' } };
  world.take([recordWith({ ...begun, trace })]);
  const editor = await world.open(oneLineRelease, 'r.bprelease');
  expect(lenses(editor)).toEqual(whyNoMarks);
  expect(marked(editor)).toEqual([]);
  const [, command] = world.vscode.languages.lensesOf(editor.document)[0] ?? [];
  await world.commands[commandIds.openFormattedCopy](command?.arguments?.[0]);
  await world.settle();
  const copy = world.vscode.activeEditor;
  expect(String(copy?.document.uri)).toBe('untitled://r.formatted.bprelease');
  const read = await world.open(copy?.document.getText(), 'lines.bprelease');
  expect(marked(read)).toHaveLength(6);
});

describe('the commands', () => {
  test('go from failure to failure, around the end of the file', async () => {
    const editor = await failed();
    const line = editor.document.positionAt(invoice.text.indexOf(rpaNode)).line;
    world.commands[commandIds.nextFailingNode]();
    expect(editor.selection.active.line).toBe(line);
    const first = editor.selection;
    world.commands[commandIds.nextFailingNode]();
    expect(editor.selection).toEqual(first);
    world.commands[commandIds.previousFailingNode]();
    expect(editor.selection).toEqual(first);
  });

  test('say so where nothing failed', async () => {
    world.takeFixture('succeeded');
    await world.open();
    world.commands[commandIds.nextFailingNode]();
    // In the panel where it is seen: a notification would cover it.
    expect(world.said).toEqual(['No node of this file failed.']);
    expect(world.vscode.shown).toEqual([]);
  });

  test('select in the panel what a lens is about', async () => {
    const editor = await failed();
    const lens = world.vscode.languages.lensesOf(editor.document)[6]?.[1];
    world.commands[commandIds.selectNode](lens?.arguments?.[0]);
    expect(world.selected).toMatchObject([{ nodeId: rpaNode, rowKey: null }]);
    world.commands[commandIds.selectNode](undefined);
    expect(world.selected).toHaveLength(1);
  });

  test('copy the error', async () => {
    await failed();
    await world.commands[commandIds.copyProblem]({ uri });
    expect(world.vscode.clipboard).toMatch(/^“录入ERP” failed: /);
  });

  test('open a formatted copy, which has marks of its own', async () => {
    world.takeFixture('failed');
    const { text } = flowFile('invoice-entry.core.json');
    await world.open(JSON.stringify(JSON.parse(text)), 'one.json');
    await world.commands[commandIds.openFormattedCopy]({ uri: 'file:///w/one.json' });
    await world.settle();
    const copy = world.vscode.activeEditor;
    expect(String(copy?.document.uri)).toBe('untitled://one.formatted.json');
    expect(copy?.document.getText()).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });
});

describe('panel and file', () => {
  test('a step that is chosen in the panel comes into sight, and the cursor stays', async () => {
    const editor = await failed();
    const cursor = editor.selection;
    world.selection.chooseStep({ key: 'k', nodeId: rpaNode });
    expect(editor.revealed).toHaveLength(1);
    expect(editor.selection).toBe(cursor);
    expect(highlighted(editor)).toBe(1);
    world.vscode.moveCursor(editor, 'flowMeta');
    expect(highlighted(editor)).toBe(0);
    world.vscode.set('rpaTrace.editor.revealSelected', false);
    world.selection.chooseStep({ key: 'k', nodeId: rpaNode });
    expect(editor.revealed).toHaveLength(1);
  });

  test('of a comparison that opens the first difference comes into sight, but not where the reader works', async () => {
    const editor = await failed();
    const begin = { key: 'k', nodeId: rpaNode, isBegin: true };
    world.selection.chooseStep(begin);
    expect(editor.revealed).toHaveLength(0);
    world.vscode.write('/w/other.txt', '');
    world.vscode.open('/w/other.txt', 2);
    world.selection.chooseStep(begin);
    expect(editor.revealed).toHaveLength(1);
    world.vscode.moveCursor(editor, 'flowMeta');
    world.selection.chooseStep(begin);
    expect(editor.revealed).toHaveLength(1);
    expect(highlighted(editor)).toBe(1);
    world.selection.chooseStep({ key: 'k', nodeId: rpaNode });
    expect(editor.revealed).toHaveLength(2);
  });

  test('of a step on the way of a value the file shows where it says what the input is', async () => {
    const editor = await failed();
    const { key } = world.store.listed[0]?.summary ?? { key: '' };
    const textAt = (lines = 0) => {
      const line = editor.revealed.at(-1)?.start.line ?? -1;
      return editor.document.getText().split('\n')[line + lines] ?? '';
    };
    world.selection.chooseStep({ key, nodeId: rpaNode });
    expect(textAt()).toContain(`id: ${rpaNode}`);
    const place = { part: 'input', input: 'fields' } as const;
    world.selection.chooseStep({ key, nodeId: rpaNode, place });
    await world.settle();
    expect(editor.revealed).toHaveLength(2);
    expect(textAt(-1)).toContain('nodeId: ifly-code::');
    expect(textAt()).toContain('name: fields');
    // Who walks on before the answer came is shown the last step.
    world.selection.chooseStep({ key, nodeId: rpaNode, place });
    world.selection.chooseStep({ key, nodeId: rpaNode });
    await world.settle();
    expect(textAt()).toContain(`id: ${rpaNode}`);
    // What the file doesn't say of an input is at the node.
    world.selection.chooseStep({ key, nodeId: rpaNode, place: { ...place, input: 'none' } });
    await world.settle();
    expect(textAt()).toContain(`id: ${rpaNode}`);
  });

  test('the nodes on the way of a value are marked in the file until it is closed', async () => {
    const editor = await failed();
    const marked = () =>
      [...editor.decorations].flatMap(([type, ranges]) =>
        JSON.stringify(type.options).includes('wordHighlight') ? ranges : [],
      ).length;
    world.selection.showWay(world, new Set([...nodeIds.slice(0, 2), 'elsewhere']));
    await vi.waitFor(() => {
      expect(marked()).toBe(2);
    });
    world.selection.showWay(world, new Set());
    expect(marked()).toBe(0);
  });

  test('the cursor selects in the panel where that is wanted', async () => {
    const editor = await failed();
    const at = `- id: ${rpaNode}`;
    world.vscode.moveCursor(editor, at);
    await world.settle();
    expect(world.selected).toEqual([]);
    world.vscode.set('rpaTrace.editor.followCursor', true);
    world.vscode.moveCursor(editor, at.slice(2));
    await vi.waitFor(async () => {
      await world.settle();
      expect(world.selected).toMatchObject([{ nodeId: rpaNode, rowKey: null }]);
    });
    // Another step was chosen in the panel meanwhile; a move within the node changes nothing there else.
    world.vscode.moveCursor(editor, at);
    await world.settle();
    expect(world.selected).toHaveLength(1);
    world.selection.chooseStep({ key: 'k', nodeId: nodeIds[0] ?? '' });
    world.vscode.moveCursor(editor, at.slice(2));
    await world.settle();
    expect(world.selected).toHaveLength(2);
    world.panel.isVisible = false;
    world.vscode.moveCursor(editor, `id: ${nodeIds[0] ?? ''}`);
    await world.settle();
    expect(world.selected).toHaveLength(2);
  });

  test('the cursor selects nothing while the reader looks at something else', async () => {
    world.vscode.set('rpaTrace.editor.followCursor', true);
    const other = world.takeFixture('iteration').key;
    const editor = await failed();
    world.vscode.moveCursor(editor, `id: ${nodeIds[0] ?? ''}`);
    await vi.waitFor(async () => {
      await world.settle();
      expect(world.selected).toHaveLength(1);
    });
    world.selection.key = other;
    await world.settle();
    world.vscode.moveCursor(editor, `id: ${rpaNode}`);
    await world.settle();
    expect(world.selected).toHaveLength(1);
  });
});

/** How many lines light up. */
function highlighted(editor: FakeEditor): number {
  return [...editor.decorations]
    .filter(([type]) => type.options.isWholeLine === true)
    .reduce((sum, [, ranges]) => sum + ranges.length, 0);
}

test('an engine that starts anew is asked anew', async () => {
  const editor = await failed();
  world.engine.die();
  world.engine.client.start();
  await world.settle();
  expect(world.engine.askedFor('watch').length).toBeGreaterThan(1);
  expect(marked(editor)).toHaveLength(6);
});
