import { describe, expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { readLogs } from '../../../src/decode/logs.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import type { LogLine, LogStream } from '../../../src/trace/execution.ts';
import { recordsOf, recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

/** A log as services write it: JSON in text. */
const log = (message: string, level = 'INFO') =>
  JSON.stringify({ level, message, time: '2026-11-23 16:47:30' });
const read = (messages: readonly string[], known: readonly string[] = []) =>
  readLogs({ logs: messages.map((message) => log(message)) }, createRedactor(known, usualRules));
const textsOf = ({ streams }: { readonly streams: readonly LogStream[] }) =>
  streams.map(({ text }) => text);

const chunk = (content: string | null, more: object = {}, finish: string | null = null) =>
  JSON.stringify({
    id: 'chatcmpl-1',
    choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: finish }],
    ...more,
  });
const spark = (content: string, status: number, sid = 'cht1', more: object = {}) =>
  JSON.stringify({
    header: { code: 0, sid, status },
    payload: {
      choices: { status, seq: status, text: [{ content, role: 'assistant', index: 0, ...more }] },
    },
  });
const event = (type: string, more: object = {}) => JSON.stringify({ type, ...more });

describe('frames of a model', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['as OpenAI writes them', [chunk('Hel'), chunk('lo'), chunk('', {}, 'stop')], ['Hello']],
    [
      'with what it took at the end, and without a piece at the beginning',
      [
        chunk(null),
        chunk('Hel'),
        chunk('lo', {}, 'stop'),
        JSON.stringify({ id: 'chatcmpl-1', choices: [], usage: {} }),
      ],
      ['Hello'],
    ],
    ['of Spark', [spark('你', 0), spark('好', 1), spark('！', 2)], ['你好！']],
    [
      'as lines of events',
      [`data: ${chunk('Hel')}\n\n`, `: ping`, `data:${chunk('lo')}`, 'data: [DONE]'],
      ['Hello'],
    ],
    [
      'logged all at once',
      [
        `event: message\nid: 1\ndata: ${chunk('Hel')}\n\ndata: ${chunk('lo')}\r\n\r\ndata: [DONE]\n`,
      ],
      ['Hello'],
    ],
    [
      'without an id',
      [
        chunk('Hel', { id: '' }),
        chunk('lo', { id: '' }, 'stop'),
        chunk('Next', { id: '' }),
        chunk('!', { id: '' }),
      ],
      ['Hello', 'Next!'],
    ],
    [
      'of completions',
      ['a', 'b'].map((text) => JSON.stringify({ id: 'c', choices: [{ text, index: 0 }] })),
      ['ab'],
    ],
    [
      'as Anthropic writes them',
      [
        event('message_start', { message: {} }),
        event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Hel' } }),
        event('ping'),
        event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'lo' } }),
        event('message_stop'),
      ].map((data) => `event: x\ndata: ${data}`),
      ['Hello'],
    ],
    [
      'of the responses of OpenAI',
      [
        event('response.output_text.delta', { delta: 'Hel' }),
        event('response.output_text.delta', { delta: 'lo' }),
        event('response.completed', { response: {} }),
      ],
      ['Hello'],
    ],
    [
      'of a call as Anthropic writes it',
      [
        event('content_block_start', { index: 0 }),
        event('content_block_delta', { index: 0, delta: { partial_json: '{"no' } }),
        event('content_block_delta', { index: 0, delta: { partial_json: '": 7}' } }),
        event('content_block_delta', { index: 0, delta: 7 }),
        event('message_stop'),
      ],
      ['{"no": 7}'],
    ],
    [
      'of a call without a name, and of what is none',
      ['a', 'b'].map((text) =>
        JSON.stringify({
          id: 'c',
          choices: [
            {
              delta: { tool_calls: [7, { index: 0 }, { function: { name: '', arguments: text } }] },
            },
          ],
        }),
      ),
      ['ab'],
    ],
    [
      'of a call, its arguments in pieces',
      ['{"no', '": 7}'].map((text, at) =>
        JSON.stringify({
          id: 'c',
          choices: [
            {
              delta: {
                tool_calls: [
                  {
                    index: 0,
                    function: { ...(at === 0 ? { name: 'find' } : {}), arguments: text },
                  },
                ],
              },
            },
          ],
        }),
      ),
      ['find {"no": 7}'],
    ],
    [
      'of two answers at a time',
      [0, 1, 0, 1].map((index, at) =>
        JSON.stringify({ id: 'c', choices: [{ index, delta: { content: String(at) } }] }),
      ),
      ['02\n13'],
    ],
    [
      'of two models at a time',
      [
        spark('a', 0, 'one'),
        spark('x', 0, 'two'),
        'between',
        spark('b', 1, 'one'),
        spark('y', 2, 'two'),
      ],
      ['ab', 'xy'],
    ],
    [
      'of a model that is asked again',
      [spark('a', 0, 'one'), spark('b', 2, 'one'), spark('c', 0, 'one'), spark('d', 2, 'one')],
      ['ab', 'cd'],
    ],
    ['one alone stays as it is', [chunk('Hello', {}, 'stop')], []],
    ['without any piece', [chunk(null), chunk('')], []],
    [
      'a whole answer is none',
      [1, 2].map((n) =>
        JSON.stringify({ id: 'c', choices: [{ message: { content: String(n) } }] }),
      ),
      [],
    ],
    [
      'other JSON is none',
      ['{"type": "click"}', '{"delta": 7}', '{"choices": "a, b"}', '{"choices": [1]}'],
      [],
    ],
    [
      'events of another kind are none',
      [event('row.added', { delta: 'a' }), event('row.added', { delta: 'b' }), '{"type": 7}'],
      [],
    ],
    [
      'texts that are no objects are none',
      [1, 2].map(() => JSON.stringify({ payload: { choices: { status: 0, text: ['a'] } } })),
      [],
    ],
    ['broken JSON is none', [chunk('a').slice(0, -1), `data: ${chunk('b').slice(0, -1)}`], []],
    ['a sentence that begins like one is none', ['data: 3 rows', 'data: 4 rows', ': '], []],
  ])('%s', (_name, messages, expected) => {
    const { logs, streams } = read(messages);
    expect(textsOf({ streams })).toEqual(expected);
    // The frames stay where they were.
    expect(logs).toHaveLength(messages.length);
    expect(logs.every(({ message }) => !message.includes('••••'))).toBe(true);
  });

  it('are counted, and their lines told', () => {
    const { streams } = read([
      'begin',
      `data: ${chunk('a')}\n\ndata: ${chunk('b')}`,
      'between',
      `data: ${chunk('c')}`,
    ]);
    expect(streams).toEqual([{ lines: [1, 3], frames: 3, text: 'abc', reasoning: '' }]);
  });

  it('tell apart what is thought and what is answered', () => {
    const thought = (reasoning: string, content: string) =>
      JSON.stringify({ id: 'c', choices: [{ delta: { reasoning_content: reasoning, content } }] });
    expect(
      read([thought('Let me', ''), thought(' see', ''), thought('', 'Yes')]).streams,
    ).toMatchObject([{ text: 'Yes', reasoning: 'Let me see' }]);
    expect(
      read([spark('', 0, 's', { reasoning_content: 'hm' }), spark('Yes', 2, 's')]).streams,
    ).toMatchObject([{ text: 'Yes', reasoning: 'hm' }]);
    const events = [
      event('content_block_delta', { delta: { thinking: 'Let me' } }),
      event('content_block_delta', { delta: { text: 'Yes' } }),
    ];
    expect(read(events).streams).toMatchObject([{ text: 'Yes', reasoning: 'Let me' }]);
    const responses = [
      event('response.reasoning_summary_text.delta', { delta: 'hm' }),
      event('response.output_text.delta', { delta: 'No' }),
    ];
    expect(read(responses).streams).toMatchObject([{ text: 'No', reasoning: 'hm' }]);
  });

  it('that are errors are no part of a text', () => {
    const logs = [log(chunk('a')), log(chunk('b'), 'ERROR'), log(chunk('c'))];
    const { streams } = readLogs({ logs }, createRedactor([], usualRules));
    expect(streams).toMatchObject([{ text: 'ac', lines: [0, 2] }]);
  });

  it.each(['03-workflow-rpa-node-failed.g1.json', '03-workflow-rpa-node-failed.g3.json'])(
    'of a recorded run are what the model gave: %s',
    (name) => {
      const opened = openRecord(recordsOf(name)[0]!, usualRules);
      const run = opened.execution().runs.find(({ name: of }) => of === '提取发票');
      const data = opened.nodeData(run!.key);
      expect(textsOf(data!)).toEqual([data!.llmOutput]);
      expect(data!.llmOutput).toContain('INV-20391');
    },
  );
});

describe('a secret that is broken over frames', () => {
  const frames = (...parts: readonly string[]) => parts.map((part) => chunk(part));
  const shown = (lines: readonly LogLine[]) => lines.map(({ message }) => message).join(' ');

  it.each<[string, readonly string[], readonly string[], readonly string[], RegExp]>([
    [
      'a named one',
      ['The pass', 'word: hun', 'ter2-EXAMPLE', ' is right'],
      ['hun', 'ter2'],
      [],
      /^The password: ••••.* is right$/,
    ],
    [
      'a token',
      ['key sk-', 'proj1234567890', 'abcdefghijklmnop', ' and so on'],
      ['proj1234567890', 'abcdefghijklmnop'],
      [],
      /^key ••••\S* and so on$/,
    ],
    [
      'one that stands elsewhere in the record',
      ['it is open', 'SESAME-4711', ' now'],
      ['SESAME'],
      ['openSESAME-4711'],
      /^it is ••••\S* now$/,
    ],
  ])(
    'is masked in the whole, and its parts are hidden: %s',
    (_name, parts, secret, known, whole) => {
      const { logs, streams } = read(frames(...parts), known);
      expect(streams[0]?.text).toMatch(whole);
      for (const part of secret) expect(shown(logs) + JSON.stringify(streams)).not.toContain(part);
      // What is no part of it is still there.
      expect(logs.at(-1)?.message).toContain(parts.at(-1));
    },
  );

  it('is hidden in what is saved', () => {
    const logs = frames('The pass', 'word: hun', 'ter2-EXAMPLE', ' is right').map((text) =>
      log(text),
    );
    const record = recordWith({
      ...{ sid: 'spf1', sub: 'workflow', start_time: 1, end_time: 2 },
      status: { code: 0, message: '' },
      trace: [{ id: 'a', node_id: 'n', node_name: 'n', node_type: 'n', logs }],
    });
    const saved = maskedRecordText(record, usualRules);
    expect(saved).toContain('The pass');
    expect(saved).toContain(' is right');
    expect(saved).not.toMatch(/hun|ter2/);
  });

  it('costs no frame where all of it stands in one', () => {
    const { logs, streams } = read(frames('the ', 'password: hunter2-EXAMPLE', ' is right'));
    expect(streams[0]?.text).toMatch(/^the password: ••••\S* is right$/);
    expect(logs[0]?.message).toContain('the ');
    expect(shown(logs)).not.toContain('hunter2');
  });
});
