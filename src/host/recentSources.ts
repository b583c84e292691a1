import type { Memento } from 'vscode';
import type { LiveSource, SourceSpec } from '../protocol/sources.ts';
import {
  isKept,
  isLive,
  type KeptKind,
  memoryOf,
  type SourceKind,
  type SourceKinds,
  traitsOf,
} from '../sources/table.ts';
import type { KeptNames } from '../sources/traits.ts';

/** A source as it is remembered. Holds no secret: a password stays in the secret storage. */
export type Remembered<K extends KeptKind = KeptKind> = {
  readonly [P in K]: { readonly kind: P } & SourceKinds[P]['kept'];
}[K];

const lastKey = 'source';
const recentKey = 'recentSources';
/** As many as a picker shows without scrolling, with the ways to open something else below. */
const mostRecent = 8;

/** The sources that were read in this workspace, kept over a restart. */
export class RecentSources {
  private readonly memento: Memento;

  constructor(memento: Memento) {
    this.memento = memento;
  }

  /** What the panel goes on with; undefined after it was disconnected. */
  get last(): Remembered | undefined {
    return [this.memento.get<Remembered>(lastKey)].find(isKnown);
  }

  /** The one read last first. */
  get all(): readonly Remembered[] {
    return this.memento.get<readonly Remembered[]>(recentKey, []).filter(isKnown);
  }

  async remember(source: Remembered | undefined): Promise<void> {
    await this.memento.update(lastKey, source);
    if (source === undefined) return;
    const others = this.all.filter((known) => !isSame(known, source));
    await this.memento.update(recentKey, fitting([source, ...others]));
  }
}

/** A later version may have remembered what this one can't open. */
function isKnown(source: Remembered | undefined): source is Remembered {
  return source !== undefined && isKept(source.kind);
}

/** As many as fit; the live source read last is always among them, or no way leads back from many files. */
function fitting(sources: readonly Remembered[]): readonly Remembered[] {
  const kept = sources.slice(0, mostRecent);
  const live = sources.find(isLive);
  return live === undefined || kept.includes(live) ? kept : [...kept.slice(0, -1), live];
}

/** Whether two are the same source, read from wherever. */
export function isSame(a: Remembered, b: Remembered): boolean {
  return a.kind === b.kind && identity(a) === identity(b);
}

/**
 * Whether an execution of one is found in the other: the same topic or the same files, wherever and however often they
 * are read. The sample robot's executions are others each time it plays.
 */
export function holdsTheSame(a: SourceSpec | undefined, b: SourceSpec | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b?.kind === a.kind && sameOfKind(a, b);
}

/** What is shown of a remembered source. */
export function shownMemory<K extends KeptKind>(source: Remembered<K>): KeptNames {
  return memoryOf<K>(source.kind).shown(source);
}

/** The same as the panel is told it. */
export function liveSource(source: Remembered | undefined): LiveSource | null {
  if (source === undefined || !isLive(source)) return null;
  return { kind: source.kind, name: shownMemory(source).name };
}

function sameOfKind<K extends SourceKind>(a: SourceSpec<K>, b: SourceSpec<K>): boolean {
  return traitsOf<K>(a.kind).holdsTheSame(a, b);
}

function identity<K extends KeptKind>(source: Remembered<K>): string {
  return memoryOf<K>(source.kind).identity(source);
}
