import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import type { FlowFiles } from './flowFiles.ts';
import { t } from './l10n.ts';
import type { NodeRevealer } from './revealNode.ts';
import type { Selection } from './selection.ts';
import type { TracePanel } from './tracePanel.ts';

/** Where it is looked for the step, and who shows it. */
interface JumpWorld {
  readonly engine: EngineClient;
  readonly flowFiles: FlowFiles;
  readonly panel: TracePanel;
  readonly revealer: NodeRevealer;
  readonly selection: Selection;
}

/** The newest failed execution of the open flow file, else of all. */
export async function jumpToFailingStep(world: JumpWorld): Promise<void> {
  const { engine, flowFiles, panel, revealer } = world;
  const selected = await failedSelection(world);
  const active = flowFiles.active;
  const inFlow =
    active === null
      ? null
      : await engine.call('latest', { scope: { kind: 'flow', uri: active.uri }, failed: true });
  const key =
    selected ?? inFlow ?? (await engine.call('latest', { scope: { kind: 'all' }, failed: true }));
  if (key === null) {
    panel.say(t('No failed execution so far.'));
    return;
  }
  // Of the one that is open too: the step that the cursor goes to is the one that the panel shows.
  panel.emit('select', { key, nodeId: null, rowKey: null });
  if (selected === null && world.selection.key !== null) {
    panel.say(t('The selected execution didn’t fail. This is the newest one that did.'), key);
  }
  await revealer.reveal(key, 'failing', false);
}

/** What is selected in the panel, unless it went well: then the newest failure is meant. */
async function failedSelection({ engine, selection }: JumpWorld): Promise<ExecutionKey | null> {
  const { key } = selection;
  if (key === null) return null;
  const answer = await engine.call('locate', { key, target: 'failing' }).catch(() => null);
  return answer === null || answer.kind === 'notFailed' ? null : key;
}
