import type { Json } from './json.ts';

/** Which items of a list stand together, and in which bytes: whether one of them holds something can be seen before it is made. */
export interface ListPages {
  /** The page of an item: the place behind its last one, and its bytes. */
  pageOf(index: number): { readonly end: number; readonly bytes: Uint8Array };
}

const pagesKey = Symbol('pages');

/** The pages of a list whose items are made when they are read from bytes; undefined of any other. */
export function pagesOf(list: readonly Json[]): ListPages | undefined {
  return (list as { readonly [pagesKey]?: ListPages })[pagesKey];
}

const place = /^(?:0|[1-9]\d*)$/;

/**
 * A list whose items are made when they are read. It is a list for whoever asks, `Array.isArray` and `JSON.stringify`
 * too: all that judges a value, such as whether it is a table, reads this one as it reads any.
 */
export function lazyList(
  size: number,
  itemAt: (index: number) => Json,
  pages?: ListPages,
): readonly Json[] {
  const list: Json[] = [];
  list.length = size;
  const indexOf = (key: string | symbol): number => {
    if (typeof key !== 'string' || !place.test(key)) return -1;
    const index = Number(key);
    return index < size ? index : -1;
  };
  return new Proxy(list, {
    get: (target, key, self) => {
      if (key === pagesKey) return pages;
      const index = indexOf(key);
      return index < 0 ? (Reflect.get(target, key, self) as unknown) : itemAt(index);
    },
    has: (target, key) => indexOf(key) >= 0 || Reflect.has(target, key),
    ownKeys: () => [...Array.from({ length: size }, (_, index) => String(index)), 'length'],
    getOwnPropertyDescriptor: (target, key) => {
      const index = indexOf(key);
      if (index < 0) return Reflect.getOwnPropertyDescriptor(target, key);
      return { value: itemAt(index), writable: true, enumerable: true, configurable: true };
    },
    set: () => false,
    deleteProperty: () => false,
  });
}
