import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Vscode } from './vscode.ts';

/**
 * The toolkit writes one empty inline style when it starts; its hash lets just that one through, instead of
 * `unsafe-inline`.
 */
const emptyStyleHash = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** The panel's page. It holds no data: everything comes by message. */
export function webviewHtml(
  vscode: Vscode,
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (...path: string[]) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} ${emptyStyleHash}`,
    `font-src ${webview.cspSource}`,
    // Pictures that stand in records are drawn from where they stand: nothing is fetched.
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  const styles = ['dist/codicon.css', 'dist/webview.css'].map(
    (file) => `<link rel="stylesheet" href="${uri(...file.split('/'))}">`,
  );
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>RPA Trace</title>
${styles.join('\n')}
</head>
<body>
<div id="root"></div>
<script type="module" nonce="${nonce}" src="${uri('dist', 'webview.js')}"></script>
</body>
</html>`;
}

/** What the panel may load: its own bundle and media, nothing else. */
export function localResourceRoots(vscode: Vscode, extensionUri: vscode.Uri): vscode.Uri[] {
  return ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));
}
