import { shownSigns } from '../src/base/shownSigns.ts';
import type { Translate } from '../src/texts/translate.ts';

/** Looks texts up in the bundle, English where it has none, and puts the arguments in. */
export function createTranslate(bundle: Readonly<Record<string, string>> | null): Translate {
  return (message, ...args) => {
    const text = bundle !== null && Object.hasOwn(bundle, message) ? bundle[message] : undefined;
    return (text ?? message).replace(/\{(\d+)\}/g, (placeholder, index: string) =>
      shownSigns(String(args[Number(index)] ?? placeholder)),
    );
  };
}
