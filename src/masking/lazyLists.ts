import type { Json } from '../base/json.ts';
import { lazyList, pagesOf } from '../base/lazyList.ts';
import type { Fields, MaskField, MaskItem, PartsRoom } from './partsRoom.ts';
import { withNames } from './shownNames.ts';

/** A shorter list is masked at once. */
const longList = 200;

/**
 * Long lists that are masked item by item, when somebody looks at one: who looks through megabytes has never more than
 * a page of them masked. Colours stay in them.
 */
export class LazyLists implements PartsRoom {
  private readonly guard: (work: () => Json) => Json;

  /** `guard`: what masks an item later is guarded as what masks at once. */
  constructor(guard: (work: () => Json) => Json) {
    this.guard = guard;
  }

  items(list: readonly Json[], mask: MaskItem): Json {
    const pages = pagesOf(list);
    if (list.length <= longList && pages === undefined) return list.map(mask);
    const itemAt = (index: number) => this.guard(() => mask(list[index] ?? null, index));
    return lazyList(list.length, itemAt, pages);
  }

  fields(entries: Fields, mask: MaskField): Json {
    return withNames(entries.map(([key, item]) => [key, mask(key, item)]));
  }
}
