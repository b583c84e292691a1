import { patternParts } from './requiredText.ts';

/** Whether a pattern can find more than so many signs in one go; never no where it can. */
export function mayMatchMore(pattern: string, signs: number): boolean {
  let most = pattern.length;
  for (const part of patternParts(pattern)) {
    if (part === '*' || part === '+') return true;
    const counted = /^\{\d+(,?)(\d*)\}$/.exec(part);
    if (counted === null) continue;
    const [, comma = '', to = ''] = counted;
    if (comma !== '' && to === '') return true;
    // Of nested ones the product; of others it is more than it need be.
    most *= Math.max(1, Number(to === '' ? part.slice(1, -1) : to));
  }
  return most > signs;
}
