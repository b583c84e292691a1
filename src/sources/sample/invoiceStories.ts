import { dumps } from '../../telemetry/pythonText.ts';
import type { Random } from './random.ts';
import { invoiceFlow, rpaTimeoutSeconds } from './sampleFlows.ts';
import { StoryTeller } from './storyTeller.ts';
import type { Story } from './storyTeller.ts';

const vendors = [
  '合肥启明办公用品有限公司',
  '苏州澄湖精密机械',
  '杭州远山物流',
  '上海临港包装',
  '深圳南园电子',
];
const goods = ['A4 复印纸', '硒鼓 CF258A', '办公椅', '无线键鼠套装', '会议平板支架', '标签打印纸'];

type Teller = StoryTeller<keyof typeof invoiceFlow.nodes>;

interface Invoice {
  readonly vendor: string;
  readonly no: string;
  readonly date: string;
  readonly urgent: boolean;
  readonly lines: readonly {
    readonly item: string;
    readonly qty: number;
    readonly amount: number;
  }[];
}

/** 发票录入 that ends well; `retried`: the robot needed a second attempt. */
export function invoiceEntered(
  random: Random,
  index: number,
  beginMs: number,
  retried = false,
): Story {
  const teller: Teller = new StoryTeller(invoiceFlow, random, index, beginMs);
  const { question, fields, total } = readInvoice(teller);
  const params = { fields, order_no: fields.no };
  if (retried) enter(teller, random.int(1_200, 1_600), params, 'failed');
  enter(teller, random.int(900, 2_200), params, 'entered');
  const text = `已录入 ${fields.no}，金额 ${total} 元`;
  teller.run('notify', random.int(8, 30), {
    input: { no: fields.no, total },
    output: { output_m: text },
  });
  const answer = { output: { no: fields.no, erp_id: `ERP-${random.int(20_000, 29_999)}` } };
  teller.run('end', 1, { output: answer });
  return teller.end(question, { answer });
}

/** 发票录入 whose robot does not find the button to save with, twice. */
export function saveButtonMissing(random: Random, index: number, beginMs: number): Story {
  const teller: Teller = new StoryTeller(invoiceFlow, random, index, beginMs);
  const { question, fields } = readInvoice(teller);
  const params = { fields, order_no: fields.no };
  const detail = 'Task execution failed: -1-element not found: #btnSave';
  const message = `RPA node request failed(${detail})`;
  enter(teller, random.int(1_400, 1_900), params, 'failed');
  teller.rpaCall(
    '1958443321',
    params,
    1_400,
    55004,
    'Task exec failed: -1-element not found: #btnSave',
  );
  enter(teller, random.int(1_400, 1_900), params, 'failed');
  // After the attempts the engine logs the node once more, with the error, and lets the end node run empty.
  enter(teller, 0, params, 'failed', message);
  teller.run('end', 0, { output: { output: '' } });
  return teller.end(question, { answer: null, code: 21300, message });
}

/** 发票录入 whose robot does not come back in time. */
export function robotTimedOut(random: Random, index: number, beginMs: number): Story {
  const teller: Teller = new StoryTeller(invoiceFlow, random, index, beginMs);
  const { question, fields } = readInvoice(teller);
  const params = { fields, order_no: fields.no };
  const message = 'Node execution failed(Node execution timeout)';
  enter(teller, rpaTimeoutSeconds * 1000 + random.int(2, 9), params, 'failed', message);
  teller.rpaCall('1958443321', params, rpaTimeoutSeconds * 1000, 55003, 'Timeout error');
  return teller.end(question, { answer: null, code: 22302, message });
}

/** From the mail to the checked fields. */
function readInvoice(teller: Teller) {
  const { random } = teller;
  const invoice = makeInvoice(random);
  const amount = invoice.lines.reduce((sum, line) => sum + line.amount, 0);
  const total = Math.round(amount * 100) / 100;
  const mail = `附件是${invoice.vendor}的发票 ${invoice.no}，金额 ${total} 元，请录入。${invoice.urgent ? '加急！' : ''}`;
  const file = `https://files.example/invoices/${invoice.no}.pdf`;
  const question = { AGENT_USER_INPUT: mail, file, attempt: 1 };
  teller.run('start', 0, { input: question });

  const pages = `增值税专用发票\n发票号码 ${invoice.no}\n开票日期 ${invoice.date}\n销售方 ${invoice.vendor}\n${invoice.lines.map(({ item, qty, amount: sum }) => `${item}  ${qty}  ${sum}`).join('\n')}\n价税合计 ${total}`;
  const ocrMs = random.int(180, 420);
  teller.run('ocr', ocrMs, {
    input: { file },
    output: { text: pages, pages: 1 },
    logs: [
      {
        level: 'INFO',
        message: `link request: {"operationId": "ocr-aB3dEf6h", "file": "${file}"}`,
      },
    ],
  });
  teller.ocrCall({ image: file, language: 'zh' }, ocrMs, dumps({ text: pages, pages: 1 }));

  const output = dumps({ ...invoice, lines: [...invoice.lines] });
  const promptTokens = 380 + pages.length;
  const completionTokens = Math.ceil(output.length / 2);
  teller.run('extract', random.int(600, 1_400), {
    input: { mail, text: pages },
    output: { output },
    llmOutput: output,
    firstFrameMs: random.int(210, 480),
    promptTokens,
    completionTokens,
    logs: frames(output, promptTokens, completionTokens),
  });
  const fields = { ...invoice, lines: [...invoice.lines], total };
  teller.run('check', random.int(30, 80), { input: { text: output }, output: { fields } });
  return { question, fields, total };
}

/** One attempt of the robot; with `error` the entry that ends the run. */
function enter(
  teller: Teller,
  ms: number,
  params: { readonly fields: { readonly no: string } },
  outcome: 'entered' | 'failed',
  error?: string,
): void {
  const body = { project_id: '1958443321', sid: teller.sid, exec_position: 'EXECUTOR', params };
  const { config } = invoiceFlow.nodes.enter;
  const ok = outcome === 'entered';
  teller.run('enter', ms, {
    ok,
    input: params,
    output: ok ? { result: `done:${params.fields.no}`, steps: 14 } : {},
    config: { ...config, req_body: dumps(body) },
    logs: error === undefined ? [] : [{ level: 'ERROR', message: error }],
  });
  if (ok) teller.rpaCall('1958443321', params, ms, 0, 'Success');
}

function makeInvoice(random: Random): Invoice {
  const day = String(random.int(1, 28)).padStart(2, '0');
  const lines = random
    .shuffle(goods)
    .slice(0, random.int(1, 4))
    .map((item) => ({ item, qty: random.int(1, 20), amount: random.int(4_000, 400_000) / 100 }));
  return {
    vendor: random.pick(vendors),
    no: `INV-${random.int(20_000, 29_999)}`,
    date: `2026-11-${day}`,
    urgent: random.int(0, 5) === 0,
    lines,
  };
}

/** A model's answer as the engine logs it: one line for each frame that came over the stream. */
function frames(text: string, promptTokens: number, completionTokens: number) {
  const size = Math.ceil(text.length / 6);
  const parts = Array.from({ length: 6 }, (_part, at) => text.slice(at * size, (at + 1) * size));
  return parts.map((content, at) => {
    const last = at === parts.length - 1;
    const delta = { role: 'assistant', content, reasoning_content: '' };
    const usage = last
      ? { prompt_tokens: promptTokens, completion_tokens: completionTokens }
      : null;
    const choices = [{ index: 0, delta, finish_reason: last ? 'stop' : null }];
    return { level: 'INFO' as const, message: dumps({ id: 'chatcmpl-a1', choices, usage }) };
  });
}
