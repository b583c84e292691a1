import { RequestError } from '../../src/protocol/packet.ts';
import type { CompareAnswer, CompareQuery } from '../../src/protocol/compare.ts';
import type { Result } from '../../src/base/result.ts';
import type { Failure } from '../../src/protocol/packet.ts';
import type { WatchedQuestion, Watcher } from '../../src/protocol/watcher.ts';
import type { Frames } from '../frames.ts';
import type { PanelState } from '../state.ts';

/** Which of their rows are shown. */
type Page = Pick<CompareQuery, 'onlyDifferences' | 'offset' | 'limit' | 'around'>;

/** Rows asked for at a time. */
const pageSize = 200;

/** What is shown of two at first. */
export const firstPage: Page = { onlyDifferences: false, offset: 0, limit: pageSize, around: null };

/** Watches a comparison while it is shown. */
export class CompareFeed {
  private readonly question: WatchedQuestion<'compare'>;
  private readonly state: PanelState;
  private readonly frames: Frames;
  private query: CompareQuery | null = null;

  constructor(world: { watcher: Watcher; state: PanelState; frames: Frames }) {
    this.state = world.state;
    this.frames = world.frames;
    this.question = world.watcher.question('compare', 'compare', (result, query) => {
      this.take(query, result);
    });
  }

  /** Shows this from now on; what was shown stays until the answer is there. */
  show(query: CompareQuery): void {
    const { failure } = this.state.comparison.peek();
    if (failure === null && isSame(query, this.query)) return;
    this.query = query;
    void this.ask(query);
  }

  hide(): void {
    this.query = null;
    this.question.end();
    this.frames.drop('compare');
    this.state.comparison.value = { answer: null, failure: null };
  }

  /** Another engine knows of no watcher. */
  engineChanged(): void {
    this.question.engineChanged();
    if (this.query !== null) void this.ask(this.query);
  }

  private async ask(query: CompareQuery): Promise<void> {
    try {
      const value = await this.question.ask(query);
      if (value !== null) this.take(query, { ok: true, value });
    } catch (error) {
      // The engine is away, which the panel says; all is asked for again once it is back.
      if (!(error instanceof RequestError) || error.reason === 'engineLost') return;
      this.take(query, { ok: false, error: { reason: error.reason, message: error.message } });
    }
  }

  private take(query: CompareQuery, result: Result<CompareAnswer, Failure>): void {
    if (!isSame(query, this.query)) return;
    this.frames.put('compare', () => {
      if (this.query === null) return;
      this.state.comparison.value = result.ok
        ? { answer: result.value, failure: null }
        : { answer: null, failure: result.error };
    });
  }
}

function isSame(one: object, other: object | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
