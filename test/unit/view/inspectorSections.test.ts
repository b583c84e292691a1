import { describe, expect, test } from 'vitest';
import {
  contentKey,
  inspectorSections,
  inspectorTabs,
  roundCount,
  sectionOfError,
  tabWith,
  type InspectorTab,
} from '../../../src/view/inspectorSections.ts';
import { placedValues } from '../../../src/find/places.ts';
import { logLines, named, nodeContent, wholeExecution } from '../../webview/inspectorContents.ts';
import { row } from '../../webview/treeRows.ts';

const titles = (tabs: readonly InspectorTab[]) =>
  tabs.map(({ title, count }) => (count === null ? title : `${title} ${count}`)).join(' | ');

describe('tabs', () => {
  const node = inspectorSections(
    nodeContent({ input: [named('a', 1)], llmOutput: 'said', logs: logLines(3) }),
  );
  const execution = inspectorSections(wholeExecution());

  test.each([
    ['node', node, false, 'Input 1 | Output 1 | Logs 3 | Config 0 | Timing & usage | Other 0'],
    ['wide node', node, true, 'Input and output 2 | Logs 3 | Config 0 | Timing & usage | Other 0'],
    ['execution', execution, false, 'Question 1 | Answer 0 | Timing & usage | Record 5'],
    ['wide execution', execution, true, 'Question and answer 1 | Timing & usage | Record 5'],
  ])('of a %s', (_name, sections, wide, expected) => {
    expect(titles(inspectorTabs(sections, wide))).toBe(expected);
  });

  test('of a node that never ran are none', () => {
    expect(inspectorSections({ kind: 'notRun', row: row('x') })).toEqual([]);
    // Of a record that is gone nobody knows whether it held any.
    const gone = inspectorSections(nodeContent({}), true);
    expect(gone.map(({ empty }) => empty).filter((text) => text !== '')).toEqual(
      Array<string>(5).fill('The history doesn’t have it.'),
    );
  });

  test('the one that was chosen is found in either width', () => {
    const ids = [false, true].map((wide) => tabWith(inspectorTabs(node, wide), 'output')?.id);
    expect(ids).toEqual(['output', 'input']);
    expect(tabWith(inspectorTabs(execution, false), 'logs')?.id).toBe('input');
  });
});

test('what a model said stands with the output', () => {
  const output = inspectorSections(nodeContent({ llmOutput: 'said' }))[1];
  expect(output?.values).toEqual([named('llm_output', 'said', { form: 'text' })]);
});

test('rounds are counted over input and output', () => {
  const sections = inspectorSections(
    nodeContent({
      input: [named('item', 'a', { round: 0 }), named('item', 'b', { round: 2 })],
      output: [named('all', 1)],
    }),
  );
  expect(roundCount(sections)).toBe(3);
  expect(roundCount(sections.slice(1))).toBe(0);
});

test('values keep their ids when the content is refreshed', () => {
  const values = [named('x', 1), named('x', 2), named('y', 1, { round: 1 })];
  const ids = (count: number) => {
    const [input] = inspectorSections(nodeContent({ input: values.slice(0, count) }));
    return input === undefined ? [] : placedValues(input).map(({ id }) => id);
  };
  expect(ids(3)).toEqual(['input:x:', 'input:x::1', 'input:y:1']);
  expect(ids(2)).toEqual(ids(3).slice(0, 2));
});

test('a node and an execution are told apart', () => {
  expect([contentKey(nodeContent({}, row('k'))), contentKey(wholeExecution())]).toEqual([
    'k',
    'execution:workflow spf1',
  ]);
});

describe('where the error of a failed node stands', () => {
  const failed = row('x', { status: 'failed' });
  const errors = [{ ...logLines(1)[0]!, level: 'ERROR' }];
  test.each([
    ['in its log', nodeContent({ logs: errors }, failed), 'logs'],
    ['in what it got, where it gave nothing', nodeContent({}, failed), 'input'],
    ['in what it gave', nodeContent({ output: [named('message', 'no')] }, failed), null],
    ['nowhere, of one that did not fail', nodeContent({ logs: errors }, row('x')), null],
    ['nowhere, of an execution', wholeExecution(), null],
  ])('%s', (_where, content, expected) => {
    expect(sectionOfError(content, inspectorSections(content))).toBe(expected);
  });
});
