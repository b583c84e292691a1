/** What stands in place of what is masked. */
export const maskMark = '••••';
