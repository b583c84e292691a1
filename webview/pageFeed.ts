import type { Signal } from '@preact/signals';
import { type Failure, RequestError } from '../src/protocol/packet.ts';
import type { EngineQuestions } from '../src/protocol/questions.ts';
import type { WatchedQuestion, Watcher } from '../src/protocol/watcher.ts';
import type { Frames } from './frames.ts';

/** What a page shows, and why there is nothing newer. */
export interface Shown<Answer> {
  readonly answer: Answer | null;
  readonly failure: Failure | null;
}

/** What a part of the page watches while it is shown. */
type Kind = 'numbers' | 'problems' | 'ownPast' | 'graph' | 'graphStates' | 'find' | 'lineage';
type Query<K extends Kind> = EngineQuestions[K]['query'];
type Answer<K extends Kind> = EngineQuestions[K]['answer'];

/** Watches a question while its answer is shown. */
export class PageFeed<K extends Kind> {
  private readonly id: string;
  private readonly question: WatchedQuestion<K>;
  private readonly shown: Signal<Shown<Answer<K>>>;
  private readonly frames: Frames;
  private query: Query<K> | null = null;

  constructor(
    kind: K,
    shown: Signal<Shown<Answer<K>>>,
    world: { readonly watcher: Watcher; readonly frames: Frames },
    /** Where more than one asks. */
    id: string = kind,
  ) {
    this.id = id;
    this.shown = shown;
    this.frames = world.frames;
    this.question = world.watcher.question<K>(id, kind, (result, query) => {
      if (result.ok) this.take(query, result.value);
      else this.fail(query, result.error);
    });
  }

  /** Shows the answer from now on; that of another query stays until the first one is there. */
  show(query: Query<K>): void {
    this.query = query;
    void this.ask(query);
  }

  hide(): void {
    this.query = null;
    this.question.end();
    this.frames.drop(this.id);
  }

  /** Another engine knows of no watcher. */
  engineChanged(): void {
    this.question.engineChanged();
    if (this.query !== null) void this.ask(this.query);
  }

  /** Asks again after a failure. */
  again(): void {
    if (this.query === null) return;
    this.shown.value = { ...this.shown.value, failure: null };
    void this.ask(this.query);
  }

  private async ask(query: Query<K>): Promise<void> {
    try {
      const answer = await this.question.ask(query);
      if (answer !== null) this.take(query, answer);
    } catch (error) {
      // The engine is away, which the panel says; all is asked for again once it is back.
      if (!(error instanceof RequestError) || error.reason === 'engineLost') return;
      this.fail(query, { reason: error.reason, message: error.message });
    }
  }

  private take(query: Query<K>, answer: Answer<K>): void {
    if (!this.isAsked(query)) return;
    this.frames.put(this.id, () => {
      if (this.query !== null) this.shown.value = { answer, failure: null };
    });
  }

  private fail(query: Query<K>, failure: Failure): void {
    if (!this.isAsked(query)) return;
    this.frames.put(this.id, () => {
      this.shown.value = { ...this.shown.value, failure };
    });
  }

  private isAsked(query: Query<K>): boolean {
    return JSON.stringify(query) === JSON.stringify(this.query);
  }
}
