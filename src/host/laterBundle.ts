/** What of the host is read when somebody asks for it, as one file beside the host's own. */
export { chooseOther } from './chooseOther.ts';
export { deleteHistory } from './deleteHistory.ts';
export { translateAs } from './l10n.ts';
export { formattedCopy } from './editor/formattedCopy.ts';
export { Saving } from './saving.ts';
