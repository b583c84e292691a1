import { describe, expect, test } from 'vitest';

import { firstError, logsIn, readLogs } from '../../../src/decode/logs.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

const messages = (logs: JsonObject['logs']) =>
  readLogs({ logs }, createRedactor([], usualRules)).logs.map(({ message }) => message);

describe('logs are read', () => {
  test.each<[string, JsonObject['logs'], number]>([
    ['as a list', ['a', 'b'], 2],
    ['as the text of a list', '["a", "b"]', 2],
    ['as the text of one', '{"level": "INFO", "message": "a"}', 1],
    ['as lines', 'a\n\nb\n', 2],
    ['as lines that begin like a list', '[INFO] a\n[INFO] b', 2],
    ['as nothing', null, 0],
  ])('%s', (_, logs, count) => {
    expect(logsIn({ logs })).toHaveLength(count);
  });

  test.each<[string, object, string[]]>([
    ['a text', { level: 'error', message: 'lost', error: 'no route' }, ['lost', 'no route']],
    [
      'an error with its stack',
      { level: 50, msg: 'lost', err: { message: 'no route', stack: 'Error: no route\n at f' } },
      ['lost', 'Error: no route', ' at f'],
    ],
    [
      'one with a message alone',
      { level: 50, msg: 'lost', err: { message: 'gone' } },
      ['lost', 'gone'],
    ],
    ['one with neither', { level: 50, msg: 'lost', err: { code: 7 } }, ['lost', '{"code":7}']],
    ['a list', { level: 50, msg: 'lost', err: [1, 2] }, ['lost', '[1,2]']],
  ])('with what stands beside the message: %s', (_, log, lines) => {
    expect(messages([JSON.stringify(log)])).toEqual([lines.join('\n')]);
  });

  test('the first error is found in whatever logger’s words', () => {
    const entry = {
      logs: ['plain', '{"level": "INFO", "message": "a"}', '{"severity":"ERROR","message":"b"}'],
    };
    expect(firstError(entry)).toBe('b');
    expect(firstError({ logs: 'no error here' })).toBeUndefined();
  });
});
