import { expect, test } from 'vitest';

import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { tracebackLine } from '../../../src/diagnosis/tracebackLine.ts';
import { aRun, aSummary } from '../../support/builders.ts';

const traceback = `Traceback (most recent call last):
  File "/opt/executor.py", line 88, in run
  File "<string>", line 7, in main
  File "/usr/lib/python3/json/decoder.py", line 355, in decode
KeyError: 'amount'`;

test.each<[string, number | null]>([
  [traceback, 7],
  ['File "main.py", line 3, in main\nValueError', 3],
  ['  File "<frozen importlib>", line 5\n  File "user.py", line 2', 2],
  ['SyntaxError: invalid syntax (<unknown>, line 4)', 4],
  ['Element not found, see line 4', null],
])('the line of a program that %j tells: %j', (text, line) => {
  expect(tracebackLine([{ value: text }])).toBe(line);
});

test.each([
  [traceback, 7],
  ['Code execution failed', undefined],
])('a finding tells the line of the program that its evidence %j names: %j', (message, line) => {
  const run = aRun({ status: 'failed', error: message });
  const { nodeId, key: runKey, name } = run;
  const summary = aSummary({ outcome: 'failed', code: 21_600, message });
  const [finding] = diagnose(
    { suspectTypes: [], summary, runs: [run] },
    {
      failing: { nodeId, runKey, name, inferred: false, afterNodeId: null },
      ...{ flow: null, nodeData: () => undefined },
    },
  );
  expect(finding?.codeLine).toBe(line);
});
