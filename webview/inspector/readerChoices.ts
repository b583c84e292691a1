import { lastUsed } from '../../src/base/lastUsed.ts';
import type { JsonPath } from '../../src/find/jsonPath.ts';
import type { SectionId } from '../../src/find/places.ts';
import { streamEntry } from '../../src/find/places.ts';
import type { TextChoice } from '../../src/view/textWindow.ts';
import type { LogLevel } from '../../src/trace/logLevel.ts';

/** What the reader opened and asked more of in one value. */
export interface ValueChoices {
  readonly open: Map<JsonPath, boolean>;
  /** The first part of a branch that is shown. */
  readonly from: Map<JsonPath, number>;
  readonly shown: Map<JsonPath, number>;
  /** What is shown of long texts. */
  readonly texts: Map<JsonPath, TextChoice>;
  /** JSON in a text: shown as a tree. */
  readonly pretty: Map<JsonPath, boolean>;
  /** Only the name of the value is shown. */
  folded: boolean;
}

/** What the reader chose for one node or execution. */
export interface ContentChoices {
  /** Null: the last round. */
  round: number | null;
  /** Null: that of the node before. */
  section: SectionId | null;
  readonly values: Map<string, ValueChoices>;
  readonly hiddenLevels: Set<LogLevel>;
  /** The log lines that are drawn: from, and how many. */
  logFrom: number;
  logCount: number;
}

/** Going back to a node finds it as it was left; more than these nobody remembers. */
const kept = 40;

/** Log lines that are drawn at first and added at a time. */
export const logPage = 200;

/** The reader's choices for the nodes that were looked at last. */
export class ReaderChoices {
  /** The tab that is open where none was chosen for what is inspected. */
  tab: SectionId = 'output';
  /** Long lines are wrapped. */
  wraps = true;
  /** The wishes that were fulfilled: an inspector that is drawn anew fulfils none again. */
  readonly fulfilled = { round: 0, place: 0 };
  private readonly contents = new Map<string, ContentChoices>();

  of(contentKey: string): ContentChoices {
    return lastUsed(this.contents, contentKey, kept, () => ({
      round: null,
      section: null,
      values: new Map<string, ValueChoices>(),
      hiddenLevels: new Set<LogLevel>(),
      logFrom: 0,
      logCount: logPage,
    }));
  }
}

/** The choices for a value; made when they are asked for first. */
export function choicesOf(content: ContentChoices, id: string): ValueChoices {
  let choices = content.values.get(id);
  if (choices === undefined) {
    choices = {
      open: new Map(),
      from: new Map(),
      shown: new Map(),
      texts: new Map(),
      pretty: new Map(),
      folded: false,
    };
    content.values.set(id, choices);
  }
  return choices;
}

/** Beside the paths of JSON, which begin with a slash: the frames of a text that was put together. */
export const framesPath = 'frames';

/** Whether the frames of a text that was put together are shown below it. */
export function isStreamOpen(content: ContentChoices, nth: number): boolean {
  return content.values.get(`log:${streamEntry(nth)}`)?.open.get(framesPath) === true;
}

/** The choices for JSON inside a text: kept with those of the value around it, under paths with a prefix. */
export function choicesWithin(choices: ValueChoices, prefix: string): ValueChoices {
  return {
    ...choices,
    open: new PrefixedMap(choices.open, prefix),
    from: new PrefixedMap(choices.from, prefix),
    shown: new PrefixedMap(choices.shown, prefix),
    texts: new PrefixedMap(choices.texts, prefix),
    pretty: new PrefixedMap(choices.pretty, prefix),
  };
}

/** A part of a map whose keys share a beginning. */
class PrefixedMap<Value> extends Map<string, Value> {
  private readonly whole: Map<string, Value>;
  private readonly prefix: string;

  constructor(whole: Map<string, Value>, prefix: string) {
    super();
    this.whole = whole;
    this.prefix = prefix;
  }

  override get(key: string): Value | undefined {
    return this.whole.get(this.prefix + key);
  }

  override set(key: string, value: Value): this {
    this.whole.set(this.prefix + key, value);
    return this;
  }
}
