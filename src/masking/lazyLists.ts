import type { Json } from '../base/json.ts';
import { lazyList, pagesOf } from '../base/lazyList.ts';

/** A shorter list is masked at once. */
const longList = 200;

/**
 * Long lists that are masked item by item, when somebody looks at one: who looks through megabytes has never more than
 * a page of them masked. Colours stay in them.
 */
export class LazyLists {
  private readonly guard: (work: () => Json) => Json;

  /** `guard`: what masks an item later is guarded as what masks at once. */
  constructor(guard: (work: () => Json) => Json) {
    this.guard = guard;
  }

  isLong(list: readonly Json[]): boolean {
    return list.length > longList || pagesOf(list) !== undefined;
  }

  masked(list: readonly Json[], mask: (item: Json, index: number) => Json): readonly Json[] {
    const itemAt = (index: number) => this.guard(() => mask(list[index] ?? null, index));
    return lazyList(list.length, itemAt, pagesOf(list));
  }
}
