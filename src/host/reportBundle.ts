/** What writes reports, with all that findings and comparisons say: read when somebody copies one. */
export { translateLike } from './l10n.ts';
export { askForReport } from './report.ts';
