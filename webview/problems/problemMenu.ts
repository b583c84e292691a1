import type { ProblemAction, ProblemRow } from '../../src/protocol/problems.ts';
import { problemFilter } from '../../src/view/problemRows.ts';
import type { PanelSession } from '../session.ts';

/** A problem that is to be merged into another. */
export type ForMerge = Pick<ProblemRow, 'id' | 'signature' | 'flow'>;

/** What VS Code passes to the commands of the context menu of a problem. */
export function problemContext(row: ProblemRow, forMerge: ForMerge | null): string {
  const { id, state, mark, count, firstFailed, lastFailed, lastGood, nodeId } = row;
  const isMarkedFixed = mark === 'fixed' && state === 'watching';
  return JSON.stringify({
    ...{ webviewSection: 'problem', problemId: id },
    ...{ problemHasFailedRun: lastFailed !== null, problemHasGoodRun: lastGood !== null },
    problemHasFirstRun: count > 1 && firstFailed !== null,
    problemHasStep: lastFailed !== null && nodeId !== null,
    problemCanBeFixed: !isMarkedFixed && state !== 'ignored' && state !== 'resolved',
    ...{ problemIsMarkedFixed: isMarkedFixed, problemIsIgnored: state === 'ignored' },
    problemTakesSelected: takes(row, forMerge),
    preventDefaultContextMenuItems: true,
  });
}

/** Problems of one flow and its imports are put together; of others no run passes both. */
function takes({ id, lineage }: ProblemRow, forMerge: ForMerge | null): boolean {
  return (
    forMerge !== null && forMerge.id !== id && lineage.some(({ flow }) => flow === forMerge.flow)
  );
}

interface MenuWorld {
  readonly session: PanelSession;
  readonly forMerge: ForMerge | null;
  readonly onSelect: (row: ForMerge | null) => void;
  readonly onCopy: (row: ProblemRow) => void;
}

/** Does what the menu of a problem was asked for. */
export function actOnProblem(row: ProblemRow, action: ProblemAction, world: MenuWorld): void {
  const { session, forMerge, onSelect, onCopy } = world;
  const { flow, signature, nodeId, nodeName: name, firstFailed, lastFailed, lastGood } = row;
  switch (action) {
    case 'showFailedRuns':
      session.showBehind(problemFilter(row));
      break;
    case 'openLastFailedRun':
      if (lastFailed !== null) session.showExecution(lastFailed);
      break;
    case 'openFirstFailedRun':
      if (firstFailed !== null) session.showExecution(firstFailed);
      break;
    case 'openLastGoodRun':
      if (lastGood !== null) session.showExecution(lastGood);
      break;
    case 'goToProblemStep':
      if (lastFailed === null || nodeId === null) return;
      session.tell('revealNode', {
        ...{ key: lastFailed, target: { nodeId, name }, preserveFocus: false },
      });
      break;
    case 'markProblemFixed':
      session.markProblem(row, 'fixed');
      break;
    case 'ignoreProblem':
      session.markProblem(row, 'ignored');
      break;
    case 'markProblemNotFixed':
    case 'stopIgnoringProblem':
      session.markProblem(row, 'seen');
      break;
    case 'selectForMerge':
      onSelect({ id: row.id, signature, flow });
      break;
    case 'mergeSelected':
      if (forMerge === null || !takes(row, forMerge)) return;
      session.sayOfProblem({
        ...{ kind: 'moved', signature: forMerge.signature, flow: forMerge.flow, into: signature },
      });
      onSelect(null);
      break;
    case 'copyProblemText':
      onCopy(row);
  }
}
