import type { Outcome } from '../trace/execution.ts';
import type { NodeStatus } from '../trace/tree.ts';
import { msg } from './translate.ts';

/** How a state is shown: never by its colour alone. */
export interface StatusPresentation {
  /** Name of the codicon, without prefix. */
  readonly icon: string;
  /** Name of the CSS variable of the theme. */
  readonly color: string;
  /** English text, the key of its translation. */
  readonly text: string;
}

/** What is drawn for the state of a node. */
export function nodeStatusPresentation(status: NodeStatus): StatusPresentation {
  return nodeStatuses[status];
}

/** What is drawn for the outcome of an execution. */
export function outcomePresentation(outcome: Outcome): StatusPresentation {
  return outcomes[outcome];
}

/** What is drawn for a node of which items of an iteration failed; how many stands beside it. */
export const itemsFailedPresentation: StatusPresentation = {
  icon: 'warning',
  color: '--vscode-charts-yellow',
  text: msg('Failed, and the flow went on'),
};

const succeeded: StatusPresentation = {
  icon: 'pass',
  color: '--vscode-testing-iconPassed',
  text: msg('Succeeded'),
};
const failed: StatusPresentation = {
  icon: 'error',
  // testing.iconFailed has no value in the high contrast themes.
  color: '--vscode-errorForeground',
  text: msg('Failed'),
};
const running: StatusPresentation = {
  icon: 'loading',
  color: '--vscode-charts-blue',
  text: msg('Running'),
};
const cancelled: StatusPresentation = {
  icon: 'circle-slash',
  color: '--vscode-testing-iconSkipped',
  text: msg('Cancelled'),
};

const stalled: StatusPresentation = {
  icon: 'debug-pause',
  color: '--vscode-charts-yellow',
  text: msg('Stopped reporting'),
};

const unended: StatusPresentation = {
  icon: 'error',
  color: '--vscode-errorForeground',
  text: msg('Did not end'),
};

const nodeStatuses: Readonly<Record<NodeStatus, StatusPresentation>> = {
  succeeded,
  failed,
  running,
  cancelled,
  stalled,
  unended,
  recovered: {
    icon: 'debug-rerun',
    color: '--vscode-charts-yellow',
    text: msg('Failed, and the flow went on'),
  },
  notRun: {
    icon: 'circle-large',
    color: '--vscode-disabledForeground',
    text: msg('Did not run'),
  },
};

const outcomes: Readonly<Record<Outcome, StatusPresentation>> = {
  succeeded,
  failed,
  running,
  cancelled,
  stalled,
  unreported: {
    icon: 'question',
    color: '--vscode-testing-iconUnset',
    text: msg('Outcome not reported'),
  },
};
