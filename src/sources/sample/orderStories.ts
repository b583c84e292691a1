import { dumps } from '../../telemetry/pythonText.ts';
import type { Random } from './random.ts';
import { ordersFlow } from './sampleFlows.ts';
import { StoryTeller } from './storyTeller.ts';
import type { Story } from './storyTeller.ts';

const skus = [
  'HX-2201 铝合金支架',
  'KD-88 传感器',
  'PN-640 控制板',
  'MT-15 减速电机',
  'CB-3 屏蔽线 30m',
];

type Teller = StoryTeller<keyof typeof ordersFlow.nodes>;

/** Types, not interfaces: they travel as JSON, which only a type is known to be. */
type Order = Readonly<Record<'no' | 'sku' | 'qty' | 'warehouse', string>>;
type Row = Readonly<{ no: string; qty: number }>;

const projectId = '1958443377';

/** 批量录单: three to six orders, all of them entered. */
export function ordersEntered(random: Random, index: number, beginMs: number): Story {
  const { teller, question, orders, eachMs } = begin(random, index, beginMs);
  for (const order of orders) item(teller, order);
  const results = orders.map(({ no }) => `done:${no}`);
  teller.runSince('each', eachMs, 1, {
    input: { input: orders },
    output: { output: results },
  });
  const sql = `INSERT INTO order_results (batch, no, result) VALUES ${orders.map(({ no }) => `('B1', '${no}', 'done')`).join(', ')}`;
  teller.run('save', random.int(25, 90), {
    input: { output: results },
    output: { isSuccess: true, message: '', outputList: [{ rows: orders.length }] },
    config: { ...ordersFlow.nodes.save.config, sql },
  });
  teller.run('end', 1, { output: { output: results } });
  return teller.end(question, { answer: { output: results } });
}

/** 批量录单 that stops at the third order, whose row the robot can't find, however often it tries. */
export function orderRowMissing(random: Random, index: number, beginMs: number): Story {
  const { teller, question, orders, eachMs } = begin(random, index, beginMs);
  const [first, second, third] = orders as [Order, Order, Order];
  item(teller, first);
  item(teller, second);
  const row = prepare(teller, third);
  const reason = `-1-element not found: //table[@id='orders']//td[text()='${third.no}']`;
  const message = `RPA node request failed(Task execution failed: ${reason})`;
  for (const ms of [random.int(700, 900), random.int(700, 900)]) {
    enter(teller, row, ms, false);
    teller.rpaCall(projectId, { row }, ms, 55004, `Task exec failed: ${reason}`);
  }
  // After the attempts the node is logged once more, with the error; the container fails without one.
  enter(teller, row, 0, false, message);
  teller.runSince('each', eachMs, 1, { ok: false, input: { input: orders } });
  return teller.end(question, { answer: null, code: 21300, message });
}

function begin(random: Random, index: number, beginMs: number) {
  const teller: Teller = new StoryTeller(ordersFlow, random, index, beginMs);
  const first = random.int(1_000, 8_900);
  const orders: Order[] = Array.from({ length: random.int(3, 6) }, (_order, at) => ({
    no: `SO-${first + at}`,
    sku: random.pick(skus),
    qty: String(random.int(1, 200)),
    warehouse: random.pick(['合肥', '苏州', '东莞']),
  }));
  const question = { AGENT_USER_INPUT: '批量录入今天的订单', orders };
  teller.run('start', 0, { input: question });
  return { teller, question, orders, eachMs: teller.nowMs };
}

/** One round of the iteration that ends well. */
function item(teller: Teller, order: Order): void {
  const row = prepare(teller, order);
  const ms = teller.random.int(600, 1_100);
  enter(teller, row, ms, true);
  teller.rpaCall(projectId, { row }, ms, 0, 'Success');
  teller.run('itemEnd', 0, { output: { output: `done:${order.no}` } });
}

function prepare(teller: Teller, order: Order): Row {
  const row = { no: order.no, qty: Number(order.qty) };
  teller.run('itemStart', 0, { input: { input: order } });
  teller.run('prepare', teller.random.int(15, 40), { input: { order }, output: { row } });
  return row;
}

function enter(teller: Teller, row: Row, ms: number, ok: boolean, error?: string): void {
  const params = { row };
  const body = { project_id: projectId, sid: teller.sid, exec_position: 'EXECUTOR', params };
  teller.run('enter', ms, {
    ok,
    input: params,
    output: ok ? { result: `done:${row.no}` } : {},
    config: { ...ordersFlow.nodes.enter.config, req_body: dumps(body) },
    logs: error === undefined ? [] : [{ level: 'ERROR', message: error }],
  });
}
