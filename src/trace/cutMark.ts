/** Deeper values are cut, so that nothing behind us (structured clone, JSON.stringify) meets its own limit. */
export const deepestValue = 200;
/** What stands for a value that is cut. */
export const cutMark = '…';
