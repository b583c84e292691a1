import { RequestError } from '../../src/protocol/packet.ts';
import type { NumbersAnswer, NumbersQuery } from '../../src/protocol/numbers.ts';
import type { WatchedQuestion, Watcher } from '../../src/protocol/watcher.ts';
import type { Frames } from '../frames.ts';
import type { PanelState } from '../state.ts';

/** Watches numbers while they are shown. */
export class NumbersFeed {
  private readonly question: WatchedQuestion<'numbers'>;
  private readonly state: PanelState;
  private readonly frames: Frames;
  private query: NumbersQuery | null = null;

  constructor(world: { watcher: Watcher; state: PanelState; frames: Frames }) {
    this.state = world.state;
    this.frames = world.frames;
    this.question = world.watcher.question('numbers', 'numbers', (result, query) => {
      if (result.ok) this.take(query, result.value);
      else this.fail(query, result.error);
    });
  }

  /** Shows numbers from now on; those of another question stay until the first answer is there. */
  show(query: NumbersQuery): void {
    this.query = query;
    void this.ask(query);
  }

  hide(): void {
    this.query = null;
    this.question.end();
    this.frames.drop('numbers');
  }

  /** Another engine knows of no watcher. */
  engineChanged(): void {
    this.question.engineChanged();
    if (this.query !== null) void this.ask(this.query);
  }

  /** Asks again after a failure. */
  again(): void {
    if (this.query === null) return;
    this.state.numbers.value = { ...this.state.numbers.value, failure: null };
    void this.ask(this.query);
  }

  private async ask(query: NumbersQuery): Promise<void> {
    try {
      const answer = await this.question.ask(query);
      if (answer !== null) this.take(query, answer);
    } catch (error) {
      // The engine is away, which the panel says; all is asked for again once it is back.
      if (!(error instanceof RequestError) || error.reason === 'engineLost') return;
      this.fail(query, { reason: error.reason, message: error.message });
    }
  }

  private take(query: NumbersQuery, answer: NumbersAnswer): void {
    if (!this.isAsked(query)) return;
    this.frames.put('numbers', () => {
      if (this.query !== null) this.state.numbers.value = { answer, failure: null };
    });
  }

  private fail(
    query: NumbersQuery,
    failure: NonNullable<PanelState['numbers']['value']['failure']>,
  ) {
    if (!this.isAsked(query)) return;
    this.frames.put('numbers', () => {
      this.state.numbers.value = { ...this.state.numbers.value, failure };
    });
  }

  private isAsked(query: NumbersQuery): boolean {
    return JSON.stringify(query) === JSON.stringify(this.query);
  }
}
