const token =
  /\\(?:u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|[pP]\{[^}]*\}|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\{\d+,?\d*\}|[\s\S]/gi;

/** What a pattern is made of: signs, classes, beginnings of groups, how often. */
export function* patternParts(pattern: string): Generator<string> {
  for (const [part] of pattern.matchAll(token)) yield part;
}

/** Shorter ones stand nearly everywhere. */
const leastSigns = 2;

/**
 * A text that stands wherever a pattern finds something, as it is written: the longest outside of its groups. Empty where
 * it promises none.
 */
export function requiredText(pattern: string): string {
  let longest = '';
  let run = '';
  let depth = 0;
  const end = (): void => {
    if (run.length > longest.length) longest = run;
    run = '';
  };
  for (const sign of patternParts(pattern)) {
    if (sign.startsWith('(')) depth++;
    else if (sign === ')') depth--;
    if (sign === '|' && depth === 0) return '';
    if (/^(?:[*+?]|\{)/.test(sign) && sign !== '{') {
      // What stands before it may be missing.
      run = run.replace(/[\ud800-\udbff]?[^]$/, '');
      end();
    } else if (depth === 0 && isItself(sign)) run += sign.length === 2 ? sign.slice(1) : sign;
    else end();
  }
  end();
  return longest.length < leastSigns ? '' : longest;
}

/** A sign that stands for itself, or one that a backslash makes do so. */
function isItself(sign: string): boolean {
  if (sign.length === 1) return !/[.^$()[\]{}|\\]/.test(sign);
  return /^\\[^\w]$/.test(sign);
}
