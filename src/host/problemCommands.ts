import type { ProblemAction } from '../protocol/problems.ts';
import type { Desk } from './desk.ts';
import { commandIds } from './ids.ts';
import { contextText } from './whatWasClicked.ts';

/** The commands of a problem's context menu: the page knows the problem, and does what is asked. */
export function problemCommands(desk: () => Desk) {
  const act = (action: ProblemAction) => (context: unknown) => {
    const id = contextText(context, 'problemId');
    if (id !== '') desk().emitToMenu('problemAction', { id, action });
  };
  return {
    [commandIds.showFailedRuns]: act('showFailedRuns'),
    [commandIds.openLastFailedRun]: act('openLastFailedRun'),
    [commandIds.openFirstFailedRun]: act('openFirstFailedRun'),
    [commandIds.openLastGoodRun]: act('openLastGoodRun'),
    [commandIds.goToProblemStep]: act('goToProblemStep'),
    [commandIds.markProblemFixed]: act('markProblemFixed'),
    [commandIds.markProblemNotFixed]: act('markProblemNotFixed'),
    [commandIds.ignoreProblem]: act('ignoreProblem'),
    [commandIds.stopIgnoringProblem]: act('stopIgnoringProblem'),
    [commandIds.selectForMerge]: act('selectForMerge'),
    [commandIds.mergeSelected]: act('mergeSelected'),
    [commandIds.copyProblemText]: act('copyProblemText'),
  };
}
