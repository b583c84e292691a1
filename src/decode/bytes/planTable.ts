import type { FieldPlan } from './fieldPlan.ts';

/** A name in its quotes, with the bits of it that count, its column, and what is looked for below it. */
export const nameBytes = 32;
export const nameEntry = 2 * nameBytes + 16;
export const columnOffset = 2 * nameBytes;
export const partOffset = columnOffset + 4;
/** Where the names of a plan begin. */
export const namesOffset = 16;
export const countOffset = 4;

/** What stands below a name: nothing that is looked for, the list of entries, or a plan at this address. */
export const noPart = 0;
export const tracePart = 1;

/** Plans as the program reads them: behind each other, addresses from `begin` on. */
export class PlanTable {
  readonly bytes: Uint8Array;
  private readonly begin: number;
  private readonly words: DataView;
  private end: number;

  constructor(begin: number, end: number) {
    this.begin = this.end = begin;
    this.bytes = new Uint8Array(end - begin);
    this.words = new DataView(this.bytes.buffer);
  }

  /** Writes a plan and those below it; gives its address. `traceIndex` is which of its names has the entries. */
  add(plan: FieldPlan, traceIndex = -1): number {
    const address = this.end;
    const last = address + namesOffset + plan.names.length * nameEntry;
    this.end = last;
    this.set(address, last);
    this.set(address + countOffset, plan.names.length);
    plan.names.forEach((name, index) => {
      const entry = address + namesOffset + index * nameEntry;
      const quoted = new TextEncoder().encode(`"${name}"`);
      this.bytes.set(quoted, entry - this.begin);
      this.bytes.fill(
        0xff,
        entry - this.begin + nameBytes,
        entry - this.begin + nameBytes + quoted.length,
      );
      this.set(entry + columnOffset, (plan.first + index) * Int32Array.BYTES_PER_ELEMENT);
      const part = plan.parts[index];
      const below = part === undefined ? noPart : this.add(part);
      this.set(entry + partOffset, index === traceIndex ? tracePart : below);
    });
    return address;
  }

  private set(address: number, value: number): void {
    this.words.setInt32(address - this.begin, value, true);
  }
}
