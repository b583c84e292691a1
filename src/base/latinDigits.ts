const digit = /\p{Nd}/u;

/** A text with all decimal digits as `0` to `9`: many languages have signs of their own for them. */
export function latinDigits(text: string): string {
  return text.replaceAll(/[^\P{Nd}0-9]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    let before = 0;
    // Those of a language stand in order from its zero on, and some languages behind each other.
    while (digit.test(String.fromCodePoint(code - before - 1))) before++;
    return String(before % 10);
  });
}
