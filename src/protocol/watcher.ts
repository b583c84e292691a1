import type { Result } from '../base/result.ts';
import { answerOf } from './ask.ts';
import type { Caller } from './channel.ts';
import type { EngineMethods } from './engineProtocol.ts';
import type { Failure } from './packet.ts';
import type { EngineQuestions } from './questions.ts';
import {
  type Answered,
  isLater,
  type Pushed,
  type Stamp,
  type WatcherId,
} from './subscriptions.ts';

type WatchMethods = Pick<EngineMethods, 'watch' | 'unwatch'>;
type Kind = keyof EngineQuestions;
type Query<K extends Kind> = EngineQuestions[K]['query'];
type Answer<K extends Kind> = EngineQuestions[K]['answer'];

/** Takes an answer that was pushed, or why there is none any more. */
export type TakePushed<K extends Kind> = (
  result: Result<Answer<K>, Failure>,
  query: Query<K>,
) => void;

/** One who watches the engine: a page, a feature of the host, a command. Drops answers that come late. */
export class Watcher {
  private readonly engine: Caller<WatchMethods>;
  private readonly id: WatcherId;
  private readonly questions = new Map<string, (answered: Answered<EngineQuestions>) => void>();
  private readonly asked: { engineChanged(): void }[] = [];

  constructor(engine: Caller<WatchMethods>, id: WatcherId) {
    this.engine = engine;
    this.id = id;
  }

  /** A question that this watcher asks again and again, under an id of its own; nothing is asked before `ask`. */
  question<K extends Kind>(id: string, kind: K, onPushed: TakePushed<K>): WatchedQuestion<K> {
    const question = new WatchedQuestion({
      ...{ kind, onPushed },
      watch: (query) => {
        const watch = { watcher: this.id, id, kind, query } as EngineMethods['watch']['params'];
        return this.engine.call('watch', watch);
      },
      unwatch: () => this.engine.call('unwatch', { watcher: this.id, id }),
    });
    this.questions.set(id, (answered) => {
      question.take(answered);
    });
    this.asked.push(question);
    return question;
  }

  /**
   * Another life of the engine begins, and nothing is heard of the one before: whatever it says is new. Its
   * generation may be lower, for clocks are set back.
   */
  engineChanged(): void {
    for (const question of this.asked) question.engineChanged();
  }

  /** Takes what the engine pushed; what is meant for another watcher is passed over. */
  receive({ watcher, id, answered }: Pushed<EngineQuestions>): void {
    if (watcher === this.id) this.questions.get(id)?.(answered);
  }
}

/** A question that is watched, under one id. */
export class WatchedQuestion<K extends Kind> {
  private readonly world: {
    readonly kind: K;
    readonly onPushed: TakePushed<K>;
    readonly watch: (query: Query<K>) => Promise<Answered<EngineQuestions>>;
    readonly unwatch: () => Promise<null>;
  };
  private last: Stamp | undefined;
  private isWatched = false;

  constructor(world: WatchedQuestion<K>['world']) {
    this.world = world;
  }

  /**
   * Asks, and watches from now on. Null where a later answer was there before this one. Throws a `RequestError`
   * where there is no answer.
   */
  async ask(query: Query<K>): Promise<Answer<K> | null> {
    this.isWatched = true;
    const answered = await this.world.watch(query);
    return this.isNew(answered) ? answerOf(this.world.kind, answered) : null;
  }

  /** Watches no more. */
  end(): void {
    if (!this.isWatched) return;
    this.isWatched = false;
    // The engine is away, and knows of no watcher when it comes back.
    this.world.unwatch().catch(() => undefined);
  }

  /** Whatever the next life of the engine says is new. */
  engineChanged(): void {
    this.last = undefined;
  }

  /** Takes an answer that was pushed. */
  take(answered: Answered<EngineQuestions>): void {
    const { kind, onPushed } = this.world;
    if (!this.isWatched || answered.kind !== kind || !this.isNew(answered)) return;
    const { result, query } = answered as Extract<typeof answered, { kind: K }>;
    onPushed(
      result.ok ? { ok: true, value: result.answer } : { ok: false, error: result.failure },
      query,
    );
  }

  private isNew({ stamp }: Answered<EngineQuestions>): boolean {
    if (this.last !== undefined && isLater(this.last, stamp)) return false;
    this.last = stamp;
    return true;
  }
}
