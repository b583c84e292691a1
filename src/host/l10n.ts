import * as vscode from 'vscode';
import { insertedText } from '../base/plainText.ts';

/**
 * A text in the reader's language; the English one is the key. What stands for `{0}` comes from records and
 * files, so each argument is shown as the text that it is, and can't reorder the sentence around it.
 */
export function t(message: string, ...args: readonly (string | number)[]): string {
  const inserted = args.map((arg) => (typeof arg === 'string' ? insertedText(arg) : arg));
  return vscode.l10n.t(message, ...inserted);
}

/** The translations, English text → text; null in English. */
export function translations(): Readonly<Record<string, string>> | null {
  return (vscode.l10n.bundle as Record<string, string> | undefined) ?? null;
}
