/**
 * Short texts in which nothing was to be masked. A topic's records say the same over and over: names of nodes,
 * services, messages; to look a text up costs a tenth of searching it. A text with a secret is never kept.
 */
export interface HarmlessTexts {
  has(text: string): boolean;
  add(text: string): void;
}

/** A hundred flows of forty nodes; 2 MB at most. */
const remembered = 4_000;
/** What is longer is rarely said twice. */
const longestText = 256;

/** Makes an empty memory of harmless texts; it belongs to one set of rules. */
export function createHarmlessTexts(): HarmlessTexts {
  const texts = new Set<string>();
  return {
    has: (text) => text.length <= longestText && texts.has(text),
    add(text) {
      if (text.length > longestText) return;
      if (texts.size >= remembered) texts.clear();
      texts.add(text);
    },
  };
}
