import type { FlowLabel } from '../protocol/flows.ts';
import { type KeptFlow, mostKeptFlows } from '../sources/files/traceFileHead.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import { t } from './l10n.ts';
import { choose } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Which flow files go into a trace file, and those that could not be judged in time and stay out of it. */
export interface FlowsToKeep {
  readonly flows: readonly KeptFlow[];
  readonly leftOut: readonly string[];
}

/** Executions of more than these are of a handful of flows all the same. */
const mostAsked = 10_000;

/** Asks whether the flow files of executions are to be kept with them, and reads them, masked; undefined when dismissed. */
export async function flowsToKeep(
  vscode: Vscode,
  engine: Pick<EngineClient, 'call'>,
  keys: readonly ExecutionKey[],
): Promise<FlowsToKeep | undefined> {
  const labels = await engine.call('flowsOf', { keys: keys.slice(-mostAsked) });
  const wanted = labels.slice(0, mostKeptFlows);
  if (wanted.length === 0) return { flows: [], leftOut: [] };
  const [first] = wanted;
  const label =
    wanted.length === 1 && first !== undefined
      ? t('With the flow file “{0}”', first.name)
      : t('With {0} flow files', wanted.length);
  const isWith = await choose(vscode, t('Save as Trace File'), t('Select what the file holds'), [
    {
      ...{ icon: 'file-code', label, value: true },
      detail: t('Who opens it sees each step in the flow as it is now. Secrets in it are masked.'),
    },
    { icon: 'file', label: t('Executions Only'), value: false },
  ]);
  if (isWith === undefined) return undefined;
  return isWith ? readFlows(vscode, engine, wanted) : { flows: [], leftOut: [] };
}

async function readFlows(
  vscode: Vscode,
  engine: Pick<EngineClient, 'call'>,
  labels: readonly FlowLabel[],
): Promise<FlowsToKeep> {
  const flows: KeptFlow[] = [];
  const leftOut: string[] = [];
  for (const { uri: text, name } of labels) {
    const uri = vscode.Uri.parse(text);
    const document = await vscode.workspace.openTextDocument(uri);
    const masked = await engine.call('maskText', { text: document.getText() });
    const fileName = uri.path.split('/').at(-1) ?? name;
    if (masked.text === null) leftOut.push(fileName);
    else flows.push({ name: fileName, text: masked.text });
  }
  return { flows, leftOut };
}
