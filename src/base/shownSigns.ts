import { markHidden } from './plainText.ts';

/** What colours a terminal, and what else it is told: sequences that begin with an escape. */
const colours =
  /(?:\x1b\[|\x9b)[0-?]{0,40}[ -/]{0,4}[@-~]?|\x1b\][^\x07\x1b\n]{0,400}(?:\x07|\x1b\\)?|\x1b[ -/]{0,4}[0-~]?/g;

/** A text as it was meant where it was written for a terminal: nothing of its colours is left. */
export function withoutColours(text: string): string {
  // Nearly no text has one: this is the fastest way to see it.
  return text.includes('\x1b') || text.includes('\x9b') ? text.replace(colours, '') : text;
}

/** Controls but tabs and line ends, what nobody sees, and halves of characters. */
const mayHide =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0]/;

/** A text as the page shows it: what nobody sees, or what turns it around, is a mark; its lines stay. */
export function shownSigns(text: string): string {
  if (!mayHide.test(text)) return text;
  return withoutColours(text).replace(/[^\n\r\t]+/g, markHidden);
}
