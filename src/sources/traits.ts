import type { SourceError } from '../record/recordSource.ts';
import type { Translate } from '../texts/translate.ts';

/** The colours that a source may be marked with: those that VS Code's themes have for charts. */
export type MarkColor = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';

/** What the reader calls a source, and how it shall stand out from others. */
export interface SourceMark {
  readonly name: string;
  readonly color: MarkColor | null;
}

/** What a source is called and where it is, without any secret. */
export interface SourceNames {
  readonly name: string;
  /** Behind the name, and where it is pointed at. */
  readonly detail: string;
  /** Where the reader gave it a name. */
  readonly mark?: SourceMark;
}

/**
 * What the three programs may know of a kind of source, whatever it is: they ask this, never for the kind. Pure;
 * how it is opened stands in `createSource.ts`, who asks for it in the tables of host and page.
 */
export interface SourceTraits<Spec, Kept> {
  /** Records go on arriving. One that isn't live has an end, and was opened for what it holds. */
  readonly isLive: boolean;
  /** Its executions are counted by the metrics: they ran somewhere, and are read from where each is found once. */
  readonly isCounted: boolean;
  /** Its executions are others each time it is opened: none of before is found again. */
  readonly isNewEachTime: boolean;
  /** Others find its records at the same place: a link leads there. */
  readonly hasLinks: boolean;
  /** It is reached at an address that a workspace may have set: it waits until that is trusted. */
  readonly needsTrust: boolean;
  /** The name of a codicon. */
  readonly icon: string;
  /** What is said until the first record is there; marked with `msg`. */
  readonly beginning: string;
  /** What it is called where no topic and no file gives it a name; marked with `msg`. */
  readonly ownName?: string;
  /** How a reader comes to it; null for what is offered nowhere. */
  readonly way: SourceWay | null;
  /** What it is called where it is shown, without any secret. */
  label(spec: Spec): SourceNames;
  /** Whether an execution of one is found in the other, wherever and however often they are read. */
  holdsTheSame(a: Spec, b: Spec): boolean;
  /** How it is read from less far back; null for what is always read whole. */
  readonly limit: SourceLimit<Spec> | null;
  /** How it is remembered; null for what can't be opened again. */
  readonly memory: SourceMemory<Kept> | null;
}

/** The texts of the way to a source; each marked with `msg`. */
export interface SourceWay {
  readonly icon: string;
  /** In menus. */
  readonly label: string;
  /** Where nothing is read yet: a title, and what one gets. */
  readonly title: string;
  readonly text: string;
}

/** How a source is read from less far back. */
export interface SourceLimit<Spec> {
  /** How many records of the past are asked for, of each partition: none, so many, or `Infinity` for all there are. */
  asked(spec: Spec): number;
  /** The same source, read from so many records back. */
  limited(spec: Spec, lastRecords: number): Spec;
}

/** What a remembered source is called. */
export interface KeptNames extends SourceNames {
  /** In place of the detail: a file, shown from where the workspace is. */
  readonly path?: string;
}

/** What is shown of a remembered source, and what tells it from others. */
export interface SourceMemory<Kept> {
  shown(kept: Kept): KeptNames;
  /** Two with the same are the same source. */
  identity(kept: Kept): string;
}

/** A sentence about an error. */
export type ErrorText = (error: SourceError, t: Translate) => string;

/** What is said of an error. */
export interface ErrorTexts {
  /** What went wrong. */
  readonly text: ErrorText;
  /** What the user can do about it. */
  readonly advice: ErrorText;
  /** How the source comes back where it is tried again, marked with `msg`; without it the attempts are counted. */
  readonly retry?: string;
}
