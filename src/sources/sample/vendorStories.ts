import { dumps } from '../../telemetry/pythonText.ts';
import type { Random } from './random.ts';
import { vendorFlow } from './sampleFlows.ts';
import { StoryTeller } from './storyTeller.ts';
import type { Story } from './storyTeller.ts';

const vendors = [
  { name: 'Northwind Traders Ltd', country: 'IE', vat: 'IE6388047V' },
  { name: 'Adventure Works GmbH', country: 'DE', vat: 'DE136695976' },
  { name: 'Contoso Parts S.r.l.', country: 'IT', vat: 'IT00743110157' },
  { name: 'Fabrikam Oy', country: 'FI', vat: 'FI20774740' },
];

type Teller = StoryTeller<keyof typeof vendorFlow.nodes>;
type Vendor = (typeof vendors)[number];

/** A vendor within the limit: created by the robot. */
export function vendorCreated(random: Random, index: number, beginMs: number): Story {
  const { teller, question, vendor } = begin(random, index, beginMs, 'checked');
  judge(teller, 'low');
  const ms = random.int(1_500, 2_600);
  const sapId = `V${random.int(100_000, 199_999)}`;
  create(teller, vendor, ms, sapId);
  teller.run('notify', random.int(10, 30), { input: { vendor: vendor.name, sap_id: sapId } });
  const answer = { output: `Created ${vendor.name} as ${sapId}` };
  teller.run('end', 1, { output: answer });
  return teller.end(question, { answer });
}

/** A vendor above the limit: the other branch; `unchecked`: the VAT service failed and a fixed answer took its place. */
export function approvalAsked(
  random: Random,
  index: number,
  beginMs: number,
  vat: 'checked' | 'unchecked' = 'checked',
): Story {
  const { teller, question, vendor } = begin(random, index, beginMs, vat);
  judge(teller, 'high');
  const text = `Please approve ${vendor.name}: risk high, VAT number ${vat}.`;
  teller.run('approve', random.int(10, 30), {
    input: { vendor: vendor.name },
    output: { output_m: text },
  });
  const answer = { output: 'Waiting for approval' };
  teller.run('end', 1, { output: answer });
  return teller.end(question, { answer });
}

/** A vendor that the robot may not create. The engine of 2025 leaves no entry of a node that failed so. */
export function robotNotAllowed(random: Random, index: number, beginMs: number): Story {
  const { teller, question, vendor } = begin(random, index, beginMs, 'checked');
  judge(teller, 'low');
  const ms = random.int(700, 1_100);
  teller.nowMs += ms;
  const detail =
    'Create task error: 403 Forbidden: user rpa_service may not run project 2041775512';
  teller.rpaCall('2041775512', { vendor: vendor.name, vat: vendor.vat }, ms, 55001, detail);
  return teller.end(question, {
    answer: null,
    code: 21300,
    message: `RPA node request failed(${detail})`,
  });
}

function begin(random: Random, index: number, beginMs: number, vat: 'checked' | 'unchecked') {
  const teller: Teller = new StoryTeller(vendorFlow, random, index, beginMs);
  const vendor = random.pick(vendors);
  // A text beyond five kilobytes does not travel: the engine stores it and sends its address.
  const contract = `https://oss.example/workflow/${random.hex(32)}.txt`;
  const question = { AGENT_USER_INPUT: `Onboard ${vendor.name}`, ...vendor, contract };
  teller.run('start', 0, { input: question });
  const ms = random.int(250, 500);
  if (vat === 'checked') {
    const result = { valid: true, name: vendor.name, requested: '2026-11-24' };
    teller.run('vat', ms, { input: { vat: vendor.vat }, output: { result } });
    teller.linkCall('tool@8f21c3', { vat: vendor.vat }, ms, dumps(result));
  } else {
    // With a fixed answer in its place the failed node leaves no entry, and the flow goes on.
    teller.nowMs += ms;
    teller.linkCall(
      'tool@8f21c3',
      { vat: vendor.vat },
      ms,
      'Third-party API request failed',
      30403,
    );
  }
  summarise(teller, vendor, contract);
  return { teller, question, vendor };
}

function summarise(teller: Teller, vendor: Vendor, contract: string): void {
  const { random } = teller;
  const summary = clauses
    .map((clause, at) => `${at + 1}. ${clause.replaceAll('%', vendor.name)}`)
    .join('\n\n');
  const { config } = vendorFlow.nodes.summary;
  const text = [{ role: 'user', content: `Summarise this contract for a buyer: ${contract}` }];
  const header = { code: 0, message: 'Success', sid: `cht000${random.hex(5)}@dx19a3c5` };
  teller.run('summary', random.int(900, 1_800), {
    input: { contract, vendor: vendor.name },
    output: { output: summary },
    llmOutput: summary,
    firstFrameMs: random.int(250, 600),
    promptTokens: random.int(3_800, 4_400),
    completionTokens: Math.ceil(summary.length / 4),
    config: { ...config, payload: { message: { text } } },
    logs: [0, 1, 2].map((status) => ({
      level: 'INFO' as const,
      message: dumps({
        header: { ...header, status },
        payload: { choices: { status, seq: status } },
      }),
    })),
  });
}

function judge(teller: Teller, risk: 'low' | 'high'): void {
  const score = risk === 'low' ? teller.random.int(4, 39) : teller.random.int(61, 96);
  teller.run('risk', 1, { input: { score, limit: 60 }, output: { branch: risk } });
}

function create(teller: Teller, { name, vat, country }: Vendor, ms: number, sapId: string): void {
  const params = { vendor: name, vat, country, payment_terms: 'NET30' };
  const body = { project_id: '2041775512', sid: teller.sid, exec_position: 'EXECUTOR', params };
  teller.run('create', ms, {
    input: params,
    output: { result: { sap_id: sapId, screenshots: 3, warnings: [] } },
    config: { ...vendorFlow.nodes.create.config, req_body: dumps(body) },
  });
  teller.rpaCall('2041775512', params, ms, 0, 'Success');
}

/** What the model writes: long enough to need scrolling. */
const clauses = [
  '% supplies machine parts under framework orders; each call-off is a separate contract with its own delivery date.',
  'Prices are fixed for twelve months. After that they follow the producer price index for metal goods, at most three per cent a year, and only after a notice of sixty days.',
  'Payment is due thirty days after receipt of a correct invoice. Two per cent discount within ten days. Invoices have to name the order number; without it the period does not begin.',
  'Delivery is DAP to our warehouses. A delay of more than five working days costs half a per cent of the order value per week, up to five per cent.',
  '% keeps a safety stock of four weeks for the items of annex B and reports it on the first working day of each month.',
  'The warranty is twenty-four months from delivery. Serial faults (more than three per cent of a batch) extend it to the whole batch, including the cost of replacement.',
  'Confidentiality covers drawings, prices and forecasts and outlasts the contract by five years. Both sides may name the other as a reference only after written consent.',
  'Either side may end the contract with three months notice to the end of a quarter. Open call-offs are still delivered.',
  'Liability is limited to the yearly turnover, except for intent, gross negligence and harm to persons. Product liability insurance of five million is proven each January.',
  'Personal data of the contact persons is processed for the contract alone and deleted two years after its end.',
  'Governing law is that of our registered seat; the place of jurisdiction is the same. The UN sales convention does not apply.',
  'Open points for the buyer: annex C (packaging) is missing, the forecast clause has no limit for deviations, and the signature page names a person who left % in spring.',
];
