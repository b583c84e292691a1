import { type CauseId, tells } from './causes.ts';

/** Before what was raised Python says only that something was. */
const traceback = /^\s*Traceback \(most recent call last\):\s*$/;
const listMark = /^[-*•>]\s/;

/**
 * The line of a text that tells its cause where the first one doesn't: `locator.click: Timeout 1500ms exceeded.` is about the
 * element that the call log names. Empty where the first line tells it, or none by itself.
 */
export function tellingLine(cause: CauseId | null, text: string): string {
  if (cause === null) return '';
  const lines = text.trim().split('\n');
  const found = lines.findIndex((line) => !traceback.test(line) && tells(cause, line));
  return found < 1 ? '' : (lines[found] ?? '').trim().replace(listMark, '');
}
