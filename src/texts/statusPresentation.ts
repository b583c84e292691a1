import type { Outcome } from '../trace/execution.ts';
import type { NodeStatus } from '../trace/tree.ts';
import { msg } from './translate.ts';

/** How a state is shown: never by its colour alone. */
export interface StatusPresentation {
  /** Name of the codicon, without prefix. */
  readonly icon: string;
  /** Name of a variable of `webview/colours.css`. */
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
  color: '--trace-warning',
  text: msg('Failed, and the flow went on'),
};

const succeeded: StatusPresentation = {
  icon: 'pass',
  color: '--trace-succeeded',
  text: msg('Succeeded'),
};
const failed: StatusPresentation = {
  icon: 'error',
  color: '--trace-failed',
  text: msg('Failed'),
};
const running: StatusPresentation = {
  icon: 'loading',
  color: '--trace-running',
  text: msg('Running'),
};
const cancelled: StatusPresentation = {
  icon: 'circle-slash',
  color: '--trace-cancelled',
  text: msg('Cancelled'),
};

const stalled: StatusPresentation = {
  icon: 'debug-pause',
  color: '--trace-warning',
  text: msg('Stopped reporting'),
};

const unended: StatusPresentation = {
  icon: 'error',
  color: '--trace-failed',
  text: msg('Did not end'),
};

/** What is said of a node that did not run, while a run goes on that may come to it. */
export const notYetText = msg('Not run yet');

const nodeStatuses: Readonly<Record<NodeStatus, StatusPresentation>> = {
  succeeded,
  failed,
  running,
  cancelled,
  stalled,
  unended,
  recovered: {
    icon: 'debug-rerun',
    color: '--trace-warning',
    text: msg('Failed, and the flow went on'),
  },
  notRun: {
    icon: 'circle-large',
    color: '--trace-quiet',
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
    color: '--trace-quiet',
    text: msg('Outcome not reported'),
  },
};
