/** What shows two runs of a node side by side, as one file beside the engine's own. */
export { editorTexts, sideParts } from './sideTexts.ts';
export { sideBySide } from './textDifference.ts';
