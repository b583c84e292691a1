/**
 * A page with the tree or the inspector alone, driven by the test: `show(props)` draws, `calls` tells what
 * the component said.
 */
import { render } from 'preact';
import type { HandedText } from '../../webview/inspector/valueMenu.ts';
import type { Finding } from '../../src/diagnosis/finding.ts';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import type { TreeRow, TreeWindow } from '../../src/protocol/tree.ts';
import { NodeInspector } from '../../webview/inspector/nodeInspector.tsx';
import { createTranslate } from '../../webview/l10n.ts';
import { ExecutionTree } from '../../webview/tree/executionTree.tsx';

/** What a test lets the page show; functions can't cross into a page, so they are made here. */
export type Shown =
  | {
      readonly kind: 'tree';
      readonly window: TreeWindow;
      readonly selectedKey: string | null;
      readonly focusRequest: { readonly row: number; readonly n: number } | null;
    }
  | {
      readonly kind: 'inspector';
      readonly content: InspectorContent | null;
      readonly loading?: boolean;
      readonly error?: string | null;
      readonly wide?: boolean;
      readonly findings?: readonly Finding[];
    };

/** A call of one of the component's functions: its name and arguments; a row is told by its key. */
export type Call = readonly [string, ...(string | number)[]];

/** What the test finds on `window`. */
export interface ComponentPage {
  show(shown: Shown): void;
  /** Millions of rows are made in the page; they need not cross into it. */
  showMany(options: ManyRows): void;
  useTexts(bundle: Readonly<Record<string, string>>): void;
  readonly calls: Call[];
}

/** A tree of so many rows, of which the page asked for is at hand. */
export interface ManyRows {
  readonly total: number;
  /** Rows that came in above all others. */
  readonly inserted?: number;
  readonly focusRequest?: { readonly row: number; readonly n: number };
}

declare global {
  interface Window {
    componentPage: ComponentPage;
  }
}

const calls: Call[] = [];
const root = document.getElementById('root')!;
let t = createTranslate(null);
let many: ManyRows = { total: 0 };
let page = { offset: 0, limit: 200 };

window.componentPage = {
  calls,
  useTexts: (bundle) => {
    t = createTranslate(bundle);
  },
  show: (shown) => {
    if (shown.kind === 'tree') {
      const tell = (name: string) => (row: TreeRow) => void calls.push([name, row.key]);
      render(
        <ExecutionTree
          {...shown}
          t={t}
          onSelect={tell('select')}
          onToggle={tell('toggle')}
          onReveal={tell('reveal')}
          onRange={(offset, limit) => void calls.push(['range', offset, limit])}
        />,
        root,
      );
      return;
    }
    const { content, loading = false, error = null, wide = false, findings = [] } = shown;
    render(
      <NodeInspector
        {...{ content, loading, error, wide, findings, t }}
        stored={{
          hostOf: (address) => new URL(address).host,
          fetch: (_, name, address) => {
            calls.push(['fetch', name, address]);
            return new Promise(() => undefined);
          },
          cancel: () => void calls.push(['cancel']),
          openSetting: (setting) => void calls.push(['setting', setting]),
        }}
        reveal={{
          execution: 'one',
          ask: (place) => {
            calls.push(['revealValue', place.section, place.index]);
            return Promise.resolve({ header: { apiKey: 'EXAMPLE-PLAIN-KEY' } });
          },
        }}
        onReveal={() => void calls.push(['reveal'])}
        onValueMenu={() => undefined}
        onCopy={(text) => void calls.push(['copy', said(text)])}
        onOpenText={(title, text, language) =>
          void calls.push(['open', title, said(text), language])
        }
      />,
      root,
    );
  },
  showMany: (options) => {
    many = options;
    showMany();
  },
};

function showMany(): void {
  const total = many.total + (many.inserted ?? 0);
  const start = Math.max(0, Math.min(page.offset, total - page.limit));
  const end = Math.min(total, start + page.limit);
  render(
    <ExecutionTree
      window={windowOf(total, start, end)}
      selectedKey={null}
      focusRequest={many.focusRequest ?? null}
      t={t}
      onSelect={(row) => void calls.push(['select', row.key])}
      onToggle={(row) => void calls.push(['toggle', row.key])}
      onReveal={(row) => void calls.push(['reveal', row.key])}
      onRange={(offset, limit) => {
        calls.push(['range', offset, limit]);
        page = { offset, limit };
        // The engine's answer comes later, never while the page is drawn.
        queueMicrotask(showMany);
      }}
    />,
    root,
  );
}

function said(text: HandedText): string {
  return typeof text === 'string' ? text : `all of ${text.section} ${String(text.index)}`;
}

function windowOf(total: number, start: number, end: number): TreeWindow {
  const rows = Array.from({ length: end - start }, (_, index) => manyRow(start + index, total));
  const query = { key: 'many', collapsed: [], at: { offset: start }, limit: end - start };
  return {
    ...{ query, stamp: '' },
    // The tree doesn't look at it.
    summary: {} as TreeWindow['summary'],
    name: 'many',
    failing: null,
    flow: null,
    findings: [],
    extent: { beginMs: 0, endMs: total },
    totalRows: total,
    start,
    rows,
    focus: null,
    position: { topic: 't', partition: 0, offset: '0' },
    recordBytes: 1,
  };
}

function manyRow(index: number, total: number): TreeRow {
  const id = index - (many.inserted ?? 0);
  return {
    key: `run ${id}`,
    nodeId: `rpa::${id}`,
    name: `Step ${id}`,
    type: 'rpa',
    status: 'succeeded',
    inferred: false,
    failing: false,
    level: 1,
    position: index + 1,
    setSize: total,
    expanded: null,
    beginMs: index,
    endMs: index + 1,
    durationMs: 1,
    count: 1,
    round: null,
    error: null,
    tokens: 0,
    logCount: 0,
    execution: null,
    confidence: null,
    inFlow: true,
  };
}
