/** So many at a time: each part alone takes more memory than its letters. */
const mostApart = 4_096;

/** A text that is put together of parts; of millions of them it keeps few apart. */
export class JoinedParts {
  private readonly joinedBefore: string[] = [];
  private parts: string[] = [];

  /** Puts parts behind those before. */
  add(...parts: readonly string[]): void {
    this.parts.push(...parts);
    if (this.parts.length < mostApart) return;
    this.joinedBefore.push(this.parts.join(''));
    this.parts = [];
  }

  /** The whole text. */
  joined(): string {
    return [...this.joinedBefore, ...this.parts].join('');
  }
}
