import type { LocateAnswer, NodeLocation } from '../protocol/flows.ts';
import type { OpensFlowThen } from './opensFlowThen.ts';
import { t } from './l10n.ts';
import { SourceLines, type SourceLinesWorld } from './sourceLines.ts';
import { askForFiles, choose, tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Says that a flow file does not hold a node, and leads to the file as it was when the node ran. */
export async function tellMissing(
  world: {
    readonly vscode: Vscode;
    readonly flowsOfThen: OpensFlowThen;
    readonly say: (sentence: string) => void;
  },
  { uri, flowName, ranMs }: Omit<Extract<LocateAnswer, { kind: 'notInFlow' }>, 'kind'>,
): Promise<void> {
  const { vscode, flowsOfThen, say } = world;
  if (ranMs === null) {
    say(t('“{0}” doesn’t contain this node. Open the version that was run.', flowName));
    return;
  }
  const open = t('Open Version That Ran');
  const sentence = t('“{0}” has changed since this run: it doesn’t contain the node.', flowName);
  const picked = await tell(vscode, 'information', sentence, open);
  if (picked === open) await flowsOfThen.open(uri, ranMs);
}

/** Offers to open a flow file where none is known. */
export async function offerFlowFile(vscode: Vscode): Promise<void> {
  const open = t('Open Flow File…');
  const picked = await tell(
    vscode,
    'information',
    t(
      'No flow file in this workspace contains the nodes of this execution. Export the workflow from the console and open it here.',
    ),
    open,
  );
  if (picked !== open) return;
  const filters = { [t('Flow files')]: ['yml', 'yaml', 'json'] };
  const [uri] = await askForFiles(vscode, { filters });
  if (uri !== undefined) await vscode.window.showTextDocument(uri);
}

/** Opens a line of a robot's source. */
export function openSource(
  world: SourceLinesWorld,
  source: string,
  preserveFocus: boolean,
): Promise<void> {
  return new SourceLines(world).open(source, preserveFocus);
}

/** Lets the reader choose among places that match a node. */
export function chooseLocation(
  vscode: Vscode,
  candidates: readonly NodeLocation[],
  areFiles: boolean,
): Promise<NodeLocation | undefined> {
  const pathOf = ({ uri }: NodeLocation) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  if (areFiles) {
    return choose(
      vscode,
      t('Several flow files contain these nodes'),
      t('Select the flow file of these executions'),
      candidates.map((value) => ({
        ...{ icon: 'file-code', label: pathOf(value), description: value.flowName, value },
      })),
    );
  }
  return choose(
    vscode,
    t('Several places match this node'),
    t('Select where to go'),
    candidates.map((location) => ({
      label: location.nodeName === '' ? location.nodeId : location.nodeName,
      description: location.nodeId,
      detail: pathOf(location),
      value: location,
    })),
  );
}
