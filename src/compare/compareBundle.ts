import { compareSteps } from './compareRuns.ts';
import { sideBySide } from './textDifference.ts';

/** What comparing needs: a bundle of its own, which the engine reads when somebody compares. */
export { compareSteps, sideBySide };
export { differenceIn, sinceWhen } from './sinceWhen.ts';
