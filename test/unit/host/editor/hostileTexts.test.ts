import { beforeEach, describe, expect, test } from 'vitest';
import { commandIds } from '../../../../src/host/ids.ts';
import {
  LineEnds,
  ProblemList,
  registerFixes,
  registerHovers,
  registerLenses,
  registerSymbols,
} from '../../../../src/host/editor/editorSurfaces.ts';
import { FakePosition, FakeVscode, type FakeEditor } from '../../../support/fakeVscode.ts';
import { faultsOfShown, hostileNames } from '../../../support/hostileNames.ts';

let vscode: FakeVscode;
let editor: FakeEditor;

beforeEach(() => {
  vscode = new FakeVscode();
  vscode.write('/w/a.json', '{}');
  editor = vscode.open('/w/a.json');
});

const begin = new FakePosition(0, 0);
const range = { start: begin, end: begin } as never;
const command = { id: commandIds.selectNode, args: [{ nodeId: 'n' }] };

describe.each(hostileNames)('$what', ({ name }) => {
  test('in a lens', () => {
    const show = () => ({ icon: 'pass', text: name, command });
    registerLenses(
      vscode.api,
      () => ({ dispose: () => undefined }),
      () => [{ range, show }],
    );
    const [lens] = vscode.languages.lensesOf(editor.document);
    const title = lens?.[1].title ?? '';
    expect(title).toMatch(/^\$\(pass\)\u00a0/);
    expect(faultsOfShown(title.slice(8))).toEqual([]);
  });

  test('in a problem and what can be done about it', () => {
    const problem = { range, message: `${name}\n${name}`, code: name };
    new ProblemList(vscode.api).set(editor.document.uri as never, [
      { ...problem, related: [{ range, message: name }] },
    ]);
    registerFixes(vscode.api, () => [{ title: name, command }]);
    const [shown] = vscode.languages.problems.get(String(editor.document.uri)) ?? [];
    const [fix] = vscode.languages.fixesOf(editor.document);
    const texts = [
      ...(shown?.message ?? '').split('\n'),
      ...[shown?.code ?? '', fix?.title ?? '', fix?.command?.title ?? ''],
      ...(shown?.relatedInformation ?? []).map(({ message }) => message),
    ];
    expect(texts.length).toBeGreaterThan(4);
    expect(texts.flatMap(faultsOfShown)).toEqual([]);
    expect(shown?.message.length).toBeLessThan(3_000);
  });

  test('at the end of a line and in the outline', () => {
    new LineEnds(vscode.api).set(editor as never, [{ line: 0, text: name }]);
    const [[set] = []] = [...editor.decorations.values()];
    const { contentText } = (set as { renderOptions: { after: { contentText: string } } })
      .renderOptions.after;
    registerSymbols(vscode.api, () => [{ name, detail: name, range, selection: range }]);
    const [symbol] = vscode.languages.symbolsOf(editor.document);
    const texts = [contentText, symbol?.name ?? '', symbol?.detail ?? ''];
    expect(texts.flatMap(faultsOfShown)).toEqual([]);
    expect(contentText.length).toBeLessThanOrEqual(100);
  });

  test('at the pointer', async () => {
    registerHovers(vscode.api, () =>
      Promise.resolve({
        ...{ range, title: name, lines: [name] },
        blocks: [{ label: name, text: `${name}\n\`\`\`\n${name}`, language: 'json' }],
        actions: [[name, { id: commandIds.selectNode, args: [{ nodeId: name }] }]],
      }),
    );
    const hover = await vscode.languages.hoverAt(editor.document, begin);
    const { value, isTrusted } = hover?.contents as never as { value: string; isTrusted: object };
    expect(isTrusted).toEqual({ enabledCommands: [commandIds.selectNode] });
    const block = /^(`{3,})json\n([^]*)\n\1$/m.exec(value);
    // Nothing in the block is as long as what ends it.
    expect(block?.[2]).not.toContain(block?.[1]);
    const ours = value
      .replace(block?.[0] ?? '', '')
      .replace(/\[[^\][]*\]\(command:rpaTrace\.selectNode\?[\w%.~*!'-]*\)$/, '');
    expect(ours).not.toMatch(/[[\]<>`]|\(command|https?:\/\/|www\./);
  });
});

test('an empty name stands in the outline all the same', () => {
  registerSymbols(vscode.api, () => [{ name: '', detail: '', range, selection: range }]);
  expect(vscode.languages.symbolsOf(editor.document)[0]?.name).toBe('–');
});
