'use strict';
/** Stands in for our extension, so that a fault of the launcher is told from a fault of the product. */
const vscode = require('vscode');

exports.activate = (/** @type {import('vscode').ExtensionContext} */ context) => {
  /** @param {import('vscode').WebviewPanel} panel */
  const fill = (panel) => {
    panel.webview.options = { enableScripts: true };
    panel.webview.html =
      `<script>acquireVsCodeApi().setState({})</script>` +
      `<button onclick="this.textContent = 'clicked'">${vscode.env.language}</button>`;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('rpaTrace.stub', () => {
      fill(vscode.window.createWebviewPanel('stub', 'Stub', vscode.ViewColumn.Beside));
      void vscode.window.showInformationMessage('The stub panel is open.');
    }),
    vscode.window.registerWebviewPanelSerializer('stub', {
      deserializeWebviewPanel: async (panel) => fill(panel),
    }),
  );
};
