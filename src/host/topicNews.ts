import * as vscode from 'vscode';
import type { EngineEvents } from '../protocol/engineProtocol.ts';
import { topicNewsText } from './topicNewsText.ts';

/** Tells what became of the topic that is followed. */
export function tellTopicNews(news: EngineEvents['topicNews']): void {
  void vscode.window.showWarningMessage(
    topicNewsText(news, (message, ...args) => vscode.l10n.t(message, ...args)),
  );
}
