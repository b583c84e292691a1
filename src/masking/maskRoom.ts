import type { Json } from '../base/json.ts';
import type { LeftOutParts } from '../trace/execution.ts';

/** What a reader sees of a value at first, some screens; masking it takes 4 ms. */
const mostChars = 48 * 1024;
/** A list of a row that was begun is shown to its end… */
const smallSize = 100;
/** …unless there are as many of them that they are no beginning any more. */
const mostBeyond = 4 * mostChars;
/** Who pages on through a list asks so ever more rarely. */
const timesFurther = 4;
/** However large the values before it, each is begun. */
const leastChars = 8 * 1024;

/**
 * Room for the beginning of values: where it is used up, long lists and objects end. What is left out is not masked
 * until somebody asks for the whole, because a value may have as many megabytes as a record.
 */
export class MaskRoom {
  private left: number;
  private readonly mostBeyond: number;
  private readonly sizes = new Map<Json, number>();

  /** `further`: how often somebody wanted more of it. */
  constructor(further = 0) {
    const times = timesFurther ** further;
    this.left = times * mostChars;
    this.mostBeyond = times * mostBeyond;
  }

  /** Another value follows. */
  begin(): void {
    this.left = Math.max(this.left, leastChars);
  }

  /** So many characters were masked. */
  spend(chars: number): void {
    this.left -= chars;
  }

  /** Whether a list or object of `size` parts ends before its next one. */
  isFull(size: number): boolean {
    return this.left <= 0 && (size > smallSize || this.left <= -this.mostBeyond);
  }

  /** `begun` has `size` parts, of which it holds the first ones. */
  leaveOut(begun: Json, size: number): void {
    this.sizes.set(begun, size);
  }

  /** What was left out of a value that was masked with this room; none where it is whole. */
  leftOutOf(masked: Json): readonly LeftOutParts[] {
    const found: LeftOutParts[] = [];
    if (this.sizes.size > 0) this.look(masked, [], found);
    return found;
  }

  private look(value: Json, path: readonly string[], found: LeftOutParts[]): void {
    if (typeof value !== 'object' || value === null) return;
    const size = this.sizes.get(value);
    if (size !== undefined) found.push({ path, size });
    for (const [name, part] of Object.entries(value)) this.look(part, [...path, name], found);
  }
}
