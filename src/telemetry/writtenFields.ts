import { flat } from './pythonText.ts';

/**
 * A robot has some hundreds of fields that say the same again and again: to look one up costs a tenth of judging and
 * writing it.
 */
const mostFields = 2_000;
const mostNames = 1_000;
const longestText = 128;
/** A field that said so many values of which few came again, a number of an order, is not remembered for a while. */
const newValues = 64;
const leastHits = 16;
const pause = 2_000;

/** A field by its name, with what was made of its short values in which nothing was to be hidden. */
export class WrittenField {
  /** The name without what is secret in it. */
  readonly shown: string;
  /** Whether its numbers are no secrets: the name alone decides; undefined until the first one is judged. */
  showsNumbers: boolean | undefined;
  private readonly written = new Map<unknown, string>();
  private readonly makesRoom: () => void;
  private hits = 0;
  private added = 0;
  private paused = 0;

  constructor(shown: string, makesRoom: () => void) {
    this.shown = shown;
    this.makesRoom = makesRoom;
  }

  of(value: unknown): string | undefined {
    if (this.paused > 0) return undefined;
    const known = this.written.get(value);
    if (known !== undefined) this.hits++;
    return known;
  }

  add(value: unknown, written: string): void {
    if (this.paused > 0) this.paused--;
    else if (isShort(value)) this.keep(value, written);
  }

  private keep(value: unknown, written: string): void {
    if (this.added === newValues) {
      const isVaried = this.hits < leastHits;
      this.added = this.hits = 0;
      if (isVaried) {
        this.paused = pause;
        return;
      }
    }
    this.added++;
    this.makesRoom();
    this.written.set(value, flat(written));
  }
}

/** The fields of a robot. */
export class WrittenFields {
  /** Whether a name alone tells of a number that it is shown. */
  readonly showsNumbers: () => boolean;
  private readonly byName = new Map<string, WrittenField>();
  private count = 0;

  constructor(showsNumbers: () => boolean = () => true) {
    this.showsNumbers = showsNumbers;
  }

  private readonly makesRoom = () => {
    if (this.count === mostFields) this.clear();
    this.count++;
  };

  of(name: string): WrittenField | undefined {
    return this.byName.get(name);
  }

  /** Begins to remember a field; one of a long name is none that comes again. */
  add(name: string, shown: string): WrittenField | undefined {
    if (!isShort(name)) return undefined;
    if (this.byName.size === mostNames) this.clear();
    const field = new WrittenField(shown, this.makesRoom);
    this.byName.set(name, field);
    return field;
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
