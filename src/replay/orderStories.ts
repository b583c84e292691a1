import { dumps } from './pythonText.ts';
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

interface Order {
  readonly no: string;
  readonly sku: string;
  readonly qty: string;
  readonly warehouse: string;
}

/** 批量录单: three to six orders, all of them entered. */
export function ordersEntered(random: Random, index: number, beginMs: number): Story {
  const { teller, question, orders, eachMs } = begin(random, index, beginMs);
  for (const order of orders) item(teller, order, true);
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

/** 批量录单 that stops at an order whose row the robot can't find. */
export function orderRowMissing(random: Random, index: number, beginMs: number): Story {
  const { teller, question, orders, eachMs } = begin(random, index, beginMs);
  const failing = Math.min(2, orders.length - 1);
  for (const [at, order] of orders.slice(0, failing + 1).entries())
    item(teller, order, at < failing);
  const order = orders[failing];
  const selector = `//table[@id='orders']//td[text()='${order?.no ?? ''}']`;
  const detail = `Task execution failed: -1-element not found: ${selector}`;
  const message = `RPA node request failed(${detail})`;
  const params = { row: { no: order?.no ?? '', qty: Number(order?.qty) } };
  teller.rpaCall(
    '1958443377',
    params,
    900,
    55004,
    `Task exec failed: -1-element not found: ${selector}`,
  );
  teller.runSince('each', eachMs, 1, {
    ok: false,
    input: { input: orders },
    logs: [{ level: 'ERROR', message }],
  });
  return teller.end(question, { answer: null, code: 21300, message });
}

function begin(random: Random, index: number, beginMs: number) {
  const teller: Teller = new StoryTeller(ordersFlow, random, index, beginMs);
  const first = random.int(1_000, 8_900);
  const orders = Array.from({ length: random.int(3, 6) }, (_order, at) => ({
    no: `SO-${first + at}`,
    sku: random.pick(skus),
    qty: String(random.int(1, 200)),
    warehouse: random.pick(['合肥', '苏州', '东莞']),
  }));
  const question = { AGENT_USER_INPUT: '批量录入今天的订单', orders: orders as never };
  teller.run('start', 0, { input: question });
  return { teller, question, orders, eachMs: teller.nowMs };
}

/** One round of the iteration. */
function item(teller: Teller, order: Order, ok: boolean): void {
  const { random } = teller;
  const row = { no: order.no, qty: Number(order.qty) };
  teller.run('itemStart', 0, { input: { input: order as never } });
  teller.run('prepare', random.int(15, 40), { input: { order: order as never }, output: { row } });
  const ms = random.int(600, 1_100);
  const body = {
    project_id: '1958443377',
    sid: teller.sid,
    exec_position: 'EXECUTOR',
    params: { row },
  };
  teller.run('enter', ms, {
    ok,
    input: { row },
    output: ok ? { result: `done:${order.no}` } : {},
    config: { ...ordersFlow.nodes.enter.config, req_body: dumps(body) },
  });
  if (!ok) return;
  teller.rpaCall('1958443377', { row }, ms, 0, 'Success');
  teller.run('itemEnd', 0, { output: { output: `done:${order.no}` } });
}
