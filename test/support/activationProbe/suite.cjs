const { request } = require('node:http');
const vscode = require('vscode');

/** Activates the extension that RPA_TRACE_PROBE_ID names and posts what came of it to RPA_TRACE_PROBE_URL. */
exports.run = async () => {
  const id = process.env['RPA_TRACE_PROBE_ID'] ?? '';
  await post(await activate(id).catch((error) => ({ error: String(error?.stack ?? error) })));
};

/** @param {string} id */
async function activate(id) {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined) return { error: `${id} is not installed` };
  const wasActive = extension.isActive;
  const begin = performance.now();
  await extension.activate();
  const activationMs = performance.now() - begin;
  const commands = await vscode.commands.getCommands(true);
  return { path: extension.extensionPath, wasActive, activationMs, commands };
}

/** @param {object} report */
function post(report) {
  return new Promise((resolve, reject) => {
    const url = process.env['RPA_TRACE_PROBE_URL'] ?? '';
    const message = request(url, { method: 'POST' }, (answer) =>
      answer.resume().on('end', resolve),
    );
    message.on('error', reject).end(JSON.stringify(report));
  });
}
