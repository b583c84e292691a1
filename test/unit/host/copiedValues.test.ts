import { describe, expect, test } from 'vitest';
import { inputText, outputText } from '../../../src/host/copiedValues.ts';
import { named, nodeContent, wholeExecution } from '../../webview/inspectorContents.ts';

const read = (text: string) => JSON.parse(text) as unknown;

describe('what a step got and gave', () => {
  test('is JSON by name, of a round each where there are several', () => {
    const input = [named('row', 1, { round: 0 }), named('row', 2, { round: 1 }), named('k', 'a')];
    expect(read(inputText(nodeContent({ input })))).toEqual({ row: [1, 2], k: 'a' });
    expect(inputText(nodeContent())).toBe('{}');
  });

  test('has the answer of the model with its output', () => {
    const output = [named('total', 3)];
    expect(read(outputText(nodeContent({ output, llmOutput: 'Yes' })))).toEqual({
      ...{ total: 3, llm_output: 'Yes' },
    });
  });

  test('of another service is its question and answer', () => {
    const content = wholeExecution();
    if (content.kind !== 'execution') throw new Error();
    expect(inputText(content)).toBe(
      typeof content.data.question.value === 'string'
        ? content.data.question.value
        : JSON.stringify(content.data.question.value, null, 2),
    );
    expect(outputText(content)).toBe(
      typeof content.data.answer.value === 'string'
        ? content.data.answer.value
        : JSON.stringify(content.data.answer.value, null, 2),
    );
  });
});
