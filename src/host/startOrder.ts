import type { Log } from '../base/log.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { orderedSource } from './sourceTable.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

/** What an order is carried out with. */
export interface OrderWorld {
  readonly vscode: Vscode;
  readonly session: Session;
  readonly panel: TracePanel;
  readonly settings: () => Settings;
  readonly log: Log;
}

/**
 * What `npm start` asks for through the environment: `sample`, or `kafka:<broker,broker>/<topic>`. Lets a
 * newcomer see the panel at work without a click.
 */
export function startAsOrdered(order: string | undefined, world: OrderWorld): void {
  if (order === undefined || order === '') return;
  const { session, panel, log } = world;
  const open = async () => {
    const source = orderedSource(order, world);
    if (!('kind' in source)) {
      const known = source.map((form) => `“${form}”`).join(' or ');
      log('warn', `RPA_TRACE_START is “${order}”; it may be ${known}`);
      return;
    }
    await session.reopen(source);
    await openFirstFlow(world);
    panel.show(true);
  };
  open().catch((error: unknown) => {
    log('error', `RPA_TRACE_START: ${String(error)}`);
  });
}

/** So that the panel has something to stand beside. */
async function openFirstFlow({
  vscode: { window, workspace },
}: Pick<OrderWorld, 'vscode'>): Promise<void> {
  if (window.tabGroups.activeTabGroup.tabs.length > 0) return;
  const [uri] = await workspace.findFiles('invoice-entry.yaml', undefined, 1);
  if (uri !== undefined) await window.showTextDocument(uri, { preview: false });
}
