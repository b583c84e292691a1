import type { Page } from 'playwright-core';
import type { ExecutionRow } from '../../src/protocol/list.ts';
import { RequestError } from '../../src/protocol/packet.ts';
import type { TreeRow } from '../../src/protocol/tree.ts';
import { completionsAt } from '../../src/answers/completions.ts';
import { parseQuery } from '../../src/query/parseQuery.ts';
import type { SourceError } from '../../src/record/recordSource.ts';
import type { RejectedRecord } from '../../src/trace/rejected.ts';
import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';
import type { StoredTextQuery } from '../../src/protocol/storedText.ts';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { someHits } from './findData.ts';
import { failingStep, logLines, named, nodeContent, wholeExecution } from './inspectorContents.ts';
import { someStates } from './graphData.ts';
import { pastRuns, someNumbers } from './numbersData.ts';
import {
  aHealth,
  anExecution,
  aSeed,
  aTree,
  executions,
  invoiceFlow,
  liveStatus,
  nothingToComplete,
} from './panelData.ts';
import { aProblem, aSlowFailure, someProblems, twoKinds } from './problemsData.ts';
import { invoiceRows, row } from './treeRows.ts';

/** A state that the panel can be in, by names of its elements alone: it is the same in every language. */
export interface PanelState {
  readonly name: string;
  readonly options?: PanelOptions;
  /** What of the page is other than in the states before; null: all of it. */
  readonly part: string | null;
  /** Leads there from the opened panel. */
  readonly enter: (panel: OpenPanel) => Promise<unknown>;
}

/** Rows with every state and every mark. */
function manyRows(): TreeRow[] {
  return [
    ...invoiceRows(),
    row('running', { status: 'running', endMs: null, durationMs: null, name: 'Wait for the bank' }),
    row('stalled', { status: 'stalled', endMs: null, durationMs: null, name: 'Wait for the user' }),
    row('unended', { status: 'unended', endMs: null, durationMs: null, name: 'Send the mail' }),
    row('retried', {
      ...{ name: 'Upload', status: 'recovered', count: 3, attempts: true, isMadeGood: true },
      lostMs: 900,
      beginMs: Date.parse('2026-11-23T16:47:41.903Z'),
    }),
    row('mixed', {
      name: 'Read',
      status: 'failed',
      mixesRounds: true,
      error: 'timed out',
      round: 2,
    }),
    row('items', {
      ...{ name: 'For each row', type: 'iteration', count: 4 },
      failedItems: { total: 4, failed: 2, items: [1, 3] },
    }),
    row('robot', {
      ...{ name: '1958443321', type: 'rpa-server', nodeId: '' },
      ...{ execution: 'rpa/spf5', executionKind: 'rpa' },
    }),
  ];
}

const outcomes: readonly ExecutionRow['outcome'][] = [
  ...(['stalled', 'succeeded', 'cancelled', 'failed', 'unreported', 'running'] as const),
];

const rejected = (offset: number, parts: Partial<RejectedRecord> = {}): RejectedRecord => ({
  ...{ topic: 'spark-agent-builder', partition: 2, offset: String(offset), reason: 'notJson' },
  ...{ detail: 'position 0', timestampMs: 1_795_452_458_903, bytes: 27, form: 'text', whole: true },
  preview: 'hello token=••••c3f1 world',
  ...parts,
});

/** A panel with executions of every outcome, one of them failed and open. */
export function withExecutions(parts: PanelOptions = {}): PanelOptions {
  return {
    ...parts,
    prepare: (engine) => {
      engine.rows = executions(8).map((execution, index) => ({
        ...execution,
        outcome: outcomes[index] ?? execution.outcome,
        name: index === 2 ? '7379450201923928067' : execution.name,
      }));
      engine.rows[1] = anExecution(7, {
        ...{ kind: 'link', service: 'spark-link', name: 'tool@8f21c3' },
      });
      engine.flowKeys = new Set(engine.rows.slice(0, 6).map(({ key }) => key));
      engine.status = liveStatus;
      engine.rejected = [rejected(17), rejected(16)];
      engine.treeOf = (execution) => ({ ...aTree(execution), rows: manyRows(), totalRows: 20 });
      engine.faultsOf = (filter) => parseQuery(filter, 0).faults;
      engine.complete = ({ filter, cursor }) => completionsAt(filter, cursor, nothingToComplete);
      engine.inspect = (_key, key) => {
        const found = manyRows().find((candidate) => candidate.key === key);
        if (found === undefined) return wholeExecution();
        if (found.status === 'notRun') return { kind: 'notRun', row: found };
        return found.key === 'save' ? failingStep() : nodeContent({}, found);
      };
      parts.prepare?.(engine);
    },
    saved: { selected: 'workflow/spf5', row: 'save', ...(parts.saved as object) },
    seed: { hasStarted: true, flow: invoiceFlow, ...parts.seed },
  };
}

const state = (
  name: string,
  part: string | null,
  enter: (panel: OpenPanel) => Promise<unknown>,
  parts: PanelOptions = {},
): PanelState => ({
  ...{ name, part },
  options: withExecutions(parts),
  enter: async (panel) => {
    await panel.page
      .locator('.inspector-head, .empty-state, .figure-cards, .problem-rows, .flow-view')
      .first()
      .waitFor();
    await enter(panel);
  },
});

const tab = async (page: Page, name: string) => {
  await page.locator(`#inspector-tab-${name}`).click();
  await page.locator('.inspector-panel').waitFor();
};

const empty = (
  name: string,
  source: Parameters<OpenPanel['engine']['setState']>[0],
): PanelState => ({
  ...{ name, part: '.empty-state' },
  options: { prepare: (engine) => (engine.status = { ...liveStatus, state: source }) },
  enter: ({ page }) => page.locator('.empty-state').waitFor(),
});

const banner = (name: string, source: Parameters<OpenPanel['engine']['setState']>[0]): PanelState =>
  state(name, '.banners, .header', async ({ engine, page }) => {
    engine.setState(source);
    await page.locator('.banner').first().waitFor();
  });

const openForm = async ({ page }: OpenPanel) => {
  await page.locator('.way').first().click();
  await page.locator('.connect-form').waitFor();
};

const unreachable: SourceError = {
  ...{ reason: 'unreachable', subject: '127.0.0.1:1', detail: 'ECONNREFUSED 127.0.0.1:1' },
};
const noTopic: SourceError = {
  ...{ reason: 'noSuchTopic', subject: 'orders', detail: 'UNKNOWN_TOPIC_OR_PARTITION' },
  topics: ['spark-agent-builder', 'invoices'],
};
const loss = { cause: 'memory', detail: 'heap', deaths: 6, comesBack: false } as const;

const compareWithLastGood = async (page: Page) => {
  const fold = page.locator('.finding-fold').first();
  if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
  await page.locator('.compare-last-good').click();
  await page.locator('.compare-note, .compare-row').first().waitFor();
};

/** Looks for a text in the opened execution. */
export const findInExecution = async (page: Page, text: string) => {
  await page.locator('.tree').focus();
  await page.keyboard.press('Control+f');
  await page.locator('.find-bar input').fill(text);
};

/** Two beside the one that has no name. */
const production: ConnectionForm = {
  ...aSeed().connection,
  ...{ brokers: 'kafka.example:9093', topic: 'orders', tls: true },
  mark: { name: 'production', color: 'red' },
};
const connections = [
  aSeed().connection,
  { ...aSeed().connection, topic: 'tests', mark: { name: 'test', color: null } },
  production,
];

/** Where there is no room for a list it is behind a button. */
const openList = async (page: Page) => {
  const button = page.locator('.picker-button');
  if (!(await button.isVisible())) return;
  await button.click();
  await page.locator('.picker-list .execution-row').first().waitFor();
};

/** A step that something was found at, or in. */
const place = {
  ...{ row: 'save', nodeId: 'rpa::save', name: 'Click save', type: 'rpa', match: null, path: '' },
};

const address = (n: number) => `http://minio:9000/workflow/3f1d5ab0c2de4c57a3f09b7d1f2e4c6${n}.txt`;

/** Of four large values one is fetched, one is on this machine itself, one can’t be had; one is not asked for. */
const storedValues = (): ReturnType<typeof nodeContent> =>
  nodeContent({
    output: [
      ...[1, 2, 3].map((n) => named(`invoice ${String(n)}`, address(n), { form: 'link' })),
      named('message', { role: 'assistant', content: address(4) }),
    ],
    logs: [{ level: '', message: address(5), time: '' }, ...logLines(3)],
  });

const fetchStored: OpenPanel['engine']['fetchStored'] = ({ name, consent }: StoredTextQuery) => {
  const { host } = consent;
  if (name === 'invoice 1') {
    const value = named(name, { vendor: '合肥启明办公', total: 1280.5 }, { form: 'jsonText' });
    return Promise.resolve({ ok: true, bytes: 6_210, value });
  }
  const near = { reason: 'near', host, address: '127.0.0.1', place: 'machine' } as const;
  const missed = { reason: 'unreachable', host, detail: 'ENOTFOUND' } as const;
  return Promise.resolve({ ok: false, error: name === 'invoice 2' ? near : missed });
};

/** The states of the panel, each looked at by itself. */
export const panelStates: readonly PanelState[] = [
  { name: 'welcome', part: null, enter: ({ page }) => page.locator('.way').first().waitFor() },
  {
    name: 'connect form with all its fields',
    part: null,
    enter: async (panel) => {
      await openForm(panel);
      await panel.page.locator('.fold:has(.tls) > summary').click();
      await panel.page.locator('vscode-checkbox').click();
      // The last of each asks for the most.
      for (const name of ['mechanism', 'start']) {
        await panel.page.locator(`vscode-dropdown.${name}`).click();
        await panel.page.locator(`vscode-dropdown.${name} vscode-option`).last().click();
      }
      await panel.page.locator('.date-field').waitFor();
    },
  },
  {
    name: 'connect form with what is missing',
    part: '.connect-form',
    enter: async (panel) => {
      await openForm(panel);
      await panel.page.locator('.brokers input').fill('nonsense');
      await panel.page.locator('.connect').click();
      await panel.page.locator('.field-lack:not(:empty)').first().waitFor();
    },
  },
  {
    name: 'connect form, not trusted',
    part: '.connect-form',
    options: { seed: { trusted: false } },
    enter: openForm,
  },
  {
    name: 'connect form of a connection with a name',
    part: '.connect-form',
    options: { seed: { connections, connection: production } },
    enter: async (panel) => {
      await openForm(panel);
      await panel.page.locator('.fold:has(.connection-name) > summary').click();
      await panel.page.locator('.connection-color').waitFor();
    },
  },
  {
    name: 'a test of the connection that failed',
    part: '.connect-form',
    options: { host: { testConnection: () => ({ ok: false, error: noTopic }) } },
    enter: async (panel) => {
      await openForm(panel);
      await panel.page.locator('.test-connection').click();
      await panel.page.locator('.topic').first().waitFor();
    },
  },
  {
    name: 'a test of the connection that passed',
    part: '.connect-form',
    enter: async (panel) => {
      await openForm(panel);
      await panel.page.locator('.test-connection').click();
      await panel.page.locator('.test-line.passed').waitFor();
    },
  },
  { ...empty('opening', { kind: 'connecting' }), part: null },
  empty('listening', { kind: 'live', lag: 0 }),
  empty('paused without an execution', { kind: 'paused', lag: 0 }),
  empty('retrying without an execution', { kind: 'retrying', error: unreachable, attempt: 3 }),
  empty('failed without an execution', { kind: 'failed', error: noTopic }),
  empty('a file without an execution', { kind: 'ended' }),
  empty('reading a file', { kind: 'reading', doneBytes: 40, totalBytes: 100 }),
  state('list, tree and values', null, ({ page }) =>
    page.locator('.inspector-section').first().waitFor(),
  ),
  state('the list has the focus', '.list-region, .picker', ({ page }) =>
    page.locator('.execution-rows, .picker-button').first().focus(),
  ),
  state('the picker, where there is no room for a list', '.list-region, .picker', ({ page }) =>
    openList(page),
  ),
  state(
    'the end of the list, and what may come behind it',
    '.list-region, .picker',
    async ({ page }) => {
      await openList(page);
      await page.locator('.list-earlier button').last().waitFor();
    },
    {
      prepare: (engine) => {
        engine.status = {
          ...engine.status,
          reach: { sinceMs: Date.parse('2026-11-24T04:00:00Z'), before: 400, state: 'idle' },
        };
        engine.earlier = { isLooking: false, backToMs: null, found: 0, hasMore: true };
      },
    },
  ),
  state(
    'the end of the history',
    '.list-region, .picker',
    async ({ page }) => {
      await openList(page);
      await page.locator('.execution-row[aria-selected="false"] .codicon-history').waitFor();
    },
    {
      prepare: (engine) => {
        engine.rows = engine.rows.map((one, at) =>
          at === 5 ? { ...one, summaryOnly: true } : one,
        );
        const sinceMs = Date.parse('2026-11-24T04:00:00Z');
        engine.status = { ...engine.status, reach: { sinceMs, before: 0, state: 'idle' } };
        engine.earlier = { isLooking: false, backToMs: sinceMs, found: 20, hasMore: false };
      },
    },
  ),
  state('the tree has the focus', '.tree', async ({ page }) => {
    await page.locator('.tree-rows').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
  }),
  state('the legend of the bars', '.tree', async ({ page }) => {
    const button = page.locator('.tree-legend-button');
    // Without room for bars there is nothing to explain.
    if (!(await button.isVisible())) return;
    await button.click();
    await page.locator('.tree-legend-box').waitFor();
  }),
  state('a step that did not run', '.tree-and-inspector', async ({ page }) => {
    await page.locator('[data-node-id="rpa::message"] .tree-label').click();
    await page.locator('.inspector-not-run').waitFor();
  }),
  state('steps in their flow', '.tree-and-inspector', async ({ page }) => {
    await page.locator('.steps-switch button').last().click();
    await page.locator('.flow-node').first().waitFor();
    await page.locator('.flow-screen').focus();
    await page.keyboard.press('Control+f');
    await page.locator('.flow-find input:focus').waitFor();
    await page.keyboard.type('step');
  }),
  state(
    'a flow as an editor of its own',
    null,
    ({ page }) => page.locator('.flow-node').first().waitFor(),
    { seed: { flowView: 'file:///invoice-entry.yaml' }, saved: undefined },
  ),
  state(
    'a flow that changed since, with its legend and all of it in sight',
    '.tree-and-inspector',
    async ({ page }) => {
      await page.locator('.steps-switch button').last().click();
      await page.locator('.flow-note').waitFor();
      for (const icon of ['screen-full', 'info']) {
        await page.locator(`.flow-tools .codicon-${icon}`).click();
      }
      await page.locator('.flow-legend').waitFor();
    },
    {
      prepare: (engine) => {
        const none = { count: 0, names: [] };
        const gone = { count: 1, names: ['Old step'] };
        engine.graphStates = (query) => ({
          ...someStates(query),
          since: {
            ...{ added: none, moved: none, renamed: none, gone },
            then: { commit: { hash: '1a2b3c4d5e6f', atMs: 0 } },
          },
        });
      },
    },
  ),
  state(
    'the execution itself',
    '.detail',
    ({ page }) => page.locator('.inspector-section').first().waitFor(),
    {
      saved: { row: null },
      prepare: (engine) => {
        engine.treeOf = (execution) => ({ ...aTree(execution), rows: [], totalRows: 0 });
      },
    },
  ),
  state('configuration with masked values', '.inspector', ({ page }) => tab(page, 'config')),
  state('logs with levels that are hidden', '.inspector', async ({ page }) => {
    await tab(page, 'logs');
    await page.locator('.inspector-level').first().click();
    await page.locator('.inspector-level').nth(1).click();
  }),
  state('timing', '.inspector', ({ page }) => tab(page, 'timing')),
  state(
    'a failed round',
    '.inspector',
    async ({ page }) => {
      await page.locator('#inspector-tab-input, #inspector-tab-io').first().click();
      await page.locator('.inspector-rounds').waitFor();
    },
    {
      prepare: (engine) => {
        const failed = row('save', {
          ...{ status: 'failed', count: 4, name: 'Click save' },
          failedItems: { total: 4, failed: 2, items: [1, 3] },
        });
        const values = [0, 1, 2, 3].map((round) => named('amount', round * 12, { round }));
        engine.inspect = () => nodeContent({ input: values, output: values }, failed);
      },
    },
  ),
  state(
    'large values that are stored elsewhere',
    '.inspector',
    async ({ page }) => {
      // Where there is room it is one with the input.
      await page.locator('#inspector-tab-input, #inspector-tab-output').last().click();
      const buttons = page.locator('.inspector-stored .inspector-button');
      for (const at of [2, 1, 0]) await buttons.nth(at).click();
      await page.locator('.inspector-panel [role=alert]').nth(1).waitFor();
      await page.getByText('合肥启明办公').waitFor();
    },
    {
      prepare: (engine) => {
        engine.inspect = storedValues;
        engine.fetchStored = fetchStored;
      },
    },
  ),
  state(
    'the beginning of a large value',
    '.inspector',
    async ({ page }) => {
      await tab(page, 'input');
      const rows = page.locator('.inspector-json-row', { hasText: 'rows:' }).first();
      await rows.locator('.inspector-json-name').click();
      await page.locator('.inspector-more').waitFor();
    },
    {
      prepare: (engine) => {
        const rows = Array.from({ length: 300 }, (_, id) => ({ id, name: `Customer ${id}` }));
        const leftOut = [{ path: ['rows'], size: 5_000 }];
        const table = named('table', { sheet: 'June', rows }, { leftOut });
        engine.inspect = () => nodeContent({ input: [table] });
      },
    },
  ),
  state(
    'what a model streamed, in its frames',
    '.inspector',
    async ({ page }) => {
      await tab(page, 'logs');
      await page.locator('[data-log="stream:0"] button[aria-expanded]').click();
      await page.locator('[data-log="1"]').waitFor();
    },
    {
      prepare: (engine) => {
        const streams = [
          { lines: [0, 1], frames: 2, text: 'amount: 1280.5', reasoning: 'Where is the total?' },
        ];
        engine.inspect = () => nodeContent({ logs: logLines(4), streams });
      },
    },
  ),
  state('a search that found something', '.inspector', async ({ page }) => {
    await page.locator('.inspector-toolbar .codicon-search').click();
    await page.keyboard.type('btn');
    await page.locator('.inspector-match-current').first().waitFor();
  }),
  state('a search that found nothing', '.inspector-search', async ({ page }) => {
    await page.locator('.inspector-toolbar .codicon-search').click();
    await page.keyboard.type('zzz');
    await page.locator('.inspector-search-none').waitFor();
  }),
  state('what was found in the execution', '.find-panel', async ({ page }) => {
    await findInExecution(page, '启明');
    await page.locator('.find-hit').nth(3).click();
    await page.locator('.inspector-match-current').waitFor();
  }),
  state(
    'a search of the execution that goes on',
    '.find-panel',
    async ({ page }) => {
      await findInExecution(page, 'x');
      await page.locator('.find-note').waitFor();
    },
    {
      prepare: (engine) => {
        engine.find = (query) => someHits(query, { state: 'searching', share: 0.42, unread: 2 });
      },
    },
  ),
  state(
    'a pattern that is none',
    '.find-panel',
    async ({ page }) => {
      await findInExecution(page, '(');
      await page.locator('.find-note').waitFor();
    },
    {
      prepare: (engine) => {
        const fault = { kind: 'invalid', detail: 'Unterminated group' } as const;
        engine.find = (query) => someHits(query, { total: 0, hits: [], fault });
      },
    },
  ),
  state(
    'a search of the execution that found nothing',
    '.find-panel',
    async ({ page }) => {
      await findInExecution(page, 'zzz');
      await page.locator('.find-note').waitFor();
    },
    {
      prepare: (engine) => {
        const stored = { count: 2, first: place };
        engine.find = (query) => someHits(query, { total: 0, rows: 0, hits: [], stored });
      },
    },
  ),
  state('the way of a value', '.trail-panel', async ({ page }) => {
    await page.locator('.inspector-tab').first().click();
    await page.locator('.inspector-value .codicon-type-hierarchy-super').first().click();
    await page.locator('.trail-end').waitFor();
  }),
  state('the menu', '.header', async ({ page }) => {
    await page.locator('.menu-button').click();
    await page.locator('.menu').waitFor();
  }),
  state('suggestions for the filter', '.header', async ({ page }) => {
    await page.locator('.filter-input').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('.completion').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('.completion[aria-selected=true]').waitFor();
  }),
  state(
    'a wrong word in the filter, and a search',
    '.header, .summary-line',
    async ({ page, engine }) => {
      engine.search = { searched: 1_200, unavailable: 0, total: 5_000 };
      await page.locator('.filter-input').focus();
      await page.keyboard.type('statsu:failed ');
      await page.locator('.filter-fault').waitFor();
    },
  ),
  state('nothing matches the filter', '.empty-state', async ({ page }) => {
    await page.locator('.filter-input').focus();
    await page.keyboard.type('zzz');
    await page.locator('.filter-clear').waitFor();
    await page.locator('.empty-state').waitFor();
  }),
  state('none of this flow', null, ({ page }) => page.locator('.empty-state').waitFor(), {
    saved: { selected: null },
    prepare: (engine) => (engine.flowKeys = new Set()),
  }),
  state('newer executions', '.list-head, .picker', async ({ page, engine }) => {
    const list = page.locator('.execution-rows');
    if (await list.isVisible()) await list.focus();
    engine.flowKeys = null;
    engine.arrive(anExecution(9), anExecution(10));
    await page.locator('.newer-pill').waitFor();
  }),
  state('news of another flow', '.summary-line, .news-note', async ({ page, host }) => {
    host.emit('news', {
      ...{ severity: 'error', key: 'workflow/spf8' },
      sentence: 'order-intake failed at “Click save” (20805).',
      goTo: 'Go to “Click save” in order-intake.yml',
    });
    await page.locator('.news-words').waitFor();
  }),
  banner('retrying', { kind: 'retrying', error: unreachable, attempt: 3 }),
  banner('failed', { kind: 'failed', error: noTopic }),
  banner('read in part', { kind: 'endedEarly', doneBytes: 40, totalBytes: 100 }),
  banner('stuck', {
    ...{ kind: 'stuck', lag: 40, more: 0 },
    batch: {
      ...{ topic: 'spark-agent-builder', partition: 3, offset: '120', lastOffset: '139' },
      ...{ fault: 'checksum', bytes: 9_000, detail: '34865cf8 instead of bba43d2b' },
    },
  }),
  state(
    'the engine is lost, and more is wrong',
    '.banners, .header',
    async ({ host, engine, page }) => {
      engine.status = {
        ...engine.status,
        redactionProblems: [{ level: 'user', index: 1, fault: { kind: 'givenUp' } }],
        caution: { storeBytes: 16_000_000, maxExecutions: 500, lastRecords: 20 },
      };
      engine.pushStatus();
      host.emit('engineLost', loss);
      await page.locator('.banner').nth(2).waitFor();
    },
  ),
  state(
    'a connection with a name and a color',
    '.header',
    ({ page }) => page.locator('.connection-mark').waitFor(),
    {
      prepare: (engine) => {
        const { source } = engine.status;
        const mark = { name: 'production', color: 'red' } as const;
        engine.status = { ...engine.status, source: { ...source, mark } };
      },
    },
  ),
  state('an opened file, read to its end', '.header', ({ engine, page }) => {
    engine.setState({ kind: 'ended' }, { kind: 'files', name: 'invoices.jsonl' });
    return page.locator('.source-state .codicon-check').waitFor();
  }),
  state(
    'numbers',
    null,
    async ({ page }) => {
      await page.locator('.numbers tbody tr').first().waitFor();
      await page.locator('.figure-button').first().focus();
    },
    { saved: { page: 'numbers', range: 'day' } },
  ),
  state(
    'numbers as tables, and a place of a chart',
    '.numbers',
    async ({ page }) => {
      await page.locator('.chart-table-switch').first().click();
      await page.locator('.chart .numbers-pages').waitFor();
      await page.locator('.chart-plot').first().focus();
    },
    { saved: { page: 'numbers', range: 'day' } },
  ),
  state(
    'the dashboard, of a time of one’s own',
    '.header, .numbers-head',
    async ({ page }) => {
      await page.locator('.own-range .date-field').last().fill('2026-11-19 00:00');
      await page.keyboard.press('Enter');
      await page.locator('.own-fault').waitFor();
    },
    {
      seed: { isDashboard: true },
      saved: { page: 'numbers', range: 'own', own: { fromMs: 1.7955e12, toMs: 1.7956e12 } },
    },
  ),
  state(
    'numbers of a part, their last charts and tables',
    '.numbers',
    async ({ page }) => {
      await page.locator('.numbers-notes').waitFor();
      await page.locator('.numbers-section').last().scrollIntoViewIfNeeded();
    },
    {
      saved: { page: 'numbers', range: 'day', scope: 'all' },
      prepare: (engine) => {
        engine.numbers = async (query) => ({
          ...(await someNumbers(query, pastRuns.slice(-60))),
          pending: 12,
        });
      },
    },
  ),
  state(
    'no numbers, and why',
    '.numbers',
    ({ page }) => page.locator('.numbers .empty-state').waitFor(),
    {
      saved: { page: 'numbers', range: 'hour' },
      prepare: (engine) => {
        engine.numbers = (query) => someNumbers(query, []);
      },
    },
  ),
  state(
    'numbers that can’t be counted any more',
    '.numbers',
    async ({ page, engine }) => {
      await page.locator('.numbers tbody tr').first().waitFor();
      engine.numbers = () => {
        throw new RequestError({ reason: 'internal', message: 'The history can’t be read' });
      };
      await page.locator('.numbers-ranges button').first().click();
      await page.locator('.page-failed').waitFor();
    },
    { saved: { page: 'numbers', range: 'day' } },
  ),
  state(
    'problems, one of them new',
    null,
    async ({ page }) => {
      await page.locator('.problem-rows').focus();
      await page.locator('.problem-besides').waitFor();
    },
    { saved: { page: 'problems' } },
  ),
  state(
    'problems that are resolved',
    '.problems',
    async ({ page }) => {
      await page.locator('.problem-row.chosen').waitFor();
      await page.locator('.problem-row').last().click();
    },
    { saved: { page: 'problems', problemGroup: 'resolved' } },
  ),
  state(
    'a problem that was put together by hand',
    '.problems',
    async ({ page }) => {
      await page.locator('.problem-ask').waitFor();
      for (const fold of await page
        .locator('.problem-detail details:not([open]) > summary')
        .all()) {
        await fold.click();
      }
    },
    {
      saved: { page: 'problems' },
      prepare: (engine) => {
        const text = 'Order 1 is gone';
        const lineage = ['invoice-entry', 'invoice-entry-2'].map((name, at) => ({
          ...{ flow: name, name, beginMs: Date.parse('2026-11-24T04:00:00Z') + at },
        }));
        const byHand = aProblem({
          ...{ changedMs: 5, mark: 'seen', lineage, joins: twoKinds },
          besides: [{ signature: '1-e', text: 'Disk full', nodeName: 'Click save', telling: '' }],
          parts: [
            { signature: '1-a.1', text, telling: '', count: 2, isMoved: false },
            { signature: '1-f', text: 'Order 2 is gone', telling: '', count: 1, isMoved: true },
          ],
        });
        engine.problems = (query) => someProblems(query, [byHand]);
      },
    },
  ),
  state('no problem', '.problems', ({ page }) => page.locator('.problems .empty-state').waitFor(), {
    saved: { page: 'problems' },
    prepare: (engine) => {
      engine.problems = (query) => someProblems(query, [], { pending: 12, unknown: 3 });
    },
  }),
  state(
    'a failure of a problem, slower than usual',
    '.execution-head',
    async ({ page }) => {
      await page.locator('.its-problem .item-link').waitFor();
      await page.locator('.diagnosis-step summary').nth(4).click();
    },
    {
      saved: { stepsOpen: true, why: 'open' },
      prepare: (engine) => {
        engine.ownPast = aSlowFailure;
      },
    },
  ),
  state(
    'all that the card of a failure holds',
    '.execution-head',
    async ({ page }) => {
      const signs = page.locator('.why-folds .remedies .item-link').first();
      // Opening one moves the others.
      for (let at = 0; at < (await page.locator('.why-folds details').count()); at++) {
        await page.locator('.why-folds summary').nth(at).press('Enter');
      }
      await signs.waitFor();
    },
    {
      saved: { why: 'open' },
      prepare: (engine) => {
        const sign = { section: 'input', name: 'amount', type: 'text', text: '', place } as const;

        engine.signs = (query) => ({
          ...{ query, goodRuns: 7 },
          signs: [
            {
              ...sign,
              kind: 'otherType',
              expected: 'number',
              isDeclared: true,
              goodRuns: 0,
            },
            { ...sign, kind: 'empty', expected: null, isDeclared: false, goodRuns: 7 },
          ],
        });
      },
    },
  ),
  state('two executions compared, and a node side by side', '.page', async ({ page }) => {
    await compareWithLastGood(page);
    await page.locator('.compare-group summary').first().click();
    await page.locator('.compare-changed').first().click();
    await page.locator('.side-differs').first().waitFor();
  }),
  state('the ways of two executions in their flow', '.page', async ({ page }) => {
    await compareWithLastGood(page);
    await page.locator('.compare-ways vscode-button').last().click();
    await page.locator('.compare-flow .flow-node').first().waitFor();
  }),
  state(
    'nothing to compare with',
    '.page',
    async ({ page }) => {
      await compareWithLastGood(page);
      await page.locator('.compare-note').waitFor();
    },
    { prepare: (engine) => (engine.compare = (query) => ({ kind: 'noGoodRun', query })) },
  ),
  state('health', null, async ({ engine, page }) => {
    engine.health = aHealth({ rejected: 2, lag: 9_000 });
    await page.locator('.header-buttons [aria-haspopup="menu"]').click();
    await page.locator('[role="menuitem"] .codicon-pulse').click();
    await page.locator('.health-warning').nth(1).waitFor();
  }),
  state('rejected records', null, async ({ page }) => {
    await page.locator('.rejected-count').click();
    await page.locator('.rejected-record summary').first().click();
    await page.locator('.rejected-preview').waitFor();
  }),
  state(
    'an execution that is gone',
    '.empty-state',
    ({ page }) => page.locator('.empty-title .codicon-history').waitFor(),
    {
      prepare: (engine) => {
        engine.treeOf = () => {
          throw new RequestError({ reason: 'notFound', message: 'gone' });
        };
      },
    },
  ),
  state(
    'a panel that stays',
    null,
    ({ page }) => page.locator('.inspector-section').first().waitFor(),
    {
      seed: { pinned: 'workflow/spf5' },
    },
  ),
  state(
    'a trace file',
    '.header',
    async ({ page }) => {
      await page.locator('.inspector-section').first().waitFor();
      await page.locator('.header-buttons [aria-haspopup="menu"]').click();
      await page.locator('[role="menuitem"] .codicon-package').waitFor();
    },
    { seed: { isTraceFile: true } },
  ),
  state(
    'a trace file that was changed on disk',
    '.header, .banners',
    async ({ page, host }) => {
      await page.locator('.inspector-section').first().waitFor();
      host.emit('traceFile', { name: 'order-intake-20261124-204301.rpatrace', state: 'changed' });
      await page.locator('.banner').waitFor();
    },
    { seed: { isTraceFile: true } },
  ),
  state('a drop over the panel', '.drop-target', async ({ page }) => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['{}'], 'a.json'));
      document.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true }));
    });
    await page.locator('.drop-target').waitFor();
  }),
];
