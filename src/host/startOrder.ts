import * as vscode from 'vscode';
import type { Log } from './log.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import type { TracePanel } from './tracePanel.ts';

/**
 * What `npm start` asks for through the environment: `sample`, or `kafka:<broker,broker>/<topic>`. Lets a
 * newcomer see the panel at work without a click.
 */
export function startAsOrdered(
  order: string | undefined,
  world: {
    readonly session: Session;
    readonly panel: TracePanel;
    readonly settings: () => Settings;
    readonly log: Log;
  },
): void {
  if (order === undefined || order === '') return;
  const { session, panel, settings, log } = world;
  const open = async () => {
    const kafka = /^kafka:(?<brokers>[^/]+)\/(?<topic>.+)$/.exec(order)?.groups;
    if (kafka !== undefined) {
      const form = { ...settings().connection, hasPassword: false };
      await session.connect({
        ...form,
        brokers: kafka['brokers'] ?? form.brokers,
        topic: kafka['topic'] ?? form.topic,
      });
    } else if (order === 'sample') {
      await session.playSample();
    } else {
      log('warn', `RPA_TRACE_START is “${order}”; it may be “sample” or “kafka:<brokers>/<topic>”`);
      return;
    }
    await openFirstFlow();
    panel.show(true);
  };
  open().catch((error: unknown) => {
    log('error', `RPA_TRACE_START: ${String(error)}`);
  });
}

/** So that the panel has something to stand beside. */
async function openFirstFlow(): Promise<void> {
  if (vscode.window.tabGroups.activeTabGroup.tabs.length > 0) return;
  const [uri] = await vscode.workspace.findFiles('invoice-entry.yaml', undefined, 1);
  if (uri !== undefined) await vscode.window.showTextDocument(uri, { preview: false });
}
