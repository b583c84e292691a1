import { insertedText } from '../base/plainText.ts';
import type { Vscode } from './vscode.ts';

/** What VS Code has translated; like its own, one for the process. English before it is told. */
let translator: Pick<Vscode['l10n'], 't' | 'bundle'> = {
  t: (message: unknown, ...args: unknown[]) =>
    String(message).replaceAll(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
  bundle: undefined,
};

/** Says in whose language texts are from now on. */
export function translateAs(vscode: Pick<Vscode, 'l10n'>): void {
  translator = vscode.l10n;
}

/** The same for a bundle that is read later: as the one that reads it. */
export function translateLike(other: Pick<Vscode['l10n'], 't' | 'bundle'>): void {
  translator = other;
}

/** In whose language texts are, for a bundle that has to be told as well. */
export function spokenLanguage(): Pick<Vscode['l10n'], 't' | 'bundle'> {
  return translator;
}

/**
 * A text in the reader's language; the English one is the key. What stands for `{0}` comes from records and
 * files, so each argument is shown as the text that it is, and can't reorder the sentence around it.
 */
export function t(message: string, ...args: readonly (string | number)[]): string {
  const inserted = args.map((arg) => (typeof arg === 'string' ? insertedText(arg) : arg));
  return translator.t(message, ...inserted);
}

/** The translations, English text → text; null in English. */
export function translations(): Readonly<Record<string, string>> | null {
  return translator.bundle ?? null;
}
