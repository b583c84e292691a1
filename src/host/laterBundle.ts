/** What of the host is read when somebody asks for it, as one file beside the host's own. */
export { chooseOther } from './chooseOther.ts';
export { copyLink } from './copyLink.ts';
export { copyReport } from './copyReport.ts';
export { deleteHistory } from './deleteHistory.ts';
export { translateLike } from './l10n.ts';
export { flowThen, openFlowThen } from './git/flowThen.ts';
export { fileHistories } from './fileHistory.ts';
export { formattedCopy } from './editor/formattedCopy.ts';
export { offerFlowFile, openSource, tellMissing } from './nodeNotShown.ts';
export { askForLink, openUri } from './openLink.ts';
export { askForHeaders } from './otlpHeaders.ts';
export { saveFixture } from './saveFixture.ts';
export { Saving } from './saving.ts';
export { chooseSource } from './sourcePicker.ts';
export { createTraceEditor } from './traceEditor.ts';
