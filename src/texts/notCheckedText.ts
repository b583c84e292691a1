import { shownSigns } from '../base/shownSigns.ts';
import { notCheckedMark } from '../trace/notChecked.ts';
import type { Translate } from './translate.ts';

/** A text of a record in the reader's words: what was hidden whole says why, and signs that nobody sees are marks. */
export function withNotChecked(text: string, t: Translate): string {
  const shown = shownSigns(text);
  return shown.includes(notCheckedMark)
    ? shown.replaceAll(notCheckedMark, notCheckedText(t))
    : shown;
}

/** Whether a text stands for one that was hidden whole. */
export function isNotChecked(text: string): boolean {
  return text === notCheckedMark;
}

/** What is said in place of such a text. */
export function notCheckedText(t: Translate): string {
  return t('Not shown: looking for secrets in it would take too long');
}
