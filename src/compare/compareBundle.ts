/** What comparing needs: a bundle of its own, which the engine reads when somebody compares. */
export { compareSteps } from './compareRuns.ts';
export { differenceIn, sinceWhen } from './sinceWhen.ts';
