/** How many bytes the character at `at` has in UTF-8; 0 where none begins. */
export function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >> 4 === 0xe ? 3 : first >> 3 === 0x1e ? 4 : 0;
  const second = bytes[at + 1] ?? 0;
  // Overlong forms, halves of surrogate pairs, and what lies behind the last character.
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
  if ((first === 0xf0 && second < 0x90) || first > 0xf4 || (first === 0xf4 && second > 0x8f))
    return 0;
  for (let next = 1; next < length; next++) {
    if ((bytes[at + next] ?? 0) >> 6 !== 0b10) return 0;
  }
  return length;
}
