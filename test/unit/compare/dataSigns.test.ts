import { describe, expect, test } from 'vitest';

import type { Json, JsonObject } from '../../../src/base/json.ts';
import type { ComparedRun } from '../../../src/compare/comparedRun.ts';
import { judgeData, lookAtData } from '../../../src/compare/dataSigns.ts';
import { errorResultOf } from '../../../src/compare/errorResult.ts';
import { isOfType } from '../../../src/compare/valueType.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import type { SignsAnswer } from '../../../src/protocol/signs.ts';
import { signInBrief } from '../../../src/texts/signTexts.ts';
import { asked } from '../../support/asked.ts';
import { recordWith } from '../../support/fixtures.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { storyRecord, storySid, type Step, type Story } from '../../support/storyRecords.ts';
import { engineParts } from '../engine/world.ts';

const flowId = '7379450201923928066';

interface Run {
  readonly given?: JsonObject;
  readonly read?: JsonObject;
  readonly answer?: JsonObject;
  readonly fails?: boolean;
  readonly generation?: Story['generation'];
}

/** A flow that reads rows and enters them. */
function run(n: number, parts: Run = {}) {
  const { given = { rows: [1, 2], shop: 'A' }, read = { rows: [1, 2] } } = parts;
  const { answer = { done: 2 }, fails = false, generation } = parts;
  const steps: Step[] = [
    { id: 'node-start::1', name: 'Start', input: { sheet: 'May' } },
    { id: 'plugin::2', name: 'Read sheet', input: { sheet: 'May' }, output: read },
    {
      ...{ id: 'rpa::3', name: 'Enter rows', input: given, output: fails ? {} : { count: 2 } },
      ...(fails ? { error: 'element not found: #btnSave' } : {}),
    },
    ...(fails ? [] : [{ id: 'node-end::4', name: 'End', output: answer }]),
  ];
  const failed = { code: 21300, message: 'RPA node request failed(element not found: #btnSave)' };
  return recordWith(
    storyRecord({
      ...{ n, flowId, steps, answer, ...(generation === undefined ? {} : { generation }) },
      ...(fails ? failed : {}),
    }),
  );
}

/** A flow file that declares what the step is given. */
function flowText(inputs: Readonly<Record<string, string>>): string {
  const node = (id: string, more: object) => ({ id, data: { nodeMeta: {}, ...more } });
  return JSON.stringify({
    id: flowId,
    data: {
      nodes: [
        node('node-start::1', {}),
        node('plugin::2', {}),
        node('rpa::3', {
          inputs: Object.entries(inputs).map(([name, type]) => ({ name, schema: { type } })),
        }),
        node('node-end::4', {}),
      ],
      edges: [],
    },
  });
}

async function signsOf(
  last: Run,
  good: readonly Run[] = [],
  declared?: Readonly<Record<string, string>>,
): Promise<SignsAnswer> {
  const engine = engineParts();
  if (declared !== undefined) {
    engine.flows.set('file:///f.json', 'f.json', parseFlow(flowText(declared), 'f.json'));
  }
  engine.take([...good.map((parts, n) => run(n, parts)), run(good.length, last)]);
  return asked(engine.handlers, 'signs', { key: `workflow/${storySid(good.length)}` });
}

/** In a line: what stands out, where, against what. */
function lines({ signs }: SignsAnswer): readonly string[] {
  return signs.map(({ kind, section, name, type, expected, isDeclared, goodRuns, place, text }) =>
    [
      ...[`${place.name || 'run'}.${section}.${name}`, kind],
      ...(type === null ? [] : [`${type} for ${String(expected)}`]),
      ...(isDeclared ? ['declared'] : []),
      ...(goodRuns === 0 ? [] : [`good ${String(goodRuns)}`]),
      ...(text === '' ? [] : [text]),
    ].join(', '),
  );
}

const fails = true;
const some = [{}, {}, {}];
const five = [...some, {}, {}];
const order = (more: JsonObject = {}): JsonObject => ({
  order: { id: 'A-1', total: 12.5, lines: [{ sku: 'x', count: 1 }], note: '', ...more },
});
const orders = (count: number, parts: Run = {}) =>
  Array.from({ length: count }, (): Run => ({ read: order(), ...parts }));

test.each<[string, Run, readonly Run[], Readonly<Record<string, string>> | undefined, string[]]>([
  // Of what the step was given that failed.
  ['as ever', { fails }, some, undefined, []],
  ['as ever, and as declared', { fails }, some, { rows: 'array-integer', shop: 'string' }, []],
  ['as declared', { fails }, [], { rows: 'array-integer', shop: 'string' }, []],
  [
    'missing, unlike in the last good run',
    { fails, given: { shop: 'A' } },
    [{}],
    undefined,
    ['Enter rows.input.rows, missing, good 1'],
  ],
  [
    'missing, as the file declares it',
    { fails, given: { shop: 'A' } },
    [],
    { rows: 'array', shop: 'string' },
    ['Enter rows.input.rows, missing, declared'],
  ],
  ['declared, and no good run had it', { fails }, some, { extra: 'string' }, []],
  [
    'missing, as in one of the good runs',
    { fails, given: { shop: 'A' } },
    [{}, { given: { shop: 'A' } }],
    undefined,
    [],
  ],
  ['an attempt is noted without what it was given', { fails, given: {} }, some, undefined, []],
  ...[[], '', '  ', {}].map(
    (rows: Json) =>
      [
        `empty: ${JSON.stringify(rows)}`,
        { fails, given: { rows, shop: 'A' } },
        some,
        undefined,
        ['Enter rows.input.rows, empty, good 3'],
      ] as [string, Run, Run[], undefined, string[]],
  ),
  [
    'empty, as once before',
    { fails, given: { rows: [], shop: 'A' } },
    [{}, { given: { rows: [], shop: 'A' } }],
    undefined,
    [],
  ],
  [
    'empty, declared',
    { fails, given: { rows: '', shop: 'A' } },
    [],
    { rows: 'array-string' },
    ['Enter rows.input.rows, empty, declared'],
  ],
  [
    'of another type than in good runs',
    { fails, given: { rows: { a: 1 }, shop: 'A' } },
    some,
    undefined,
    ['Enter rows.input.rows, otherType, object for list, good 3'],
  ],
  [
    'of another type than declared',
    { fails, given: { rows: 'twenty', shop: 'A' } },
    [],
    { rows: 'integer' },
    ['Enter rows.input.rows, otherType, text for number, declared'],
  ],
  [
    'not as declared, and as ever',
    { fails, given: { rows: 'twenty', shop: 'A' } },
    [{ given: { rows: 'two', shop: 'A' } }],
    { rows: 'integer' },
    [],
  ],
  [
    'masked values have no type',
    { fails, given: { password: 'x', shop: 'A' } },
    [{ given: { password: '{"a": 1}', shop: 'A' } }],
    undefined,
    [],
  ],
  [
    'a field of it is missing',
    { fails, given: { rows: [{ a: 1 }], shop: 'A' } },
    [1, 2, 3].map(() => ({ given: { rows: [{ a: 1, b: 2 }], shop: 'A' } })),
    undefined,
    ['Enter rows.input.rows[0].b, missing, good 3'],
  ],
  // Of what steps gave.
  [
    'a field is missing that all had',
    { read: { order: { id: 'A-2', lines: [{ sku: 'y', count: 1 }], note: '' } } },
    orders(5),
    undefined,
    ['Read sheet.output.order.total, missing, good 5'],
  ],
  [
    'a value is missing that all had',
    { read: { rows: [1] } },
    five.map(() => ({ read: { rows: [1, 2], count: 2 } })),
    undefined,
    ['Read sheet.output.count, missing, good 5'],
  ],
  [
    'a field of an item is missing, and told once',
    { read: order({ lines: [{ sku: 'x', count: 1 }, { sku: 'y' }, { sku: 'z' }] }) },
    orders(5),
    undefined,
    ['Read sheet.output.order.lines[1].count, missing, good 5'],
  ],
  [
    'a field has a different type',
    { read: order({ total: '12,50' }) },
    orders(5),
    undefined,
    ['Read sheet.output.order.total, otherType, text for number, good 5'],
  ],
  [
    'a field is null that never was',
    { read: order({ total: null, lines: [] }) },
    orders(5),
    undefined,
    [
      'Read sheet.output.order.total, empty, good 5',
      'Read sheet.output.order.lines, empty, good 5',
    ],
  ],
  [
    'a field that not all items had',
    { read: order({ lines: [{ sku: 'z' }] }) },
    orders(5, { read: order({ lines: [{ sku: 'x', count: 1 }, { sku: 'y' }] }) }),
    undefined,
    [],
  ],
  ['a field is filled for once', { read: order({ note: 'urgent' }) }, orders(5), undefined, []],
  ['a field is new', { read: order({ vip: true }) }, orders(5), undefined, []],
  [
    'a field that some had',
    { read: order() },
    [...orders(4, { read: order({ vip: true }) }), {}, ...orders(2)],
    undefined,
    [],
  ],
  [
    'names that differ from run to run',
    { read: { order: { 'A-7': 1 } } },
    [1, 2, 3, 4, 5].map((n) => ({ read: { order: { [`A-${String(n)}`]: 1 } } })),
    undefined,
    [],
  ],
  ['four good runs are no always', { read: order({ total: null }) }, orders(4), undefined, []],
  [
    'of a failed one three are: what it was given tells where it began',
    { fails, read: order({ total: null }) },
    orders(3),
    undefined,
    ['Read sheet.output.order.total, empty, good 3'],
  ],
  ['nothing stands out', {}, some, undefined, []],
  [
    'an output is empty that never was',
    { read: { rows: [] } },
    some,
    undefined,
    ['Read sheet.output.rows, empty, good 3'],
  ],
  [
    'before the step that failed, too',
    { read: { rows: [] }, fails },
    some,
    undefined,
    ['Read sheet.output.rows, empty, good 3'],
  ],
  ['two good runs are no always', { read: { rows: [] } }, [{}, {}], undefined, []],
  ['empty on some days', { read: { rows: [] } }, [...some, { read: { rows: [] } }], undefined, []],
  [
    'an error for a result',
    { read: { rows: { success: false, message: 'no such sheet' } } },
    [],
    undefined,
    ['Read sheet.output.rows, errorResult, no such sheet'],
  ],
  [
    'an error beside the result',
    { read: { rows: [1], error: 'half of it' } },
    [...some, ...some].map(() => ({ read: { rows: [1], error: '' } })),
    undefined,
    ['Read sheet.output.error, errorResult, good 6, half of it'],
  ],
  ['an error that may be data', { read: { error: 'half of it' } }, [], undefined, []],
  [
    'good runs gave the like',
    { read: { rows: { success: false, message: 'none today' } } },
    [{ read: { rows: { success: false, message: 'none today' } } }],
    undefined,
    [],
  ],
])('%s', async (_, last, good, declared, expected) => {
  expect(lines(await signsOf(last, good, declared))).toEqual(expected);
  if (declared !== undefined) return;
  const asText = { generation: 'g3' } as const;
  const inTexts = good.map((one) => ({ ...one, ...asText }));
  expect(lines(await signsOf({ ...last, ...asText }, inTexts))).toEqual(expected);
});

describe('an answer that a model cut', () => {
  const frame = (reason: string | null, content = 'x') =>
    JSON.stringify({ id: 'a', choices: [{ delta: { content }, finish_reason: reason }] });
  /** A model's step among others, and what it logged. */
  const asks = (n: number, logs: readonly string[], code = 0) => {
    const end: Step = { id: 'node-end::4', name: 'End', output: { done: 1 } };
    const steps: Step[] = [
      { id: 'node-start::1', name: 'Start', input: { sheet: 'May' } },
      {
        ...{ id: 'spark-llm::2', name: 'Extract', output: { output: '{"rows": [1, 2' } },
        logs: logs.map((message) => `INFO ${message}`),
      },
      code === 0
        ? end
        : { id: 'ifly-code::3', name: 'Sum', output: {}, error: 'Expecting value: line 1' },
    ];
    const failed =
      code === 0 ? {} : { code, message: 'Code node execution failed(Expecting value)' };
    return recordWith(storyRecord({ n, flowId, steps, answer: { done: 1 }, ...failed }));
  };
  const told = async (...records: readonly ReturnType<typeof asks>[]) => {
    const { take, handlers } = engineParts();
    const key = take(records).finished.at(-1)?.summary.key ?? '';
    const { signs, goodRuns } = await asked(handlers, 'signs', { key });
    return signs.map((sign) => [sign.kind, signInBrief(sign, plainEnglish), goodRuns]);
  };
  const cut = [frame(null), frame('length', '')];
  const whole = [frame(null), frame('stop', '')];
  const said = '“Extract” received a truncated answer: the model reached its length limit.';

  test.each<[string, readonly string[]]>([
    ['in the words of OpenAI', cut],
    [
      'of Anthropic',
      [
        frame(null),
        JSON.stringify({ type: 'message_delta', delta: { stop_reason: 'max_tokens' } }),
      ],
    ],
    ['of Gemini', [`Answer: {'candidates': [{'finishReason': 'MAX_TOKENS'}]}`]],
  ])('is told, %s', async (_, logs) => {
    expect(await told(asks(1, logs, 21_503))).toEqual([['cutAnswer', said, 0]]);
  });

  test('is told against runs in which it was whole, and not where it never is', async () => {
    expect(await told(asks(1, whole), asks(2, cut, 21_503))).toEqual([
      ['cutAnswer', `${said} In the good run it wasn’t.`, 1],
    ]);
    expect(await told(asks(1, cut), asks(2, cut, 21_503))).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['ended by itself', whole],
    ['speaks of it', [frame(null, '"finish_reason": "length"'), frame('stop', '')]],
    ['called a tool', [frame('tool_calls')]],
  ])('is none that %s', async (_, logs) => {
    expect(await told(asks(1, logs, 21_503))).toEqual([]);
  });
});

test('each leads to where it stands', async () => {
  const given = { rows: [], shop: 'A' };
  const read = { rows: { data: { ok: false, error: { message: 'no such sheet' } } } };
  const { signs, goodRuns } = await signsOf({ fails, given, read }, some);
  expect(goodRuns).toBe(3);
  expect(signs.map(({ place }) => [place.nodeId, place.path, place.match])).toEqual([
    [
      'rpa::3',
      'rows',
      {
        ...{ section: 'input', entry: 'input:rows:', path: '', part: 'name' },
        ...{ offset: 0, length: 4 },
      },
    ],
    [
      'plugin::2',
      'rows.data.ok',
      {
        ...{ section: 'output', entry: 'output:rows:', path: '/data/ok', part: 'key' },
        ...{ offset: 0, length: 2 },
      },
    ],
  ]);
});

test('lets others have their turn between nodes that it decodes', () => {
  let decoded = 0;
  const tree = Array.from({ length: 300 }, (_, at) => ({
    ...{ key: String(at), nodeId: 'n', type: 'plugin', children: [], subExecution: null },
    run: { status: 'succeeded' },
  })) as unknown as ComparedRun['tree'];
  const run: ComparedRun = {
    summary: { outcome: 'failed' } as ComparedRun['summary'],
    ...{ failing: null, tree, retried: new Set<string>() },
    dataOf: () => {
      decoded++;
      return {
        input: [],
        output: [{ name: 'a', value: '', form: 'text' }],
        config: [],
        logs: [],
      } as never;
    },
    ...{ ownData: () => undefined, secretAt: () => undefined },
  };
  const inTurns = <T>(steps: Generator<undefined, T>) => {
    for (let before = decoded; ; before = decoded) {
      const step = steps.next();
      expect(decoded - before).toBeLessThanOrEqual(50);
      if (step.done === true) return step.value;
    }
  };
  const looked = inTurns(lookAtData(run, () => undefined));
  expect(decoded).toBe(200);
  inTurns(judgeData(looked, [run, run]));
  expect(decoded).toBe(1_000);
});

test.each<[JsonObject, string | null]>([
  [{ success: false, message: 'x' }, 'success x'],
  [{ data: { status: 'failed', reason: 'x' } }, 'data.status x'],
  [{ code: 500, msg: 'x' }, 'code x'],
  [{ errcode: 40001, errmsg: 'x' }, 'errcode x'],
  [{ status: '失败', 错误信息: 'x' }, 'status x'],
  [{ isError: true, content: [{ type: 'text', text: 'x' }] }, 'isError x'],
  [{ code: '-1', msg: 'x' }, 'code x'],
  [{ isError: false, content: [{ type: 'text', text: 'x' }] }, null],
  [{ code: '500', name: 'Warehouse' }, null],
  [{ a: { b: { c: { d: { success: false, message: 'deep' } } } } }, null],
  [{ success: true, message: 'x' }, null],
  [{ code: 0, msg: 'ok' }, null],
  [{ code: 200, message: 'x' }, null],
  [{ code: 17, message: 'article 17' }, null],
  [{ errcode: 0, errmsg: 'ok' }, null],
  [{ error: null }, null],
  [{ error: '' }, null],
  [{ errors: [] }, null],
  [{ error: false, errors: 0 }, null],
  [{ message: 'the order failed', status: 'done' }, null],
  [{ text: 'error: handled' }, null],
  [{ errorCode: 1, errorMsg: 'success' }, 'errorCode '],
  ...[
    '操作成功',
    '处理成功',
    'success',
    'OK.',
    'request:ok',
    'No errors',
    'N/A',
    '无',
    '-',
    '0',
    '[]',
  ].map((errorMsg): [JsonObject, null] => [{ errorMsg }, null]),
  [{ error: { code: 0, message: '' } }, null],
  [{ return_code: 'FAIL', return_msg: '签名错误' }, 'return_code 签名错误'],
  [{ resultCode: 'SUCCESS', resultMsg: 'OK' }, null],
  [{ ret: -1, msg: 'no such order' }, 'ret no such order'],
  [{ ret: 3, msg: 'rows' }, null],
])('%j tells of an error: %s', (given, expected) => {
  const found = errorResultOf(given);
  expect(found === null ? null : `${found.path.join('.')} ${found.text}`).toBe(expected);
});

test.each<[Json, 'json' | 'text', Parameters<typeof isOfType>[1], boolean]>([
  ['a', 'text', 'string', true],
  [7, 'json', 'string', true],
  [{ a: 1 }, 'json', 'string', false],
  [{ a: 1 }, 'text', 'string', true],
  [7, 'json', 'integer', true],
  [7.5, 'json', 'integer', false],
  ['7', 'text', 'integer', true],
  ['7.5', 'text', 'number', true],
  ['1e3', 'text', 'number', true],
  ['seven', 'text', 'number', false],
  [true, 'json', 'boolean', true],
  ['True', 'text', 'boolean', true],
  ['yes', 'text', 'boolean', false],
  [[1], 'json', 'array', true],
  ['[1]', 'text', 'array', true],
  [{ a: 1 }, 'json', 'array', false],
  [{ a: 1 }, 'json', 'object', true],
  [[1], 'json', 'object', false],
  ['{"a": 1}', 'text', 'object', true],
])('%j as %s can be a declared %s: %s', (value, form, type, expected) => {
  expect(isOfType({ value, form }, type)).toBe(expected);
});

test('what is missing leads to what lacks it', async () => {
  const { signs } = await signsOf({ read: order({ lines: [{ sku: 'x' }] }) }, orders(5));
  expect(signs.map(({ place }) => [place.nodeId, place.match?.path])).toEqual([
    ['plugin::2', '/order/lines/0'.slice('/order'.length)],
  ]);
});
