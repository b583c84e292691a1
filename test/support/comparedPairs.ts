import type { Json, JsonObject } from '../../src/base/json.ts';
import {
  storyBeginMs,
  storyId,
  storyRecord,
  storySid,
  type Step,
  type Story,
} from './storyRecords.ts';

/** Two runs, and what a colleague would say of them. */
export interface ComparedStories {
  readonly name: string;
  /** The last good one, and older ones before it, as lines. */
  readonly before: string;
  readonly after: string;
  readonly sentence: string;
}

const start = 'node-start::1';
const extract = 'spark-llm::2';
const check = 'if-else::3';
const enter = 'rpa::4';
const approve = 'message::5';
const end = 'node-end::6';
const notCompared = 'Not compared: what isn’t recorded, such as the screen and the machine.';

const bill: JsonObject = { mail: 'Invoice INV-20391 of Qiming, 1280.5 CNY' };
const fields: JsonObject = { vendor: 'Qiming', total: 1280.5 };

/** What can be another in a run of the invoice flow. */
interface Invoice extends Partial<Story> {
  readonly mail?: JsonObject;
  readonly fields?: JsonObject;
  readonly given?: JsonObject;
  readonly result?: Json;
  readonly edit?: (steps: readonly Step[]) => readonly Step[];
}

/** Start, extract, check, enter, end. */
function invoiceSteps({
  mail = bill,
  fields: found = fields,
  given,
  result = 'done:INV-20391',
}: Invoice): Step[] {
  return [
    { id: start, name: 'Start', input: mail, ms: 1 },
    {
      ...{ id: extract, name: 'Extract fields', ms: 900, tokens: 250 },
      ...{ input: { mail: mail['mail'] ?? null }, output: { fields: found } },
      config: { model: 'qwen-plus', temperature: 0.5, prompt: 'Extract vendor and total.' },
    },
    {
      ...{ id: check, name: 'Check amount', ms: 5, next: [enter, approve] },
      input: { total: found['total'] ?? null },
    },
    {
      ...{ id: enter, name: 'Enter ERP', ms: 1_800 },
      ...{ input: given ?? { form: found }, output: { result } },
      config: { project: 'erp-entry', timeout: 60 },
    },
    { id: end, name: 'End', output: { output: result }, ms: 1 },
  ];
}

function invoice(n: number, parts: Invoice = {}): string {
  const {
    edit = (steps: readonly Step[]) => steps,
    result = 'done:INV-20391',
    mail = bill,
  } = parts;
  const steps = edit(invoiceSteps(parts));
  return storyRecord({ question: mail, answer: { output: result }, ...parts, n, steps });
}

/** It fails in a node, and ends with it. */
function failingAt(id: string, error: string): (steps: readonly Step[]) => readonly Step[] {
  return (steps) => {
    const place = steps.findIndex((step) => step.id === id);
    return steps.slice(0, place + 1).map((step, index) => {
      return index === place ? { ...step, error, output: {} } : step;
    });
  };
}

function edited(id: string, change: Partial<Step>): (steps: readonly Step[]) => readonly Step[] {
  return (steps) => steps.map((step) => (step.id === id ? { ...step, ...change } : step));
}

const failed = { code: 21300, message: 'RPA node request failed(element not found: #btnSave)' };
const missingElement = 'element not found: #btnSave';

/** Another approver where the amount is large. */
function approved(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => {
    return step.id === enter
      ? { id: approve, name: 'Ask for approval', output: { asked: 'boss' } }
      : step;
  });
}

/** The ids of a copy of the flow. */
function copied(steps: readonly Step[]): readonly Step[] {
  const idOf = (id: string) => `${id}-copy`;
  return steps.map((step) => ({
    ...step,
    id: idOf(step.id),
    ...(step.next === undefined ? {} : { next: step.next.map(idOf) }),
  }));
}

const iteration = 'iteration::7';

/** Orders that are each entered at the same time. */
function orders(
  n: number,
  items: readonly string[],
  failing: readonly string[] = [],
  more: Partial<Story> = {},
  results: Readonly<Record<string, string>> = {},
): string {
  const resultOf = (item: string) => results[item] ?? `done:${item}`;
  const rounds = items.flatMap((item, round): Step[] => {
    const inner = { round, parent: iteration };
    return [
      {
        id: 'iteration-node-start::8',
        name: 'Each order',
        input: { input: item },
        ms: 1,
        ...inner,
      },
      {
        ...{ id: 'rpa::9', name: 'Enter order', ms: 200, at: 4 + round, ...inner },
        ...{ input: { order: item }, output: failing.includes(item) ? {} : { no: resultOf(item) } },
        ...(failing.includes(item) ? { error: `order is locked: ${item}` } : {}),
      },
    ];
  });
  const hasFailed = items.some((item) => failing.includes(item));
  const done = items.map(resultOf);
  return storyRecord({
    ...{ n, flowId: '7379450201923928077' },
    question: { orders: items },
    answer: { output: done },
    ...(hasFailed ? failed : {}),
    steps: [
      { id: start, name: 'Start', input: { orders: items }, ms: 1 },
      ...rounds,
      {
        ...{
          id: iteration,
          name: 'All orders',
          input: { orders: items },
          at: 1,
          ms: 400,
        },
        ...(hasFailed ? { isBad: true } : { output: { list: done } }),
      },
      ...(hasFailed ? [] : [{ id: end, name: 'End', output: { output: done }, ms: 1 }]),
    ],
    ...more,
  });
}

/** A flow that reads rows and writes them. */
function rows(n: number, list: Json, more: Partial<Story> = {}): string {
  return storyRecord({
    ...{ n, flowId: '7379450201923928088', question: { sheet: 'May' }, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: { sheet: 'May' }, ms: 1 },
      { id: 'plugin::2', name: 'Read sheet', input: { sheet: 'May' }, output: { rows: list } },
      { id: 'database::3', name: 'Write rows', input: { rows: list }, output: { count: 2 } },
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
    ...more,
  });
}

/** A flow that makes an order: it has an id and a time of its own in every run. */
function order(
  n: number,
  parts: { id?: Json; used?: Json; ref?: string; text?: string } = {},
  { edit = (steps) => steps, ...more }: Partial<Story> & Pick<Invoice, 'edit'> = {},
): string {
  const { id = storyId(n, 'order'), used = id, ref = 'A-1', text } = parts;
  const created = new Date(storyBeginMs + n * 86_400_000 + 500).toISOString();
  return storyRecord({
    ...{ n, flowId: '7379450201923928099', question: { ref }, answer: { ok: true } },
    steps: edit([
      { id: start, name: 'Start', input: { ref }, ms: 1 },
      {
        ...{ id: 'plugin::2', name: 'Create order', input: { ref } },
        output: { order_id: id, created, ...(text === undefined ? {} : { note: text }) },
      },
      { id: 'plugin::3', name: 'Confirm order', input: { order_id: used }, output: { ok: true } },
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ]),
    ...more,
  });
}

/** A flow whose node talks to a service with a key. */
const key = 'sk-1111111111111111aaaa';
const token = (end: string) => `ERP_TOKEN = "EXAMPLE-CODE-TOKEN${end}"`;

function keyed(n: number, key: string, more: Partial<Step> = {}): string {
  return storyRecord({
    ...{ n, flowId: '7379450201923928066', question: { q: 'x' }, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: { q: 'x' }, ms: 1 },
      {
        ...{ id: 'plugin::2', name: 'Ask service', input: { q: 'x' }, output: { ok: true } },
        config: { url: 'https://api.example/v1', apiKey: key },
        ...more,
      },
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
  });
}

/** A record of the robot's own service. */
function robot(n: number, params: JsonObject, code = 0, message = 'Success'): string {
  const beginMs = storyBeginMs + n * 86_400_000;
  return JSON.stringify({
    ...{ service_id: '', sid: storySid(n), sub: 'rpa-server', caller: '', log_caller: '' },
    question: `sid:${storySid(n)}, access_token:tok-8f7a6b5c4d3e, project_id:123456exec_position:EXECUTOR, params:${JSON.stringify(params).replaceAll('"', "'")}`,
    ...{ answer: message, start_time: beginMs + 2_000, end_time: beginMs, duration: 0 },
    ...{ status: { code, message }, usage: {}, version: 'v2.0.0', trace: [] },
  });
}

/** An agent that asks its model again and again. */
function agent(n: number, calls: readonly string[]): string {
  return storyRecord({
    ...{ n, flowId: '7379450201923928055', question: { q: 'stock' }, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: { q: 'stock' }, ms: 1 },
      ...calls.map((call, index): Step => ({
        ...{
          id: 'agent::2',
          name: 'Ask model',
          input: { call },
          output: { said: `about ${call}` },
        },
        next: [index + 1 < calls.length ? 'agent::2' : end],
      })),
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
  });
}

/** A loop whose rounds share one entry. */
function loop(n: number, rounds: number): string {
  return storyRecord({
    ...{ n, flowId: '7379450201923928044', question: { q: 'page' }, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: { q: 'page' }, ms: 1 },
      { id: 'loop-node-start::4', name: 'Each page', count: rounds, ms: 1 },
      {
        id: 'rpa::2',
        name: 'Next page',
        input: { q: 'page' },
        output: { more: false },
        count: rounds,
      },
      { id: 'loop::3', name: 'All pages', at: 1 },
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
  });
}

/** Orders that are entered one after the other, an entry for each attempt; the last one may be given up. */
function inTurn(n: number, rows: readonly string[], entries: readonly string[], error?: string) {
  const done = error === undefined ? rows : rows.slice(0, -1);
  const inner = { ms: 1, count: rows.length };
  return storyRecord({
    ...{ n, generation: 'g3', flowId: '7379450201923928055', question: { day: 'today' } },
    ...(error === undefined ? { answer: { ok: true } } : { code: 21300, message: error }),
    steps: [
      { id: start, name: 'Start', input: { day: 'today' }, ms: 1 },
      {
        ...{ id: 'iteration-node-start::4', name: 'Each order', ...inner },
        inputs: rows.map((row) => ({ input: row })),
      },
      {
        ...{ id: 'rpa::2', name: 'Enter order', ms: 200, count: entries.length },
        inputs: entries.map((row) => ({ row: { no: row, qty: 2 } })),
        outputs: done.map((row) => ({ result: `done:${row}` })),
        ...(error !== undefined && { error }),
        isBad: entries.length > rows.length,
      },
      ...(error === undefined
        ? [
            { id: 'iteration::3', name: 'All orders', at: 1, output: { all: done } },
            { id: end, name: 'End', output: { ok: true }, ms: 1 },
          ]
        : []),
    ],
  });
}

/** Two steps that wait for nothing of each other. */
function twoLookups(n: number, order: readonly string[]): string {
  return storyRecord({
    ...{ n, flowId: '7379450201923928066', question: { q: 'A and B' }, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: { q: 'A and B' }, ms: 1 },
      ...order.map((name) => ({
        ...{ id: `plugin::${name}`, name: `Look up ${name}`, ms: 200 },
        ...{ input: { name }, output: { found: `${name} 1` } },
      })),
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
  });
}

const longList = (first: number) => [...Array.from({ length: 1_200 }, (_, at) => first + at), '…'];

const stored = (sign: string) => `http://minio:9000/workflow/${sign.repeat(32)}.txt`;
const lines = (...records: readonly string[]) => records.join('\n');
const noLongText = 'a'.repeat(40);

/** What differs before a failure beside the data, which each run has for itself. */
const unlikeBefore: readonly (readonly [
  what: string,
  edit: (steps: readonly Step[]) => readonly Step[],
  version?: string,
])[] = [
  ['was tried again', edited(extract, { count: 3 })],
  ['took far longer', edited(extract, { ms: 60_000 })],
  ['logged an error', edited(extract, { logs: ['ERROR no connection'] })],
  ['is called otherwise', edited(extract, { name: 'Read fields' })],
  ['is of another version', (steps) => steps, 'v9'],
];

/** A setting before and after, and what is told of it. */
const settings: readonly (readonly [what: string, old: Json, now: Json, told: string])[] = [
  ['a text', 60, '60', 'set has a different type: “60” (before: 60)'],
  ['a word', true, 'true', 'set has a different type: “true” (before: true)'],
  [
    'a list of texts',
    [1, 2],
    ['1', '2'],
    'set[0] has a different type: “1” (before: 1). 1 more value differs there',
  ],
];

/** The pairs, each with its sentence. */
export const comparedPairs: readonly ComparedStories[] = [
  {
    name: 'same',
    before: invoice(1),
    after: invoice(2),
    sentence: `No differences. ${notCompared}`,
  },
  {
    name: 'same but for times and IDs',
    before: order(1),
    after: order(2),
    sentence: `No differences. 3 values differ from run to run, such as times and IDs. ${notCompared}`,
  },
  {
    name: 'the same execution',
    before: invoice(1),
    after: invoice(1),
    sentence: 'It is the same execution.',
  },
  {
    name: 'flaky',
    before: invoice(1),
    after: invoice(2, { ...failed, edit: failingAt(enter, missingElement) }),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; its input and configuration are the same. Its error: “element not found: #btnSave”. ${notCompared}`,
  },
  {
    name: 'no longer failing',
    before: invoice(1, { ...failed, edit: failingAt(enter, missingElement) }),
    after: invoice(2),
    sentence: `First difference: “Enter ERP” succeeded, though it failed before; its input and configuration are the same. ${notCompared}`,
  },
  {
    name: 'a step gave nothing and the flow file changed there',
    before: invoice(1),
    after: invoice(2, {
      ...failed,
      fields: { vendor: 'Qiming', total: null },
      edit: (steps) =>
        failingAt(
          enter,
          'total is empty',
        )(
          edited(extract, {
            config: { model: 'qwen-plus', temperature: 0.5, prompt: 'Extract the vendor.' },
          })(steps),
        ),
    }),
    sentence: `First difference: “Extract fields” returned no fields.total: it is empty now, null (before: 1280.5). “Enter ERP” failed after it. Its error: “total is empty”. The configuration of “Extract fields” differs between the two: prompt is “Extract the vendor.” (before: “Extract vendor and total.”). ${notCompared}`,
  },
  {
    name: 'a step gave another value',
    before: invoice(1),
    after: invoice(2, { fields: { vendor: 'Qiming', total: 1380.5 } }),
    sentence: `First difference: “Extract fields” returned a different value for fields.total: 1380.5 (before: 1280.5). ${notCompared}`,
  },
  {
    name: 'one input changed',
    before: invoice(1),
    after: invoice(2, {
      mail: { mail: 'Invoice INV-20391 of Qiming, 99 CNY' },
      fields: { vendor: 'Qiming', total: 99 },
    }),
    sentence: `First difference: it was started with a different value for mail: “Invoice INV-20391 of Qiming, 99 CNY” (before: “Invoice INV-20391 of Qiming, 1280.5 CNY”). ${notCompared}`,
  },
  {
    name: 'one input is missing',
    before: rowsStartedWith(1, { sheet: 'May', year: '2026' }),
    after: rowsStartedWith(2, { sheet: 'May' }),
    sentence: `First difference: it was started without year: it is missing now (before: “2026”). ${notCompared}`,
  },
  {
    name: 'copy of the flow',
    before: invoice(1),
    after: invoice(2, { flowId: '7379450201923929999', edit: copied }),
    sentence: `No differences, except that another copy or version of the flow ran. ${notCompared}`,
  },
  {
    name: 'copy of the flow that fails',
    before: invoice(1),
    after: invoice(2, {
      ...failed,
      flowId: '7379450201923929999',
      edit: (steps) => copied(failingAt(enter, missingElement)(steps)),
    }),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; its input and configuration are the same. Its error: “element not found: #btnSave”. ${notCompared}`,
  },
  {
    name: 'copy of the flow with a node renamed',
    before: invoice(1),
    after: invoice(2, {
      flowId: '7379450201923929999',
      edit: (steps) => copied(edited(enter, { name: 'Type into ERP' })(steps)),
    }),
    sentence: `First difference: “Type into ERP” was called “Enter ERP” before. ${notCompared}`,
  },
  {
    name: 'another version of the flow',
    before: invoice(1),
    after: invoice(2, { version: 'v1.3' }),
    sentence: `No differences, except that another copy or version of the flow ran. ${notCompared}`,
  },
  {
    name: 'an ID that became null',
    before: order(1),
    after: order(2, { id: null }, failed),
    sentence: `First difference: “Create order” returned no order_id: it is empty now, None (before: “${storyId(1, 'order')}”). It failed with code 21300. ${notCompared}`,
  },
  {
    name: 'an ID that lost its form',
    before: order(1),
    after: order(2, { id: 'unknown customer' }),
    sentence: `First difference: “Create order” returned a different value for order_id: “unknown customer” (before: “${storyId(1, 'order')}”). ${notCompared}`,
  },
  {
    name: 'numbers of one row became texts',
    before: invoice(1, {
      fields: {
        lines: [
          { id: 1, price: 10 },
          { id: 2, price: 20 },
        ],
      },
    }),
    after: invoice(2, {
      fields: {
        lines: [
          { id: '1', price: '10' },
          { id: 2, price: 20 },
        ],
      },
    }),
    sentence: `First difference: “Extract fields” returned fields.lines[0].id as a different type: “1” (before: 1). 1 more value differs there. ${notCompared}`,
  },
  {
    name: 'it failed before it came to the first number of its settings',
    before: invoice(1, { edit: edited(start, { config: { url: 'http://erp/api' } }) }),
    after: invoice(2, {
      ...{ code: 23400, message: 'Plugin node execution failed' },
      edit: (steps) =>
        failingAt(start, 'unreachable')(edited(start, { config: { url: 'http://erp/v2' } })(steps)),
    }),
    sentence: `First difference: “Start” failed, which it didn’t before; its input is the same. Its error: “unreachable”. The configuration of “Start” differs between the two: url is “http://erp/v2” (before: “http://erp/api”). ${notCompared}`,
  },
  {
    name: 'a step was given two values that no step before it gave',
    before: invoice(1, { given: { form: fields, mode: 'book', target: 'ledger A' } }),
    after: invoice(2, {
      ...{ given: { form: fields, mode: 'draft', target: 'ledger B' }, ...failed },
      edit: failingAt(enter, missingElement),
    }),
    sentence: `First difference: “Enter ERP” received a different value for mode: “draft” (before: “book”). 1 more value differs there. Its error: “element not found: #btnSave”. ${notCompared}`,
  },
  {
    name: 'an ID that is not the one that was made',
    before: order(1),
    after: order(2, { used: storyId(7, 'order of another run') }),
    sentence: `First difference: “Confirm order” received a different ID as order_id than the steps before it; before, it was the same. ${notCompared}`,
  },
  {
    name: 'a step that failed with an ID of its run',
    before: order(1),
    after: order(2, {}, { ...failed, edit: failingAt('plugin::3', 'order is locked') }),
    sentence: `First difference: “Confirm order” failed, which it didn’t before; its input and configuration are the same, IDs and times aside. Its error: “order is locked”. ${notCompared}`,
  },
  {
    name: 'a UUID of nothing',
    before: order(1),
    after: order(2, { id: '00000000-0000-0000-0000-000000000000' }),
    sentence: `First difference: “Create order” returned a different value for order_id: “00000000-0000-0000-0000-000000000000” (before: “${storyId(1, 'order')}”). ${notCompared}`,
  },
  {
    name: 'node renamed',
    before: invoice(1),
    after: invoice(2, { edit: edited(enter, { name: 'Type into ERP' }) }),
    sentence: `First difference: “Type into ERP” was called “Enter ERP” before. ${notCompared}`,
  },
  {
    name: 'branch taken otherwise for another amount',
    before: invoice(1),
    after: invoice(2, {
      mail: { mail: 'Invoice INV-20391 of Qiming, 9280.5 CNY' },
      fields: { vendor: 'Qiming', total: 9280.5 },
      edit: approved,
    }),
    sentence: `First difference: it was started with a different value for mail: “Invoice INV-20391 of Qiming, 9280.5 CNY” (before: “Invoice INV-20391 of Qiming, 1280.5 CNY”). Then “Ask for approval” ran instead of “Enter ERP”. ${notCompared}`,
  },
  {
    name: 'branch taken otherwise for the same',
    before: invoice(1),
    after: invoice(2, { edit: approved }),
    sentence: `First difference: after “Check amount”, “Ask for approval” ran instead of “Enter ERP”. ${notCompared}`,
  },
  {
    name: 'branch taken otherwise into a failure',
    before: invoice(1),
    after: invoice(2, {
      ...failed,
      fields: { vendor: 'Qiming', total: 9280.5 },
      edit: (steps) => failingAt(approve, 'no approver')(approved(steps)),
    }),
    sentence: `First difference: “Extract fields” returned a different value for fields.total: 9280.5 (before: 1280.5). “Ask for approval” failed after it. Its error: “no approver”. The run that it is compared with didn’t reach that step. ${notCompared}`,
  },
  {
    name: 'items in another order',
    before: orders(1, ['SO-1', 'SO-2', 'SO-3']),
    after: orders(2, ['SO-3', 'SO-1', 'SO-2']),
    sentence: `First difference: it was started with orders in a different order. ${notCompared}`,
  },
  {
    name: 'one item more',
    before: orders(1, ['SO-1', 'SO-2']),
    after: orders(2, ['SO-1', 'SO-9', 'SO-2']),
    sentence: `First difference: it was started with orders[1]: “SO-9” (before: nothing). The list is longer (items: 3, before: 2). ${notCompared}`,
  },
  {
    name: 'one item fails',
    before: orders(1, ['SO-1', 'SO-2', 'SO-3']),
    after: orders(2, ['SO-1', 'SO-2', 'SO-3'], ['SO-2']),
    sentence: `First difference: “Enter order, item 2” failed, which it didn’t before; its input and configuration are the same. Its error: “order is locked: SO-2”. ${notCompared}`,
  },
  {
    name: 'two items fail',
    before: orders(1, ['SO-1', 'SO-2', 'SO-3']),
    after: orders(2, ['SO-1', 'SO-2', 'SO-3'], ['SO-2', 'SO-3']),
    sentence: `First difference: “Enter order, item 2” failed, which it didn’t before; its input and configuration are the same. Its error: “order is locked: SO-2”. “Enter order, item 3” failed as well. ${notCompared}`,
  },
  {
    name: 'two steps fail',
    before: invoice(1),
    after: invoice(2, {
      ...failed,
      edit: (steps) =>
        failingAt(enter, missingElement)(edited(check, { error: 'no limit is set' })(steps)),
    }),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; its input and configuration are the same. Its error: “element not found: #btnSave”. “Check amount” failed as well. ${notCompared}`,
  },
  {
    name: 'one more retry',
    before: invoice(1, { edit: edited(enter, { isBad: true, count: 2 }) }),
    after: invoice(2, { edit: edited(enter, { isBad: true, count: 3 }) }),
    sentence: `First difference: “Enter ERP” was retried more often (attempts: 3, before: 2). ${notCompared}`,
  },
  {
    name: 'retried at all',
    before: invoice(1),
    after: invoice(2, { edit: edited(enter, { isBad: true, count: 2 }) }),
    sentence: `First difference: “Enter ERP” succeeded only after retries (attempts: 2, before: 1). ${notCompared}`,
  },
  {
    name: 'a failure that the flow got over',
    before: invoice(1),
    after: invoice(2, { edit: edited(enter, { isBad: true, output: {} }) }),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; the flow went on. ${notCompared}`,
  },
  {
    name: 'slower only',
    before: invoice(1),
    after: invoice(2, { edit: edited(enter, { ms: 9_000 }) }),
    sentence: `Only the times differ: “Enter ERP” took 9.00 s (before: 1.80 s). ${notCompared}`,
  },
  {
    name: 'faster only',
    before: invoice(1, { edit: edited(extract, { ms: 7_000 }) }),
    after: invoice(2),
    sentence: `Only the times differ: “Extract fields” took 900 ms (before: 7.00 s). ${notCompared}`,
  },
  {
    name: 'another generation of the services',
    before: invoice(1),
    after: invoice(2, { generation: 'g3' }),
    sentence:
      'No differences. Not compared: settings and types that only one of the two services records, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'another generation of the services that set no step up before',
    before: order(1),
    after: order(2, {}, { generation: 'g3' }),
    sentence:
      'No differences. 3 values differ from run to run, such as times and IDs. Not compared: settings and types that only one of the two services records, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'a first setting that is a text',
    before: order(1),
    after: order(2, {}, { edit: edited('plugin::2', { config: { mode: 'draft' } }) }),
    sentence: `First difference: “Create order” is configured differently: mode is set to “draft” (before: nothing). ${notCompared}`,
  },
  {
    name: 'another generation of the services and a failure',
    before: invoice(1),
    after: invoice(2, {
      ...{ ...failed, generation: 'g3', fields: { vendor: 'Qiming', total: 0 } },
      edit: failingAt(enter, 'total is zero'),
    }),
    sentence:
      'First difference: “Extract fields” returned a different value for fields.total: 0 (before: 1280.5). “Enter ERP” failed after it. Its error: “total is zero”. Not compared: settings and types that only one of the two services records, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'flow file edited and nothing came of it',
    before: invoice(1),
    after: invoice(2, {
      edit: edited(enter, { config: { project: 'erp-entry', timeout: 90 } }),
    }),
    sentence: `First difference: “Enter ERP” is configured differently: timeout is 90 (before: 60). ${notCompared}`,
  },
  {
    name: 'flow file edited and it fails there',
    before: invoice(1),
    after: invoice(2, {
      ...failed,
      edit: (steps) =>
        failingAt(
          enter,
          'timed out',
        )(edited(enter, { config: { project: 'erp-entry', timeout: 1 } })(steps)),
    }),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; its input is the same. Its error: “timed out”. The configuration of “Enter ERP” differs between the two: timeout is 1 (before: 60). ${notCompared}`,
  },
  {
    name: 'a node was added',
    before: invoice(1),
    after: invoice(2, {
      edit: (steps) => [
        ...steps.slice(0, 2),
        { id: 'ifly-code::9', name: 'Round total', output: { total: 1280.5 } },
        ...steps.slice(2),
      ],
    }),
    sentence: `First difference: “Round total” ran, which it didn’t before. ${notCompared}`,
  },
  {
    name: 'a node was added before a failure and nobody knows a good run with it',
    before: invoice(1),
    after: invoice(2, {
      ...failed,
      edit: (steps) => [
        ...failingAt(enter, missingElement)(steps).slice(0, 2),
        { id: 'ifly-code::9', name: 'Round total', output: { total: 1280.5 } },
        ...failingAt(enter, missingElement)(steps).slice(2),
      ],
    }),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; its input and configuration are the same. Its error: “element not found: #btnSave”. ${notCompared}`,
  },
  {
    name: 'a node was removed',
    before: invoice(1),
    after: invoice(2, { edit: (steps) => steps.filter(({ id }) => id !== check) }),
    sentence: `First difference: “Check amount” didn’t run, though it did before. ${notCompared}`,
  },
  {
    name: 'cut off',
    before: invoice(1),
    after: invoice(2, { answer: {}, result: '', edit: (steps) => steps.slice(0, 3) }),
    sentence: `First difference: it was cut off after “Check amount”. ${notCompared}`,
  },
  {
    name: 'a run that does not say how it ended',
    before: invoice(1),
    after: unreported(invoice(2)),
    sentence:
      'No differences in what could be compared. Not compared: how they ended (one of the records doesn’t say), and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'a run without an end',
    before: invoice(1),
    after: unreported(invoice(2, { answer: {}, edit: (steps) => steps.slice(0, 3) })),
    sentence:
      'First difference: it was cut off after “Check amount”. Not compared: how they ended (one of the records doesn’t say), and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'cut off before',
    before: invoice(1, { answer: {}, result: '', edit: (steps) => steps.slice(0, 3) }),
    after: invoice(2),
    sentence: `First difference: the run before was cut off after “Check amount”. ${notCompared}`,
  },
  {
    name: 'no entries',
    before: invoice(1, { edit: () => [] }),
    after: invoice(2, { edit: () => [] }),
    sentence: `There are no steps to compare: neither of the two left an entry of one. Their inputs and outputs don’t differ. ${notCompared}`,
  },
  {
    name: 'another error at the same node',
    before: invoice(1, { ...failed, edit: failingAt(enter, missingElement) }),
    after: invoice(2, { ...failed, edit: failingAt(enter, 'window is not responding') }),
    sentence: `First difference: “Enter ERP” failed with a different error: “window is not responding” (before: “element not found: #btnSave”). ${notCompared}`,
  },
  {
    name: 'the same failure again',
    before: invoice(1, { ...failed, edit: failingAt(enter, 'timed out at 2026-11-03 08:30:02') }),
    after: invoice(2, { ...failed, edit: failingAt(enter, 'timed out at 2026-11-04 08:30:02') }),
    sentence: `No differences. ${notCompared}`,
  },
  {
    name: 'failed earlier than before',
    before: invoice(1, { ...failed, edit: failingAt(enter, missingElement) }),
    after: invoice(2, { ...failed, edit: failingAt(extract, 'model is overloaded') }),
    sentence: `First difference: “Extract fields” failed, which it didn’t before; its input and configuration are the same. Its error: “model is overloaded”. ${notCompared}`,
  },
  {
    name: 'another key that stays hidden',
    before: keyed(1, key),
    after: keyed(2, 'sk-2222222222222222aaaa'),
    sentence: `First difference: “Ask service” is configured differently: apiKey is a different secret; it stays hidden. ${notCompared}`,
  },
  {
    name: 'a script with a token in it that was changed',
    before: keyed(1, key, { config: { code: `${token('A')}\nround(total, 2)\nsend(total)` } }),
    after: keyed(2, key, { config: { code: `${token('A')}\nsend(total)` } }),
    sentence: `First difference: “Ask service” is configured differently: code is “ERP_TOKEN = "••••KENA" send(total)” (before: “ERP_TOKEN = "••••KENA" round(total, 2) send(total)”). ${notCompared}`,
  },
  {
    name: 'a script in which only the token is another',
    before: keyed(1, key, { config: { code: `${token('A')}\nsend(total)` } }),
    after: keyed(2, key, { config: { code: `${token('B')}\nsend(total)` } }),
    sentence: `First difference: “Ask service” is configured differently: code is a different secret; it stays hidden. ${notCompared}`,
  },
  {
    name: 'a text with a time and a secret in it',
    before: asked(1, { note: 'At 2026-11-03 08:30:01 login with password=hunter2! was done' }),
    after: asked(2, { note: 'At 2026-11-04 08:30:09 login with password=hunter3! was done' }),
    sentence:
      'No differences in what could be compared. Not compared: 1 masked value, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'the same error with a secret in it',
    before: invoice(1, {
      ...failed,
      edit: failingAt(enter, 'no login with password=hunter2! here'),
    }),
    after: invoice(2, {
      ...failed,
      edit: failingAt(enter, 'no login with password=hunter3! here'),
    }),
    sentence:
      'No differences in what could be compared. Not compared: 1 masked value, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'a session that is not the one of the step before',
    before: sessions(1, 'Zx81-first-session-44', 'Zx81-first-session-44'),
    after: sessions(2, 'Qp72-other-session-91', 'Kd05-third-session-17'),
    sentence: `First difference: “Use session” received a different ID as session_token than the steps before it; before, it was the same. ${notCompared}`,
  },
  {
    name: 'another password of which good runs show the same mask',
    before: lines(...[1, 2, 3, 4].map((n) => passworded(n, 'hunter2!'))),
    after: passworded(5, 'hunter3!', 'access denied'),
    sentence: `First difference: “Sign in” received a different secret as password; it stays hidden. Its error: “access denied”. ${notCompared}`,
  },
  {
    name: 'the same key',
    before: keyed(1, key),
    after: keyed(2, key),
    sentence: `No differences. ${notCompared}`,
  },
  {
    name: 'a session of each run',
    before: keyed(1, key, {
      output: { session_token: 'Zx81-first-session-44' },
    }),
    after: keyed(2, key, {
      output: { session_token: 'Qp72-other-session-91' },
    }),
    sentence: `No differences. 1 value differs from run to run, such as a time or an ID. ${notCompared}`,
  },
  {
    name: 'a value that is too deep',
    before: asked(1, { doc: deep(250, 'one') }),
    after: asked(2, { doc: deep(250, 'two') }),
    sentence:
      'No differences in what could be compared. Not compared: 1 truncated value, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'large values stored elsewhere',
    before: keyed(1, key, { output: { page: stored('a') } }),
    after: keyed(2, key, { output: { page: stored('b') } }),
    sentence:
      'No differences in what could be compared. Not compared: 1 large value stored elsewhere, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'tokens only',
    before: invoice(1),
    after: invoice(2, { edit: edited(extract, { tokens: 900 }) }),
    sentence: `Only the token usage differs. ${notCompared}`,
  },
  {
    name: 'a note that is another in every good run',
    before: lines(
      ...[1, 2, 3, 4].map((n) =>
        order(n, {
          text: `Good ${['day', 'morning', 'hello', 'luck'][n - 1] ?? ''} to you, dear customer`,
        }),
      ),
    ),
    after: order(5, { text: 'Good evening to you, dear customer' }),
    sentence: `No differences. 4 values differ from run to run, such as times and IDs. ${notCompared}`,
  },
  {
    name: 'a note that good runs had the same',
    before: lines(...[1, 2, 3].map((n) => order(n, { text: storyId(0, 'tenant') }))),
    after: order(5, { text: storyId(5, 'tenant') }),
    sentence: `First difference: “Create order” returned a different value for note: “${storyId(5, 'tenant')}” (before: “${storyId(0, 'tenant')}”). None of 3 good runs had it. ${notCompared}`,
  },
  {
    name: 'a number that became text',
    before: invoice(1),
    after: invoice(2, {
      ...failed,
      fields: { vendor: 'Qiming', total: '1280.5' },
      edit: failingAt(enter, 'total is no number'),
    }),
    sentence: `First difference: “Extract fields” returned fields.total as a different type: “1280.5” (before: 1280.5). “Enter ERP” failed after it. Its error: “total is no number”. ${notCompared}`,
  },
  {
    name: 'one row of a table',
    before: rows(1, [
      { id: 7, name: 'Li', sum: 10 },
      { id: 8, name: 'Wang', sum: 20 },
    ]),
    after: rows(2, [
      { id: 6, name: 'Zhao', sum: 5 },
      { id: 7, name: 'Li', sum: 10 },
      { id: 8, name: 'Wang', sum: 25 },
    ]),
    sentence: `First difference: “Read sheet” returned rows[0]: {"id":6,"name":"Zhao","sum":5} (before: nothing). The list is longer (items: 3, before: 2). 1 more value differs there. ${notCompared}`,
  },
  {
    name: 'rows of a table in another order',
    before: rows(1, [
      { id: 7, sum: 10 },
      { id: 8, sum: 20 },
    ]),
    after: rows(2, [
      { id: 8, sum: 20 },
      { id: 7, sum: 10 },
    ]),
    sentence: `First difference: “Read sheet” returned rows in a different order. ${notCompared}`,
  },
  {
    name: 'a value within a text',
    before: invoice(1, { given: { command: 'enter 1280.5 for Qiming' } }),
    after: invoice(2, {
      ...failed,
      fields: { vendor: 'Qiming', total: 17 },
      given: { command: 'enter 17 for Qiming' },
      edit: failingAt(enter, 'amount does not match'),
    }),
    sentence: `First difference: “Extract fields” returned a different value for fields.total: 17 (before: 1280.5). “Enter ERP” failed after it. Its error: “amount does not match”. ${notCompared}`,
  },
  {
    name: 'a service that failed for the same',
    before: robot(1, { order: 'SO-1' }),
    after: robot(2, { order: 'SO-1' }, 55_003, 'Timeout error'),
    sentence: `First difference: it failed with code 55003, which it didn’t before; it was started with the same data. ${notCompared}`,
  },
  {
    name: 'a service that was asked for something else',
    before: robot(1, { order: 'SO-1' }),
    after: robot(2, { order: 'SO-2' }, 55_003, 'Timeout error'),
    sentence: `First difference: it was started with a different value for params.order: “SO-2” (before: “SO-1”). ${notCompared}`,
  },
  {
    name: 'a service that was asked for something else each time',
    before: lines(...[1, 2, 3, 4].map((n) => robot(n, { order: `SO-${String(100 + n)}` }))),
    after: robot(5, { order: 'SO-117' }, 55_003, 'Timeout error'),
    sentence: `First difference: it failed with code 55003, which it didn’t before; it was started with different data. ${notCompared}`,
  },
  {
    name: 'one more call in between',
    before: agent(1, ['stock of A', 'price of A', 'order A']),
    after: agent(2, ['stock of A', 'stock of B', 'price of A', 'order A']),
    sentence: `First difference: “Ask model” ran more often (runs: 4, before: 3). ${notCompared}`,
  },
  {
    name: 'one more round',
    before: loop(1, 3),
    after: loop(2, 4),
    sentence: `First difference: “Each page” ran a different number of rounds: 4 (before: 3). ${notCompared}`,
  },
  {
    name: 'a row that was tried again',
    before: inTurn(1, ['A', 'B', 'C'], ['A', 'B', 'C']),
    after: inTurn(2, ['A', 'B', 'C'], ['A', 'B', 'B', 'C']),
    sentence: `First difference: “Enter order” had a different number of attempts in its rounds (attempts: 4, rounds: 3, before: 3, 3). ${notCompared}`,
  },
  {
    name: 'a row that was given up after retries',
    before: inTurn(1, ['A', 'B', 'C'], ['A', 'B', 'C']),
    after: inTurn(2, ['A', 'B', 'C'], ['A', 'B', 'C', 'C', 'C'], 'element not found'),
    sentence: `First difference: “Enter order” failed, which it didn’t before; its input and configuration are the same. Its error: “element not found”. ${notCompared}`,
  },
  {
    name: 'it failed before its first node',
    before: invoice(1),
    after: invoice(2, { code: 20205, edit: () => [] }),
    sentence: `First difference: “Start” didn’t run, though it did before. It failed with code 20205. ${notCompared}`,
  },
  {
    name: 'one more error in a log',
    before: logged(1, []),
    after: logged(2, ['ERROR disk nearly full']),
    sentence: `First difference: “Read sheet” reported an error: “disk nearly full” (before: none). ${notCompared}`,
  },
  {
    name: 'other flows',
    before: agent(1, ['stock']),
    after: storyRecord({ n: 2, steps: [{ id: 'x::1', name: 'Other', ms: 5 }], flowId: '9' }),
    sentence: 'They are executions of different flows: no node is in both.',
  },
  {
    name: 'Chinese',
    before: storyRecord({
      ...{ n: 1, question: { 邮件: '附件是启明办公的发票' }, answer: { ok: true } },
      steps: [
        { id: start, name: '开始', input: { 邮件: '附件是启明办公的发票' } },
        {
          id: extract,
          name: '提取发票',
          input: { 邮件: '附件是启明办公的发票' },
          output: { 供应商: '合肥启明办公' },
        },
        { id: enter, name: '录入ERP', input: { 供应商: '合肥启明办公' }, output: { ok: true } },
        { id: end, name: '结束', output: { ok: true } },
      ],
    }),
    after: storyRecord({
      ...{
        n: 2,
        question: { 邮件: '附件是启明办公的发票' },
        code: 21_300,
        message: '找不到供应商',
      },
      steps: [
        { id: start, name: '开始', input: { 邮件: '附件是启明办公的发票' } },
        {
          id: extract,
          name: '提取发票',
          input: { 邮件: '附件是启明办公的发票' },
          output: { 供应商: '' },
        },
        { id: enter, name: '录入ERP', input: { 供应商: '' }, error: '找不到供应商' },
      ],
    }),
    sentence: `First difference: “提取发票” returned no 供应商: it is empty now, "" (before: “合肥启明办公”). “录入ERP” failed after it. Its error: “找不到供应商”. ${notCompared}`,
  },
  {
    name: 'the failing node left no entry',
    before: invoice(1),
    after: invoice(2, { ...failed, edit: (steps) => steps.slice(0, 3) }),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; it left no entry. Its error: “element not found: #btnSave”. Not compared: 1 node that left no entry, and what isn’t recorded, such as the screen and the machine.`,
  },
  {
    name: 'the failing node left no entry behind a branch',
    before: invoice(1, { edit: approved }),
    after: invoice(2, {
      ...failed,
      fields: { vendor: 'X', total: 9 },
      edit: (all) => all.slice(0, 3),
    }),
    sentence: `First difference: “Extract fields” returned a different value for fields.vendor: “X” (before: “Qiming”). 1 more value differs there. “a step that left no entry” failed after it. Its error: “element not found: #btnSave”. The run that it is compared with didn’t reach that step. ${notCompared}`,
  },
  {
    name: 'a long text that holds a time',
    before: keyed(1, key, {
      output: { text: `Report of 2026-11-03 08:30:01 ${noLongText}` },
    }),
    after: keyed(2, key, {
      output: { text: `Report of 2026-11-04 08:30:09 ${noLongText}` },
    }),
    sentence: `No differences. 1 value differs from run to run, such as a time or an ID. ${notCompared}`,
  },
  {
    name: 'a good run that came later',
    before: invoice(3),
    after: invoice(2, {
      ...failed,
      fields: { vendor: 'Qiming' },
      edit: failingAt(enter, 'total is empty'),
    }),
    sentence: `First difference from the later run: “Extract fields” returned no fields.total: it is missing (later: 1280.5). “Enter ERP” failed after it. Its error: “total is empty”. ${notCompared}`,
  },
  {
    name: 'a good run that came later with a changed flow file',
    before: invoice(3),
    after: invoice(2, {
      ...failed,
      edit: (steps) =>
        failingAt(
          enter,
          'timed out',
        )(edited(enter, { config: { project: 'erp-entry', timeout: 1 } })(steps)),
    }),
    sentence: `First difference from the later run: “Enter ERP” failed, which it didn’t later; its input is the same. Its error: “timed out”. The configuration of “Enter ERP” differs between the two: timeout is 1 (later: 60). ${notCompared}`,
  },
  {
    name: 'a good run that came later and went another way',
    before: invoice(3),
    after: invoice(2, {
      ...failed,
      fields: { vendor: 'Qiming', total: 9280.5 },
      edit: (steps) => failingAt(approve, 'boss is away')(approved(steps)),
    }),
    sentence: `First difference from the later run: “Extract fields” returned a different value for fields.total: 9280.5 (later: 1280.5). “Ask for approval” failed after it. Its error: “boss is away”. The run that it is compared with didn’t reach that step. ${notCompared}`,
  },
  {
    name: 'a good run that came later and was started otherwise',
    before: invoice(3),
    after: invoice(2, {
      ...failed,
      mail: {},
      fields: { vendor: '' },
      edit: failingAt(enter, 'vendor is empty'),
    }),
    sentence: `First difference from the later run: it was started without mail: it is missing (later: “Invoice INV-20391 of Qiming, 1280.5 CNY”). “Enter ERP” failed after it. Its error: “vendor is empty”. ${notCompared}`,
  },
  {
    name: 'a failure that came later',
    before: invoice(3, { ...failed, edit: failingAt(enter, missingElement) }),
    after: invoice(2),
    sentence: `First difference from the later run: “Enter ERP” succeeded, though it failed later; its input and configuration are the same. ${notCompared}`,
  },
  {
    name: 'a good run that came later and only ran faster',
    before: invoice(3, { edit: edited(enter, { ms: 600 }) }),
    after: invoice(2),
    sentence: `Only the times differ: “Enter ERP” took 1.80 s (later: 600 ms). ${notCompared}`,
  },
  {
    name: 'a date of the business',
    before: keyed(1, key, { output: { due: '2027-03-01' } }),
    after: keyed(2, key, { output: { due: '2027-04-01' } }),
    sentence: `First difference: “Ask service” returned a different value for due: “2027-04-01” (before: “2027-03-01”). ${notCompared}`,
  },
  {
    name: 'JSON within JSON that is written otherwise',
    before: asked(1, { doc: { raw: '{"a": 1, "b": "{\\"c\\":[1,2]}"}' } }),
    after: asked(2, { doc: { raw: '{"b":"{\\"c\\": [1, 2]}","a":1}' } }),
    sentence: `No differences. ${notCompared}`,
  },
  {
    name: 'a value in JSON within JSON within JSON',
    before: asked(1, { doc: { raw: '{"a":1,"b":"{\\"c\\":[1,2]}"}' } }),
    after: asked(2, { doc: { raw: '{"a":1,"b":"{\\"c\\":[1,3]}"}' } }),
    sentence: `First difference: “Ask service” returned a different value for doc.raw.b.c[1]: 3 (before: 2). ${notCompared}`,
  },
  {
    name: 'an ID of many digits in JSON within JSON',
    before: asked(1, { doc: { raw: '{"id": 9007199254740993}' } }),
    after: asked(2, { doc: { raw: '{"id": 9007199254740992}' } }),
    sentence: `First difference: “Ask service” returned a different value for doc.raw.id: “9007199254740992” (before: “9007199254740993”). ${notCompared}`,
  },
  {
    name: 'brackets that are no JSON',
    before: asked(1, { doc: { raw: '[x' } }),
    after: asked(2, { doc: { raw: `${'['.repeat(5_000)}${']'.repeat(5_000)}` } }),
    sentence: `First difference: “Ask service” returned a different value for doc.raw: “${'['.repeat(79)}…” (before: “[x”). ${notCompared}`,
  },
  {
    name: 'the prompt of a request',
    before: prompted(1, 'Name the colour of'),
    after: prompted(2, 'Name the weight of'),
    sentence: `First difference: “Ask service” is configured differently: payload.text[0].content is “Name the weight of x” (before: “Name the colour of x”). ${notCompared}`,
  },
  {
    name: 'another user who asks for something else',
    before: prompted(1, 'Name the colour of', { uid: '1001' }),
    after: prompted(2, 'Name the colour of', { uid: '2002', q: 'y' }),
    sentence: `First difference: it was started with a different value for q: “y” (before: “x”). ${notCompared}`,
  },
  {
    name: 'another user',
    before: prompted(1, 'Name the colour of', { uid: '1001' }),
    after: prompted(2, 'Name the colour of', { uid: '2002' }),
    sentence: `No differences. ${notCompared}`,
  },
  {
    name: 'null instead of an empty text',
    before: asked(1, { doc: { memo: '' } }),
    after: asked(2, { doc: { memo: null } }),
    sentence: `First difference: “Ask service” returned a different value for doc.memo: null (before: ""). ${notCompared}`,
  },
  {
    name: 'a warning that is new',
    before: logged(1, ['INFO read 12 rows in 35 ms', 'WARN row 7 has no date']),
    after: logged(2, [
      ...['INFO read 14 rows in 40 ms', 'WARN row 9 has no date'],
      'WARNING certificate ends in 3 days',
    ]),
    sentence: `Only the logs differ. ${notCompared}`,
  },
  {
    name: 'a warning that is logged no more',
    before: logged(1, ['WARN printer 4711 did not answer at 08:30:01']),
    after: logged(2, []),
    sentence: `Only the logs differ. ${notCompared}`,
  },
  {
    name: 'a warning that good runs have now and then',
    before: [
      ...[logged(1, ['WARN cache is cold']), logged(2, []), logged(3, ['WARN cache is cold'])],
      ...[logged(4, []), logged(5, [])],
    ]
      .toReversed()
      .join('\n'),
    after: logged(6, ['WARN cache is cold']),
    sentence: `No differences. ${notCompared}`,
  },
  {
    name: 'a warning of something else in each run',
    before: ['Zhang', 'Li', 'Wang', 'Zhao']
      .map((name, at) => logged(at + 1, [`WARN ${name} has no mail`]))
      .join('\n'),
    after: logged(6, ['WARN Qian has no mail']),
    sentence: `No differences. ${notCompared}`,
  },
  {
    name: 'other logs that say of nothing that it went wrong',
    before: logged(1, ['INFO read Sheet1', 'DEBUG a']),
    after: logged(2, ['INFO read Sheet2', 'INFO b']),
    sentence: `No differences. ${notCompared}`,
  },
  {
    name: 'an empty list that is missing now',
    before: asked(1, { doc: { memo: [], no: 1 } }),
    after: asked(2, { doc: { no: 1 } }),
    sentence: `First difference: “Ask service” returned no doc.memo: it is missing now (before: []). ${notCompared}`,
  },
  {
    name: 'a value that is empty now and was missing',
    before: asked(1, { doc: { no: 1 } }),
    after: asked(2, { doc: { memo: '', no: 1 } }),
    sentence: `First difference: “Ask service” returned no doc.memo: it is empty now, "" (before: nothing). ${notCompared}`,
  },
  {
    name: 'a value where an empty one stood',
    before: asked(1, { doc: { memo: {} } }),
    after: asked(2, { doc: { memo: 'paid' } }),
    sentence: `First difference: “Ask service” returned doc.memo: “paid” (before: {}). ${notCompared}`,
  },
  {
    name: 'steps in another order',
    before: twoLookups(1, ['A', 'B']),
    after: twoLookups(2, ['B', 'A']),
    sentence: `First difference: “Look up B” ran in a different order. ${notCompared}`,
  },
  {
    name: 'bytes of which a record tells how many they are',
    before: asked(1, { file: '<1204 bytes>', scan: '<77 bytes>' }),
    after: asked(2, { file: '<980 bytes>', scan: '<77 bytes>' }),
    sentence:
      'First difference: “Ask service” returned a different value for file: “<980 bytes>” (before: “<1204 bytes>”). Not compared: 1 truncated value, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'a list that a record had no more room for',
    before: asked(1, { rows: longList(1), no: 1 }),
    after: asked(2, { rows: longList(1), no: 2 }),
    sentence:
      'First difference: “Ask service” returned a different value for no: 2 (before: 1). Not compared: 1 truncated value, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'a record that had no room for its data',
    before: invoice(1),
    after: invoice(2, {
      srv: { dropped_data: 'too large' },
      edit: (steps) => steps.map((step) => ({ ...step, input: {}, output: {}, config: {} })),
    }),
    sentence:
      'No differences in what could be compared. Not compared: 12 truncated values, and what isn’t recorded, such as the screen and the machine.',
  },
  {
    name: 'white space only',
    before: asked(1, { memo: 'two  words\n' }),
    after: asked(2, { memo: 'two words' }),
    sentence: `First difference: “Ask service” returned a different value for memo: “two·words” (before: “two··words↵”). ${notCompared}`,
  },
  {
    name: 'signs that nobody can tell apart',
    before: asked(1, { memo: 'caf\u00e9' }),
    after: asked(2, { memo: 'cafe\u0301\u200b' }),
    sentence: `First difference: “Ask service” returned a different value for memo: “cafe\\u{301}\\u{200b}” (before: “caf\u00e9”). ${notCompared}`,
  },
  {
    name: 'a long text that begins as before',
    before: asked(1, { memo: `${'All is well. '.repeat(90)}Paid.` }),
    after: asked(2, { memo: `${'All is well. '.repeat(90)}Not paid.` }),
    sentence: `First difference: “Ask service” returned a different value for memo: “… well. All is well. Not paid.” (before: “… well. All is well. Paid.”). ${notCompared}`,
  },
  {
    name: 'items in another order of which one gives something else',
    before: orders(1, ['A1', 'A2', 'A3']),
    after: orders(2, ['A3', 'A1', 'A2'], undefined, {}, { A1: 'locked' }),
    sentence: `First difference: “Enter order, item 2” returned a different value for no: “locked” (before: “done:A1”). ${notCompared}`,
  },
  {
    name: 'a failure after what good runs had as well',
    before: lines(
      ...['Acme', 'Qiming', 'Acme', 'Qiming'].map((vendor, at) => ofVendor(at + 1, vendor)),
    ),
    after: ofVendor(5, 'Acme', missingElement),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; it received different data. Its error: “element not found: #btnSave”. As far as is known, nothing before it differed from the good runs. ${notCompared}`,
  },
  {
    name: 'a failure of which nothing says where after what good runs had as well',
    before: lines(
      ...['Acme', 'Qiming', 'Acme', 'Qiming'].map((vendor, at) => ofVendor(at + 1, vendor)),
    ),
    after: ofVendor(5, 'Acme').replace('"status":{"code":0', '"status":{"code":20205'),
    sentence: `First difference: it failed with code 20205, which it didn’t before; it was started with the same data. ${notCompared}`,
  },
  {
    name: 'a failure after what no good run had',
    before: lines(
      ...['Acme', 'Qiming', 'Acme', 'Qiming'].map((vendor, at) => ofVendor(at + 1, vendor)),
    ),
    after: ofVendor(5, 'Globex', 'unknown vendor'),
    sentence: `First difference: “Extract fields” returned a different value for fields.vendor: “Globex” (before: “Qiming”). None of 4 good runs had it. “Enter ERP” failed after it. Its error: “unknown vendor”. ${notCompared}`,
  },
  {
    name: 'a failure with data that each run has for itself',
    before: lines(
      ...['Acme', 'Qiming', 'Acme', 'Qiming'].map((vendor, at) => {
        return ofVendor(at + 1, vendor, undefined, `Invoice ${String(20_100 + at)}`);
      }),
    ),
    after: ofVendor(5, 'Acme', missingElement, 'Invoice 20117'),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; it received different data. Its error: “element not found: #btnSave”. As far as is known, nothing before it differed from the good runs. ${notCompared}`,
  },
  {
    name: 'other data of which no good run had the like',
    before: lines(
      ...['Acme', 'Qiming', 'Acme', 'Qiming'].map((vendor, at) => {
        return ofVendor(at + 1, vendor, undefined, `Invoice ${String(20_100 + at)}`);
      }),
    ),
    after: ofVendor(5, 'Globex', 'unknown vendor', 'Invoice 20117'),
    sentence: `It was started with different data. First difference in the results: “Extract fields” returned a different value for fields.vendor: “Globex” (before: “Qiming”). None of 4 good runs had it. “Enter ERP” failed after it. Its error: “unknown vendor”. ${notCompared}`,
  },
  {
    name: 'one more of many vendors',
    before: lines(
      ...['Acme', 'Qiming', 'Initech', 'Initech', 'Hooli', 'Hooli'].map((vendor, at) => {
        return ofVendor(at + 1, vendor, undefined, `Invoice ${String(20_100 + at)}`);
      }),
    ),
    after: ofVendor(7, 'Globex', missingElement, 'Invoice 20117'),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; it received different data. Its error: “element not found: #btnSave”. ${notCompared}`,
  },
  {
    name: 'an amount of nothing with data that each run has for itself',
    before: lines(...[1, 2, 3, 4].map((n) => ofTotal(n, 1_200 + n * 31.5))),
    after: ofTotal(5, 0, 'amount must not be zero'),
    sentence: `It was started with different data. First difference in the results: “Extract fields” returned a different value for fields.total: 0 (before: 1326). None of 4 good runs had it. “Enter ERP” failed after it. Its error: “amount must not be zero”. ${notCompared}`,
  },
  {
    name: 'an amount that became null with data that each run has for itself',
    before: lines(...[1, 2, 3, 4].map((n) => ofTotal(n, 1_200 + n * 31.5))),
    after: ofTotal(5, null, 'amount must not be empty'),
    sentence: `It was started with different data. First difference in the results: “Extract fields” returned no fields.total: it is empty now, null (before: 1326). None of 4 good runs lacked it. “Enter ERP” failed after it. Its error: “amount must not be empty”. ${notCompared}`,
  },
  {
    name: 'a list that is shorter',
    before: rows(1, ['a', 'b', 'c', 'd']),
    after: rows(2, ['a', 'b', 'c']),
    sentence: `First difference: “Read sheet” returned no rows[3]: it is missing now (before: “d”). The list is shorter (items: 3, before: 4). ${notCompared}`,
  },
  {
    name: 'a list that became empty where each good run had one of its own',
    before: lines(...[1, 2, 3, 4, 5].map((n) => ofOrders(n, n))),
    after: ofOrders(6, 0, 'no orders'),
    sentence: `It was started with different data. First difference in the results: “Extract fields” returned no fields.orders: it is empty now, [] (before: ["SO-0","SO-1","SO-2","SO-3","SO-4"]). None of 5 good runs lacked it. “Enter ERP” failed after it. Its error: “no orders”. ${notCompared}`,
  },
  {
    name: 'a list of words that no good run had where the last one had none',
    before: lines(
      ...[1, 2, 3, 4, 5].map((n) => ofMail(n, { checks: n === 5 ? [] : [true, true] })),
    ),
    after: ofMail(6, { checks: [false] }, 'not paid'),
    sentence: `It was started with different data. First difference in the results: “Extract fields” returned fields.checks: [false] (before: []). None of 5 good runs had it. “Enter ERP” failed after it. Its error: “not paid”. ${notCompared}`,
  },
  {
    name: 'an object that became empty where each good run had names of its own in it',
    before: lines(...[1, 2, 3, 4, 5].map((n) => ofMail(n, { sums: { [`A${String(n)}`]: n } }))),
    after: ofMail(6, { sums: {} }, 'no sums'),
    sentence: `It was started with different data. First difference in the results: “Extract fields” returned no fields.sums: it is empty now, {} (before: {"A5":5}). None of 5 good runs lacked it. “Enter ERP” failed after it. Its error: “no sums”. ${notCompared}`,
  },
  ...settings.map(([what, old, now, told]) => ({
    name: `a setting that became ${what}`,
    before: invoice(1, { edit: edited(enter, { config: { project: 'erp-entry', set: old } }) }),
    after: invoice(2, { edit: edited(enter, { config: { project: 'erp-entry', set: now } }) }),
    sentence: `First difference: “Enter ERP” is configured differently: ${told}. ${notCompared}`,
  })),
  {
    name: 'a name that became empty',
    before: invoice(1),
    after: invoice(2, { edit: edited(extract, { name: '' }) }),
    sentence: `First difference: “Extract fields” has no name (before: one). ${notCompared}`,
  },
  {
    name: 'a name that was empty',
    before: invoice(1, { edit: edited(extract, { name: '' }) }),
    after: invoice(2),
    sentence: `First difference: “Extract fields” has a name (before: none). ${notCompared}`,
  },
  {
    name: 'another step ran and did not end',
    before: invoice(1),
    after: withoutEnd(invoice(2, { ...failed, edit: (steps) => approved(steps).slice(0, 4) })),
    sentence: `First difference: after “Check amount”, “Ask for approval” ran instead of “Enter ERP”. “Ask for approval” didn’t finish. ${notCompared}`,
  },
  {
    name: 'another step ran and failed',
    before: invoice(1),
    after: invoice(2, {
      ...failed,
      edit: (steps) => failingAt(approve, 'no approver')(approved(steps)),
    }),
    sentence: `First difference: after “Check amount”, “Ask for approval” ran instead of “Enter ERP”. “Ask for approval” failed. Its error: “no approver”. ${notCompared}`,
  },
  ...unlikeBefore.map(([what, edit, version = 'v1.2']) => ({
    name: `a failure after a step that ${what}`,
    before: lines(...[1, 2, 3, 4, 5].map((n) => ofTotal(n, 1_200 + n * 31.5))),
    after: invoice(6, {
      ...{ ...failed, version, mail: { mail: 'Invoice 20106' }, fields: { total: 1_290.5 } },
      edit: (steps: readonly Step[]) => failingAt(enter, missingElement)(edit(steps)),
    }),
    sentence: `First difference: “Enter ERP” failed, which it didn’t before; it received different data. Its error: “element not found: #btnSave”.${version === 'v1.2' ? '' : ` Version of the flow: ${version} (before: v1.2).`} ${notCompared}`,
  })),
  {
    name: 'a way that good runs took as well and that failed',
    before: lines(...[1, 2, 3, 4].map((n) => invoice(n, n % 2 === 0 ? {} : { edit: approved }))),
    after: invoice(5, {
      ...failed,
      edit: (steps) => failingAt(approve, 'no approver')(approved(steps)),
    }),
    sentence: `First difference: “Ask for approval” failed, which it didn’t before; its input and configuration are the same. Its error: “no approver”. ${notCompared}`,
  },
  {
    name: 'many values in another order',
    before: rows(
      1,
      Array.from({ length: 300 }, (_, at) => `row ${String(at)}`),
    ),
    after: rows(
      2,
      Array.from({ length: 300 }, (_, at) => `row ${String(299 - at)}`),
    ),
    sentence: `First difference: “Read sheet” returned rows in a different order. ${notCompared}`,
  },
  {
    name: 'names that hold signs of ways and none',
    before: asked(1, { doc: { 'a.b': { '': 1 }, 'c[0]': [1], a: { b: 1 } } }),
    after: asked(2, { doc: { 'a.b': { '': 2 }, 'c[0]': [2], a: { b: 2 } } }),
    sentence: `First difference: “Ask service” returned a different value for doc["a.b"][""]: 2 (before: 1). 2 more values differ there. ${notCompared}`,
  },
  {
    name: 'names of a thousand signs',
    before: asked(1, { doc: { ['k'.repeat(1_000)]: deep(100, 1) } }),
    after: keyed(2, key, {
      ...{
        name: `Ask ${'service '.repeat(200)}`,
        output: { doc: { ['k'.repeat(1_000)]: deep(100, 2) } },
      },
    }),
    sentence: `First difference: “Ask ${'service '.repeat(9)}ser…” returned a different value for doc.${'k'.repeat(59)}…${'[0]'.repeat(12)}…${'[0]'.repeat(33)}: 2 (before: 1). ${notCompared}`,
  },
  {
    name: 'a number that is larger than any',
    before: asked(1, { doc: { sum: 4_711 } }),
    after: asked(2, { doc: { sum: 4_711 } }).replace('4711', '1e400'),
    sentence: `First difference: “Ask service” returned a different value for doc.sum: Infinity (before: 4711). ${notCompared}`,
  },
  {
    name: 'not retried any more',
    before: invoice(1, { edit: edited(enter, { isBad: true, count: 2 }) }),
    after: invoice(2, {
      edit: edited(enter, { isBad: true, count: 1, output: { result: 'done:INV-20391' } }),
    }),
    sentence: `First difference: “Enter ERP” wasn’t retried (attempts: 1, before: 2). ${notCompared}`,
  },
  {
    name: 'values in another order that lead to a failure',
    before: invoice(1, { fields: { total: 1, lines: ['a', 'b'] } }),
    after: invoice(2, {
      ...{ ...failed, fields: { total: 1, lines: ['b', 'a'] } },
      edit: failingAt(enter, missingElement),
    }),
    sentence: `First difference: “Extract fields” returned fields.lines in a different order. “Enter ERP” failed after it. Its error: “element not found: #btnSave”. ${notCompared}`,
  },
];

/** An invoice of a vendor; `error`: entering it fails with that. */
function ofVendor(n: number, vendor: string, error?: string, mail = 'Invoice'): string {
  return invoice(n, {
    ...{ mail: { mail }, fields: { vendor, total: 1280.5 } },
    ...(error !== undefined && { ...failed, edit: failingAt(enter, error) }),
  });
}

/** An invoice of its own, with its amount. */
function ofTotal(n: number, total: Json, error?: string): string {
  return ofMail(n, { total }, error);
}

/** The same with so many orders. */
function ofOrders(n: number, count: number, error?: string): string {
  return ofMail(n, { orders: Array.from({ length: count }, (_, at) => `SO-${String(at)}`) }, error);
}

/** A mail of its own, with what it says. */
function ofMail(n: number, said: JsonObject, error?: string): string {
  return invoice(n, {
    ...{ mail: { mail: `Invoice ${String(20_100 + n)}` }, fields: said },
    ...(error !== undefined && { ...failed, edit: failingAt(enter, error) }),
  });
}

/** Its last step has no end. */
function withoutEnd(record: string): string {
  const { trace, ...rest } = JSON.parse(record) as JsonObject & { trace: JsonObject[] };
  const last = { ...trace.at(-1), end_time: 0 };
  return JSON.stringify({ ...rest, trace: [...trace.slice(0, -1), last] });
}

/** Nothing says how it ended. */
function unreported(record: string): string {
  const { status: _, end_time: __, ...rest } = JSON.parse(record) as JsonObject;
  return JSON.stringify(rest);
}

/** Opens a session and uses it. */
function sessions(n: number, given: string, used: string): string {
  return storyRecord({
    ...{ n, flowId: '7379450201923928034', question: { q: 'x' }, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: { q: 'x' }, ms: 1 },
      { id: 'plugin::2', name: 'Open session', output: { session_token: given } },
      { id: 'plugin::3', name: 'Use session', input: { session_token: used } },
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
  });
}

/** Signs in. */
function passworded(n: number, password: string, error?: string): string {
  const steps = [
    { id: start, name: 'Start', input: { q: 'x' }, ms: 1 },
    { id: 'plugin::2', name: 'Sign in', input: { user: 'li', password } },
  ];
  return storyRecord({
    ...{ n, flowId: '7379450201923928035', question: { q: 'x' }, answer: { ok: true } },
    steps: error === undefined ? steps : failingAt('plugin::2', error)(steps),
    ...(error !== undefined && failed),
  });
}

function deep(levels: number, leaf: Json): Json {
  let value = leaf;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

/** A service is asked, and gives this. */
function asked(n: number, output: JsonObject): string {
  return keyed(n, key, { output });
}

/** A sheet is read, with what is logged of it. */
function logged(n: number, logs: readonly string[]): string {
  const q = { sheet: 'May' };
  return storyRecord({
    ...{ n, flowId: '7379450201923928098', question: q, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: q, ms: 1 },
      { id: 'plugin::2', name: 'Read sheet', input: q, output: { ok: true }, logs },
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
  });
}

/** A model is asked, with what the services put into its request. */
function prompted(n: number, prompt: string, { uid = '1001', q = 'x' } = {}): string {
  const content = `${prompt} ${q}`;
  return storyRecord({
    ...{ n, flowId: '7379450201923928099', question: { q }, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: { q }, ms: 1 },
      {
        ...{ id: 'spark-llm::2', name: 'Ask service', input: { q }, output: { ok: true } },
        config: { header: { uid }, payload: { uid, text: [{ role: 'user', content }] } },
      },
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
  });
}

function rowsStartedWith(n: number, question: JsonObject): string {
  return storyRecord({
    ...{ n, flowId: '7379450201923928033', question, answer: { ok: true } },
    steps: [
      { id: start, name: 'Start', input: question, ms: 1 },
      { id: end, name: 'End', output: { ok: true }, ms: 1 },
    ],
  });
}
