import type { Health } from '../../src/protocol/health.ts';
import type { WatchedQuestion, Watcher } from '../../src/protocol/watcher.ts';

/** Tells how the pipeline is, while somebody looks at it. */
export class HealthFeed {
  private readonly question: WatchedQuestion<'health'>;
  private take: ((health: Health) => void) | undefined;

  constructor(watcher: Watcher) {
    this.question = watcher.question('health', 'health', (result) => {
      if (result.ok) this.take?.(result.value);
    });
  }

  /** Now and whenever that changed, until it is called off. */
  watch(take: (health: Health) => void): () => void {
    this.take = take;
    this.question.ask(null).then(
      (health) => {
        if (health !== null) this.take?.(health);
      },
      () => undefined,
    );
    return () => {
      this.take = undefined;
      this.question.end();
    };
  }
}
