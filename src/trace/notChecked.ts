/**
 * Stands for a text that was hidden whole: to look for secrets in it would have taken too long. The panel says so
 * in the reader's language.
 */
export const notCheckedMark = '••••(not checked)';
