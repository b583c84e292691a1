/** Gives the text in the reader's language; `{0}`, `{1}`… stand for the arguments. The English text is the key. */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;

/** Marks a text that stands in a table and is translated where it is shown, so that a missing translation is found. */
export function msg(text: string): string {
  return text;
}
