import type { WantedPart } from '../trace/wantedPart.ts';

/** What is wanted of a value, or within one of its parts: the way there, step by step. */
export class WantedWithin {
  /** What is given of a list, an object or a text is around it: the name of a part, or a place. */
  last: string | number | undefined;
  private readonly parts = new Map<string, WantedWithin>();

  /** What is wanted within the part of this name. */
  of(name: string): WantedWithin | undefined {
    return this.parts.get(name);
  }

  add(path: readonly string[], offset: number | undefined): void {
    const [name, ...rest] = path;
    if (name === undefined) {
      if (offset !== undefined) this.last = offset;
      return;
    }
    const within = this.parts.get(name) ?? new WantedWithin();
    this.parts.set(name, within);
    this.last = name;
    within.add(rest, offset);
  }
}

/** What is wanted of the values of all sections. */
export class WantedParts {
  private readonly values = new Map<string, WantedWithin>();

  /** Those wanted later come later: of one list or text what was wanted last is given. */
  constructor(parts: readonly WantedPart[]) {
    for (const { section, index, path, offset } of parts) {
      const key = keyOf(section, index);
      const within = this.values.get(key) ?? new WantedWithin();
      this.values.set(key, within);
      within.add(path, offset);
    }
  }

  of(section: string, index: number): WantedWithin | undefined {
    return this.values.get(keyOf(section, index));
  }
}

function keyOf(section: string, index: number): string {
  return `${section} ${String(index)}`;
}
