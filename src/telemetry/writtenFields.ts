/**
 * A robot has some hundreds of fields that say the same again and again: to look one up costs a tenth of judging and
 * writing it.
 */
const mostFields = 2_000;
const longestText = 128;

/** Short values by name in which nothing was to be hidden, with what was made of them. */
export class WrittenFields {
  private readonly byName = new Map<string, Map<unknown, string>>();
  private count = 0;

  of(name: string, value: unknown): string | undefined {
    return this.byName.get(name)?.get(value);
  }

  add(name: string, value: unknown, written: string): void {
    if (!isShort(name) || !isShort(value)) return;
    if (this.count === mostFields) this.clear();
    this.count++;
    const known = this.byName.get(name);
    if (known === undefined) this.byName.set(name, new Map([[value, written]]));
    else known.set(value, written);
  }

  /** What is to be hidden is another now. */
  clear(): void {
    this.byName.clear();
    this.count = 0;
  }
}

/** Nothing that can be changed: a list may hold something else tomorrow. */
function isShort(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= longestText : typeof value !== 'object';
}
