/**
 * Names as they are shown, of which the same may be seen: those that are hidden all become one mark. Each stays the name
 * of a value of its own; the later ones have a number behind them.
 */
export class DistinctNames {
  private readonly byName = new Map<string, string>();
  private readonly taken: Set<string>;
  /** The last number behind each of those that were taken: to count from 1 again would take ever longer. */
  private readonly numbers = new Map<string, number>();

  /** `taken` are names that are shown already, each as it is. */
  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
    for (const name of this.taken) this.byName.set(name, name);
  }

  /** Whether it was asked for before. */
  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** `shown` is what is seen of `name`. The same name always gives the same, and two never do. */
  of(name: string, shown: string): string {
    let free = this.byName.get(name);
    if (free === undefined) this.byName.set(name, (free = this.unused(shown)));
    return free;
  }

  /** The name, or the first with a number behind it that was never given. */
  unused(shown: string): string {
    let free = shown;
    let number = this.numbers.get(shown) ?? 1;
    while (this.taken.has(free)) free = `${shown} ${String(++number)}`;
    if (free !== shown) this.numbers.set(shown, number);
    this.taken.add(free);
    return free;
  }
}
