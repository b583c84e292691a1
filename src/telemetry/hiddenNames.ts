import { DistinctNames } from '../base/distinctNames.ts';

/** The room that names take which have to be remembered. */
interface Room {
  takes(signs: number): boolean;
}

/** What stands in a place already, by the names that are seen. */
interface Shown {
  keys(): Iterable<string>;
}

/** Names of values in one place of a record: those that are hidden may become one mark, and no value takes the place of another for it. */
export class HiddenNames {
  /** From the first one on that is hidden; in nearly all places none is. */
  private names: DistinctNames | undefined;

  /**
   * What stands for `name`, of which `shown` is seen, beside what stands there already; undefined where there is no room to
   * remember it.
   */
  of(name: string, shown: string, beside: Shown | undefined, room?: Room): string | undefined {
    if (this.names === undefined) {
      if (name === shown) return name;
      this.names = new DistinctNames(beside?.keys());
    }
    const isKnown = this.names.has(name) || room?.takes(name.length) !== false;
    return isKnown ? this.names.of(name, shown) : undefined;
  }
}
