import type { Memento } from 'vscode';
import type { SourceSpec } from '../protocol/sources.ts';
import type { ConnectionForm, LiveSource } from '../protocol/hostProtocol.ts';

/** A source as it is remembered. Holds no secret: a password stays in the secret storage. */
export type Remembered =
  /** Without a form, as an older version wrote it: the one that the settings hold. */
  | { readonly kind: 'kafka'; readonly form?: ConnectionForm }
  | { readonly kind: 'sample' }
  | { readonly kind: 'files'; readonly paths: readonly string[] };

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
    return this.memento.get<Remembered>(lastKey);
  }

  /** The one read last first. */
  get all(): readonly Remembered[] {
    return this.memento.get<readonly Remembered[]>(recentKey, []);
  }

  async remember(source: Remembered | undefined): Promise<void> {
    await this.memento.update(lastKey, source);
    if (source === undefined) return;
    const others = this.all.filter((known) => !isSame(known, source));
    await this.memento.update(recentKey, fitting([source, ...others]));
  }
}

/** As many as fit; the live source read last is always among them, or no way leads back from many files. */
function fitting(sources: readonly Remembered[]): readonly Remembered[] {
  const isLive = ({ kind }: Remembered) => kind !== 'files';
  const kept = sources.slice(0, mostRecent);
  const live = sources.find(isLive);
  return live === undefined || kept.includes(live) ? kept : [...kept.slice(0, -1), live];
}

/** Whether two are the same source, read from wherever. */
export function isSame(a: Remembered, b: Remembered): boolean {
  return identity(a) === identity(b);
}

/**
 * Whether an execution of one is found in the other: the same topic or the same files, wherever and however often they
 * are read. The sample robot's executions are others each time it plays.
 */
export function holdsTheSame(a: SourceSpec | undefined, b: SourceSpec | undefined): boolean {
  if (a === b) return true;
  if (a?.kind === 'kafka' && b?.kind === 'kafka') {
    return a.topic === b.topic && String(a.connection.brokers) === String(b.connection.brokers);
  }
  if (a?.kind === 'files' && b?.kind === 'files') {
    return JSON.stringify(a.paths) === JSON.stringify(b.paths);
  }
  return a?.kind === 'contents' && b?.kind === 'contents' && a.files === b.files;
}

/** The same as the panel is told it. */
export function liveSource(source: Remembered | undefined): LiveSource | null {
  if (source === undefined || source.kind === 'files') return null;
  return {
    kind: source.kind,
    name: source.kind === 'kafka' ? (source.form?.topic ?? 'Kafka') : '',
  };
}

function identity(source: Remembered): string {
  if (source.kind === 'kafka') {
    return `kafka ${source.form?.brokers ?? ''} ${source.form?.topic ?? ''}`;
  }
  return JSON.stringify(source);
}
