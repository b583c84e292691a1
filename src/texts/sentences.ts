import type { Translate } from './translate.ts';

/** Sentences one after the other: with a blank between them, except behind the full stops of Chinese. */
export function sentences(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .reduce((text, part) => {
      if (text === '') return part;
      return /[。！？；]$/.test(text) ? text + part : `${text} ${part}`;
    }, '');
}

/** Parts of one line, as a screen reader says them: `Click save, Failed, 3.60 s`. */
export function enumerated(parts: readonly string[], t: Translate): string {
  return parts
    .filter((part) => part !== '')
    .reduce((text, part) => (text === '' ? part : t('{0}, {1}', text, part)), '');
}

/** What it is, and what is said of it: `Error: the robot failed`. */
export function labelled(label: string, text: string, t: Translate): string {
  return t('{0}: {1}', label, text);
}
