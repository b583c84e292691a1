import { beforeEach, expect, test } from 'vitest';
import { ActiveFlowFile } from '../../../src/host/activeFlowFile.ts';
import { traceFileViewType } from '../../../src/host/ids.ts';
import { ReadOnlyDocuments } from '../../../src/host/readOnlyDocuments.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';

let vscode: FakeVscode;
let clock: ManualClock;
let file: ActiveFlowFile;
let documents: ReadOnlyDocuments;

const flows = new Set(['file:///w/a.yaml', 'file:///w/b.yaml']);
/** Once VS Code has said all that it says of a change. */
const current = () => {
  clock.advance(1_000);
  return file.current?.fileName;
};

beforeEach(() => {
  vscode = new FakeVscode();
  clock = new ManualClock(0);
  for (const name of ['a.yaml', 'b.yaml', 'README.md']) vscode.write(`/w/${name}`, name);
  documents = new ReadOnlyDocuments(vscode.api);
  file = new ActiveFlowFile({ vscode: vscode.api, clock, log: () => undefined }, (uri) =>
    flows.has(uri) ? '' : undefined,
  );
});

test.each<[string, () => unknown, string | undefined]>([
  ['nothing', () => undefined, 'a.yaml'],
  ['another flow', () => vscode.open('/w/b.yaml', 1), 'b.yaml'],
  ['a file that is none', () => vscode.open('/w/README.md', 1), undefined],
  ['a trace file', () => vscode.openCustom(traceFileViewType, 1), 'a.yaml'],
  ['what a step had, as text', () => documents.open('rows', '[]', 'json'), 'a.yaml'],
])('over the text of a flow: %s', async (_, open, shown) => {
  vscode.open('/w/a.yaml', 1);
  expect(current()).toBe('a.yaml');
  await open();
  expect(current()).toBe(shown);
});

test('what a step had, over it, stays with the flow, also beside another, until that is clicked', async () => {
  vscode.open('/w/b.yaml', 2);
  vscode.open('/w/a.yaml', 1);
  await documents.open('Input of Read', '{}', 'json');
  expect(current()).toBe('a.yaml');
  vscode.open('/w/b.yaml', 2);
  expect(current()).toBe('b.yaml');
});
