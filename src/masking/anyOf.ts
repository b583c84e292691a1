interface Branch {
  readonly next: Map<string, Branch>;
  isEnd: boolean;
}

const special = /[\\^$.*+?()[\]{}|/]/g;

/**
 * The source of an expression for any of many words, in which each sign is compared once: in `a|b|c` each place of a
 * text is compared with the beginning of every word.
 */
export function anyOf(words: readonly string[]): string {
  const root: Branch = { next: new Map(), isEnd: false };
  for (const word of words) {
    let branch = root;
    for (const sign of word) {
      const next = branch.next.get(sign) ?? { next: new Map<string, Branch>(), isEnd: false };
      branch.next.set(sign, next);
      branch = next;
    }
    branch.isEnd = true;
  }
  return sourceOf(root);
}

function sourceOf({ next, isEnd }: Branch): string {
  if (next.size === 0) return '';
  const choices = [...next].map(
    ([sign, branch]) => sign.replace(special, String.raw`\$&`) + sourceOf(branch),
  );
  const [only = ''] = choices;
  if (!isEnd) return choices.length === 1 ? only : `(?:${choices.join('|')})`;
  return `(?:${choices.join('|')})?`;
}
