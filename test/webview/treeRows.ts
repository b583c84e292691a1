import type { TreeRow, TreeWindow } from '../../src/protocol/tree.ts';

const begin = Date.parse('2026-11-23T16:47:38.903Z');

/** A row; what isn't said is that of a step that took 100 ms. */
export function row(key: string, parts: Partial<TreeRow> = {}): TreeRow {
  const beginMs = parts.beginMs === undefined ? begin : parts.beginMs;
  const durationMs = parts.durationMs === undefined ? 100 : parts.durationMs;
  return {
    key,
    nodeId: `rpa::${key}`,
    name: key,
    type: 'rpa',
    status: 'succeeded',
    inferred: false,
    failing: false,
    level: 1,
    position: 1,
    setSize: 1,
    expanded: null,
    endMs: beginMs === null || durationMs === null ? null : beginMs + durationMs,
    count: 1,
    round: null,
    error: null,
    tokens: 0,
    logCount: 0,
    execution: null,
    confidence: null,
    inFlow: true,
    ...parts,
    beginMs,
    durationMs,
  };
}

/** A window with all of the given rows; positions within their sets are counted. */
export function treeWindow(rows: readonly TreeRow[], parts: Partial<TreeWindow> = {}): TreeWindow {
  return {
    query: { key: 'workflow spf1', collapsed: [], at: { offset: 0 }, limit: 200 },
    stamp: '',
    summary: {} as TreeWindow['summary'],
    name: 'invoice-entry',
    failing: null,
    flow: null,
    findings: [],
    extent: { beginMs: begin, endMs: begin + 7900 },
    totalRows: rows.length,
    start: 0,
    rows,
    focus: null,
    position: { topic: 'spark-agent-builder', partition: 0, offset: '42' },
    recordBytes: 8211,
    ...parts,
  };
}

/** An execution with every kind of row. */
export function invoiceRows(): TreeRow[] {
  const at = (offset: number, durationMs: number) => ({ beginMs: begin + offset, durationMs });
  const of = (level: number, position: number, setSize: number) => ({ level, position, setSize });
  return [
    row('start', { name: '开始', type: 'node-start', ...at(0, 2), ...of(1, 1, 9) }),
    row('llm', {
      name: 'Extract invoice',
      type: 'spark-llm',
      tokens: 12_530,
      ...at(2, 955),
      ...of(1, 2, 9),
    }),
    row('branch', { name: 'Amount over limit?', type: 'if-else', ...at(957, 3), ...of(1, 3, 9) }),
    row('each', {
      name: 'For each line item',
      type: 'iteration',
      expanded: true,
      count: 1,
      ...at(960, 3100),
      ...of(1, 4, 9),
    }),
    row('each-start', {
      name: 'Round start',
      type: 'iteration-node-start',
      count: 3,
      ...at(3000, 1),
      ...of(2, 1, 3),
    }),
    row('fill', {
      name: 'Fill the form',
      type: 'rpa',
      count: 3,
      expanded: true,
      ...at(3001, 900),
      ...of(2, 2, 3),
    }),
    row('execution:rpa', {
      name: 'fill-form',
      nodeId: 'rpa::fill',
      type: 'rpa-server',
      execution: 'rpa-server spf1',
      inFlow: false,
      ...at(3010, 880),
      ...of(3, 1, 1),
    }),
    row('each-end', {
      name: 'Round end',
      type: 'iteration-node-end',
      count: 3,
      ...at(3901, 0),
      ...of(2, 3, 3),
    }),
    row('check', {
      name: 'Check total',
      type: 'ifly-code',
      status: 'recovered',
      count: 2,
      ...at(4060, 240),
      ...of(1, 5, 9),
    }),
    row('save', {
      name: 'Click save',
      type: 'rpa',
      status: 'failed',
      failing: true,
      error:
        'RPA node request failed(Task execution failed: -1-element not found: #btnSave), code 21300',
      ...at(4300, 3600),
      ...of(1, 6, 9),
    }),
    row('notify', {
      name: 'Notify accounting',
      type: 'plugin',
      status: 'cancelled',
      inferred: true,
      ...at(4300, 2000),
      ...of(1, 7, 9),
    }),
    row('message', {
      name: 'Tell the customer about the invoice and what happens next',
      type: 'message',
      status: 'notRun',
      beginMs: null,
      durationMs: null,
      ...of(1, 8, 9),
    }),
    row('end', {
      name: '结束',
      type: 'node-end',
      status: 'notRun',
      beginMs: null,
      durationMs: null,
      ...of(1, 9, 9),
    }),
  ];
}
