import { withoutColours } from './colours.ts';
import { markHidden } from './plainText.ts';

/** Controls but tabs and line ends, what nobody sees, and halves of characters. */
const mayHide =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0]/;

/** A text as the page shows it: what nobody sees, or what turns it around, is a mark; its lines stay. */
export function shownSigns(text: string): string {
  if (!mayHide.test(text)) return text;
  return withoutColours(text).replace(/[^\n\r\t]+/g, markHidden);
}
