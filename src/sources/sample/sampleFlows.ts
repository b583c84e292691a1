import type { JsonObject } from '../../base/json.ts';
import type { WireNode } from './wireRecord.ts';

/** A flow that the sample robot runs; its file lies in the sample workspace. */
export interface SampleFlow<Name extends string = string> {
  readonly id: string;
  readonly generation: 'g1' | 'g3';
  readonly version: string;
  /** Name of the flow file in the sample workspace. */
  readonly file: string;
  readonly nodes: Readonly<Record<Name, WireNode>>;
}

const basic = '基础节点';
const tool = '工具';
const branch = '分支器';

/** Seconds after which the RPA nodes give up: short, so that a time-out can be watched. */
export const rpaTimeoutSeconds = 8;

const model: JsonObject = {
  model: 'spark',
  domain: 'qwen-plus',
  base_url: 'https://llm.example/v1',
  appId: 'a1b2c3d4',
  apiKey: 'EXAMPLE-API-KEY',
  apiSecret: 'EXAMPLE-API-SECRET',
  temperature: 0.5,
  maxTokens: 2048,
  extra_params: { temperature: 0.5, max_tokens: 2048 },
};

function node(
  id: string,
  category: string,
  name: string,
  next: readonly string[],
  config: JsonObject = {},
): WireNode {
  return { id, category, name, next, config };
}

/** One that may fail: what it is to give stands in its configuration, whether it gives it or not. */
function giving(outputs: readonly string[], given: WireNode): WireNode {
  return { ...given, outputs };
}

function rpaConfig(projectId: string): JsonObject {
  return {
    projectId,
    header: { apiKey: 'EXAMPLE-RPA-KEY' },
    source: 'xiaowu',
    rpaParams: { execPosition: 'EXECUTOR' },
    url: 'http://core-rpa:17198/rpa/v1/exec',
  };
}

const invoice = {
  start: 'node-start::a3c1f0d2-5b7e-4c19-8e24-6f0b9d3a7c11',
  ocr: 'plugin::b7d42e90-1c5f-4a38-9d06-2e8f4b6a1c22',
  extract: 'spark-llm::c9e53fa1-2d60-4b49-8e17-3f905c7b2d33',
  check: 'ifly-code::d0f640b2-3e71-4c5a-9f28-40a16d8c3e44',
  enter: 'rpa::e1a751c3-4f82-4d6b-8a39-51b27e9d4f55',
  notify: 'message::f2b862d4-5093-4e7c-9b4a-62c38fae5066',
  end: 'node-end::03c973e5-61a4-4f8d-8c5b-73d490bf6177',
};

/** 发票录入: reads an invoice from a mail and enters it in the ERP. */
export const invoiceFlow: SampleFlow<keyof typeof invoice> = {
  id: '7412096655310848001',
  generation: 'g3',
  version: 'v1.4',
  file: 'invoice-entry.yaml',
  nodes: {
    start: node(invoice.start, basic, '开始', [invoice.ocr]),
    ocr: node(invoice.ocr, tool, '识别发票', [invoice.extract], {
      pluginId: 'tool@ocr-general',
      operationId: 'ocr-aB3dEf6h',
      version: 'V1.0',
    }),
    extract: node(invoice.extract, basic, '提取字段', [invoice.check], model),
    check: node(invoice.check, tool, '校验金额', [invoice.enter], {
      codeLanguage: 'python',
      code: 'ERP_TOKEN = "EXAMPLE-CODE-TOKEN"\n\ndef main(text):\n    import json\n    fields = json.loads(text)\n    fields["total"] = round(sum(line["amount"] for line in fields["lines"]), 2)\n    return {"fields": fields}\n',
    }),
    enter: giving(
      ['result', 'steps'],
      node(invoice.enter, tool, '录入 ERP', [invoice.notify], rpaConfig('1958443321')),
    ),
    notify: node(invoice.notify, basic, '通知财务', [invoice.end], {
      template: '已录入 {{no}}，金额 {{total}} 元',
      streamOutput: false,
    }),
    end: node(invoice.end, basic, '结束', []),
  },
};

const orders = {
  start: 'node-start::14da84f6-72b5-4a9e-9d6c-84e5a1c07288',
  each: 'iteration::25eb9507-83c6-4baf-8e7d-95f6b2d18399',
  itemStart: 'iteration-node-start::36fca618-94d7-4cb0-9f8e-a607c3e294aa',
  prepare: 'ifly-code::470db729-a5e8-4dc1-8a9f-b718d4f3a5bb',
  enter: 'rpa::581ec83a-b6f9-4ed2-9ba0-c829e504b6cc',
  itemEnd: 'iteration-node-end::692fd94b-c70a-4fe3-8cb1-d93af615c7dd',
  save: 'database::7a30ea5c-d81b-40f4-9dc2-ea4b0726d8ee',
  end: 'node-end::8b41fb6d-e92c-4105-8ed3-fb5c1837e9ff',
};

/** 批量录单: enters a list of orders one by one and saves what came of it. */
export const ordersFlow: SampleFlow<keyof typeof orders> = {
  id: '7412096655310848002',
  generation: 'g3',
  version: 'v3',
  file: 'batch-orders.yaml',
  nodes: {
    start: node(orders.start, basic, '开始', [orders.each]),
    each: giving(
      ['output'],
      node(orders.each, basic, '逐单处理', [orders.save], {
        IterationStartNodeId: orders.itemStart,
      }),
    ),
    itemStart: node(orders.itemStart, basic, '开始', [orders.prepare]),
    prepare: node(orders.prepare, tool, '整理订单', [orders.enter], {
      codeLanguage: 'python',
      code: 'def main(order):\n    return {"row": {"no": order["no"], "qty": int(order["qty"])}}\n',
    }),
    enter: giving(
      ['result'],
      node(orders.enter, tool, '录入订单', [orders.itemEnd], rpaConfig('1958443377')),
    ),
    itemEnd: node(orders.itemEnd, basic, '结束', [], { template: '', outputMode: 0 }),
    save: node(orders.save, tool, '保存结果', [orders.end], {
      dbId: 7311,
      sql: "INSERT INTO order_results (batch, no, result) VALUES ('{{batch}}', '{{no}}', '{{result}}')",
      password: 'EXAMPLE-DB-PASSWORD',
    }),
    end: node(orders.end, basic, '结束', []),
  },
};

const statement = {
  start: 'node-start::4d8f2a61-9b0c-4e75-a3d1-7c5e8f206b91',
  fetch: 'rpa::5e903b72-ac1d-4f86-b4e2-8d6f90317ca2',
  end: 'node-end::6fa14c83-bd2e-4097-85f3-9e70a1428db3',
};

/** What the bank takes to give the statement: longer than the flow file lets it, until somebody raises that. */
export const statementMs = 4_000;

/** Bank statement: a robot fetches it, and is given up before it has it. */
export const statementFlow: SampleFlow<keyof typeof statement> = {
  id: '7412096655310848004',
  generation: 'g3',
  version: 'v1.0',
  file: 'bank-statement.yaml',
  nodes: {
    start: node(statement.start, basic, 'Start', [statement.fetch]),
    fetch: giving(
      ['result'],
      node(statement.fetch, tool, 'Fetch statement', [statement.end], rpaConfig('2041775534')),
    ),
    end: node(statement.end, basic, 'End', []),
  },
};

const vendor = {
  start: 'node-start::9c520c7e-fa3d-4216-9fe4-0c6d2948fa10',
  vat: 'plugin::ad631d8f-0b4e-4327-80f5-1d7e3a590b21',
  summary: 'spark-llm::be742e90-1c5f-4438-9106-2e8f4b6a1c32',
  risk: 'if-else::cf853fa1-2d60-4549-8217-3f905c7b2d43',
  create: 'rpa::d09640b2-3e71-465a-9328-40a16d8c3e54',
  approve: 'message::e1a751c3-4f82-476b-8439-51b27e9d4f65',
  notify: 'message::f2b862d4-5093-487c-954a-62c38fae5076',
  end: 'node-end::03c973e5-61a4-498d-865b-73d490bf6187',
};

/** Vendor onboarding: checks a new vendor and creates it, or asks for approval. */
export const vendorFlow: SampleFlow<keyof typeof vendor> = {
  id: '7412096655310848003',
  generation: 'g1',
  version: 'v2.1',
  file: 'vendor-onboarding.json',
  nodes: {
    start: node(vendor.start, basic, 'Start', [vendor.vat]),
    vat: node(vendor.vat, tool, 'Check VAT number', [vendor.summary], {
      pluginId: 'tool@8f21c3',
      operationId: 'checkVat-xY12',
      url: 'http://core-link:18888/api/v1/tools/http_run',
    }),
    summary: node(vendor.summary, basic, 'Summarise contract', [vendor.risk], {
      header: { app_id: 'a1b2c3d4', uid: '1001' },
      parameter: { chat: { domain: 'generalv3.5', temperature: 0.2, max_tokens: 4096 } },
    }),
    risk: node(vendor.risk, branch, 'Risk above limit?', [vendor.approve, vendor.create]),
    create: node(
      vendor.create,
      tool,
      'Create vendor in SAP',
      [vendor.notify],
      rpaConfig('2041775512'),
    ),
    approve: node(vendor.approve, basic, 'Ask for approval', [vendor.end]),
    notify: node(vendor.notify, basic, 'Notify buyer', [vendor.end]),
    end: node(vendor.end, basic, 'End', []),
  },
};
