import { expect, test } from 'vitest';

import { readFailures } from '../../../src/answers/readFailures.ts';
import { FoundProblems } from '../../../src/answers/problemsFound.ts';
import { saidText } from '../../../src/answers/saidText.ts';
import { aPast } from '../../support/pastBuilders.ts';

const failed = (key: string, beginMs: number, text = 'Order 17 is gone') =>
  aPast({
    ...{ key, beginMs, outcome: 'failed', code: 1 },
    failure: { nodeId: 'n', name: '', cause: null, category: 'robotTask', text },
  });

test('of which problem an execution is, is known of those that only the history has as well', async () => {
  const found = new FoundProblems(readFailures());
  await found.look([failed('a', 10)], {
    ...{ nowMs: 20, marks: [], pause: () => Promise.resolve() },
    ...{ ifHere: () => null, changedMs: () => null, said: saidText, asTold: (problem) => problem },
  });
  const id = found.idOf('a');
  expect(id).not.toBeNull();
  expect(found.idOf('older')).toBeNull();
  expect(found.idOf('older', failed('older', 1, 'Order 18 is gone'))).toBe(id);
  expect(found.idOf('older', failed('older', 1, 'Disk full'))).not.toBe(id);
  // An id that collided: the begin tells them apart.
  expect(found.idOf('a', failed('a', 1, 'Disk full'))).not.toBe(id);
  expect(found.idOf('older', aPast({ key: 'older' }))).toBeNull();
  expect(found.ownPast('a').problem?.id).toBe(id);
});

test('what tells the cause is told of a problem, of its parts and of those beside it, where it is not the first line', async () => {
  const said = (name: string) =>
    `locator.click: Timeout 1500ms exceeded.\nCall log:\n  - waiting for getByRole('button', { name: '${name}' })\n`;
  const notFound = (key: string, beginMs: number, text: string) =>
    aPast({
      ...{ key, beginMs, outcome: 'failed', code: 1 },
      failure: { nodeId: 'n', name: '', cause: 'elementNotFound', category: 'robotTask', text },
    });
  const found = new FoundProblems(readFailures());
  const runs = [
    notFound('a', 10, said('Save')),
    notFound('b', 11, `RPA node request failed(${said('Send').trim()})`),
    notFound('c', 12, 'Element not found: #save'),
  ];
  await found.look(runs, {
    ...{ nowMs: 20, marks: [], pause: () => Promise.resolve() },
    ...{ ifHere: () => null, changedMs: () => null, said: saidText, asTold: (problem) => problem },
  });
  const telling = (name: string) => `waiting for getByRole('button', { name: '${name}' })`;
  const problem = found.ownPast('a').problem;
  expect(problem?.telling).toBe(telling('Save'));
  expect(problem?.parts.map((part) => part.telling)).toEqual([telling('Save')]);
  expect(problem?.besides.map((other) => other.telling).sort()).toEqual(['', telling('Send')]);
});
