import type { Finding } from '../diagnosis/finding.ts';
import type { RemedyId } from '../diagnosis/remedyIds.ts';
import type { NodePart, PlaceInNode } from '../flow/flowDocument.ts';
import type { TreeWindow } from '../protocol/tree.ts';
import { msg, type Translate } from '../texts/translate.ts';
import type { NamedValue, NodeData } from '../trace/execution.ts';

/** Where a remedy leads: to a place of the failing node in its flow file, or to what the node got, masked. */
export type RemedyAction =
  | { readonly kind: 'place'; readonly name: string; readonly place: PlaceInNode }
  | { readonly kind: 'node' | 'request'; readonly name: string };

type Action =
  { readonly kind: 'place'; readonly part: NodePart } | { readonly kind: 'node' | 'request' };

const actions: Readonly<Partial<Record<RemedyId, Action>>> = {
  raiseNodeTimeout: { kind: 'place', part: 'timeout' },
  raiseRobotTimeout: { kind: 'place', part: 'timeout' },
  waitForElement: { kind: 'place', part: 'timeout' },
  watchFlakyStep: { kind: 'place', part: 'retry' },
  slowDown: { kind: 'place', part: 'retry' },
  runLater: { kind: 'place', part: 'retry' },
  checkSelector: { kind: 'place', part: 'selector' },
  makeSelectorUnique: { kind: 'place', part: 'selector' },
  checkWindow: { kind: 'place', part: 'selector' },
  fixCode: { kind: 'place', part: 'code' },
  checkNodeSettings: { kind: 'node' },
  checkReference: { kind: 'node' },
  checkTool: { kind: 'node' },
  checkModelParameters: { kind: 'node' },
  checkFailBranch: { kind: 'node' },
  checkAddress: { kind: 'request' },
  checkServiceUp: { kind: 'request' },
  checkAccount: { kind: 'request' },
  grantPermission: { kind: 'request' },
  checkInputForm: { kind: 'request' },
};

const names: Readonly<Record<NodePart, string>> = {
  timeout: msg('Go to Timeout Setting'),
  retry: msg('Go to Retry Setting'),
  selector: msg('Go to Selector'),
  code: msg('Go to Code'),
};

type Request = Pick<NodeData, 'input' | 'config'>;

/** What can be done for a remedy of a finding with one click; null where only people can. */
export function remedyAction(
  remedy: RemedyId,
  { node, codeLine }: Pick<Finding, 'node' | 'codeLine'>,
  { flow, failing, failingSettings }: Pick<TreeWindow, 'flow' | 'failing' | 'failingSettings'>,
  t: Translate,
): RemedyAction | null {
  const action = actions[remedy];
  if (action === undefined || node === null) return null;
  if (action.kind === 'request') {
    return node.runKey === null ? null : { kind: 'request', name: t('Copy Request') };
  }
  // A place is one in a flow file.
  if (flow === null || node.nodeId === null) return null;
  const toStep: RemedyAction = { kind: 'node', name: t('Go to Step') };
  if (action.kind !== 'place') return toStep;
  const { part } = action;
  // A selector of a robot stands in the robot: there is nothing of it to go to in the flow.
  const isUnset = failing?.nodeId === node.nodeId && failingSettings?.includes(part) === false;
  if (isUnset) return toStep;
  if (part !== 'code' || codeLine === undefined) {
    return { kind: 'place', name: t(names[part]), place: { part } };
  }
  return { kind: 'place', name: t('Go to Line {0}', codeLine), place: { part, line: codeLine } };
}

/** What a step got and how it was set up, as text for who is asked about it: masked as it is shown. */
export function requestText(step: string, { input, config }: Request): string {
  const object = (values: readonly NamedValue[]) =>
    Object.fromEntries(values.map(({ name, value }) => [name, value]));
  return JSON.stringify({ step, input: object(input), config: object(config) }, null, 2);
}
