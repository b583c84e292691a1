import { clockStepMs } from '../answers/listView.ts';
import type { Clock } from '../base/clock.ts';
import { lastUsed } from '../base/lastUsed.ts';
import type { Disposable } from '../base/disposable.ts';
import { asFailure } from '../protocol/channel.ts';
import { RequestError } from '../protocol/packet.ts';
import type {
  Answered,
  Asked,
  Pushed,
  Questions,
  Watch,
  WatcherId,
} from '../protocol/subscriptions.ts';
import type { Foreground } from './foreground.ts';
import { Pulse } from './pulse.ts';

/** One kind of question: what its answer is made of, and the answer. */
export interface Question<Query, Answer> {
  /** Equal stamps mean equal answers: what a watcher was told with this one it is not told again. */
  stamp(query: Query): string;
  answer(query: Query): Answer | Promise<Answer>;
  /** How often it is worth being told. */
  readonly pace: Pace;
  /**
   * Whether somebody who clicked waits for its answer: what is made for nobody yet stands behind it. Not where it is made
   * at once, between two turns.
   */
  readonly isWaitedFor?: boolean;
  /** Whether its answer changes by itself, because time goes on; its stamp does so too. */
  readonly movesWithClock?: (query: Query) => boolean;
}

/**
 * One frame at 60 Hz, more often than that nobody sees; four times a second, which for figures is live; and for numbers
 * that all executions are gone through for, as often as a chart may move under who reads it.
 */
export const paceMs = { frame: 16, figures: 250, numbers: 2_000 } as const;
/** How often what changed is told. */
export type Pace = keyof typeof paceMs;
const allPaces = Object.keys(paceMs) as readonly Pace[];

/** All kinds of questions. */
export type QuestionTable<Q extends Questions> = {
  readonly [K in keyof Q & string]: Question<Q[K]['query'], Q[K]['answer']>;
};

/** What subscriptions need of their world. */
export interface SubscriptionsWorld<Q extends Questions> {
  readonly clock: Clock;
  readonly questions: QuestionTable<Q>;
  /** Grows with each source that is opened, and over lives of the engine. */
  readonly generation: () => number;
  readonly push: (pushed: Pushed<Q>) => void;
  /** Makes the answers that somebody waits for. */
  readonly foreground: Pick<Foreground, 'during'>;
  /** Somebody watches something else, came, left, or is seen or hidden. */
  readonly onWatches?: () => void;
}

/** Some panels, the host, an agent or two; one that comes when there are so many pushes out the one heard longest ago. */
const mostWatchers = 32;
/** A panel watches four things; a watcher with more than this has forgotten to unwatch. */
const mostWatches = 32;

interface Subscription<Q extends Questions> {
  watch: Watch<Q>;
  /** What the watcher was told last was made of this; undefined where it is to be told anew. */
  told: string | undefined;
  /** A change is being told. */
  isAnswering: boolean;
  /** Something changed meanwhile. */
  isBehind: boolean;
}

interface Watcher<Q extends Questions> {
  visible: boolean;
  readonly subscriptions: Map<string, Subscription<Q>>;
}

/**
 * Answers the queries of any number of watchers, now and whenever the answer changes. What nobody sees is not
 * computed; equal queries are computed once.
 */
export class Subscriptions<Q extends Questions> implements Disposable {
  private readonly world: SubscriptionsWorld<Q>;
  private readonly watchers = new Map<WatcherId, Watcher<Q>>();
  /** Those that left last: what they asked for on their way out may still arrive, and nobody would end it. */
  private readonly left = new Set<WatcherId>();
  private readonly pulses: Readonly<Record<Pace, Pulse>>;
  /** Answers under way, by kind, query and what they are made of. */
  private readonly running = new Map<string, Promise<Answered<Q>>>();
  private seq = 0;
  /** Runs while somebody sees an answer that changes by itself. */
  private tick: Disposable | undefined;

  constructor(world: SubscriptionsWorld<Q>) {
    this.world = world;
    const pulse = (pace: Pace) =>
      new Pulse(world.clock, paceMs[pace], () => {
        this.pushAll(pace);
      });
    this.pulses = {
      frame: pulse('frame'),
      figures: pulse('figures'),
      numbers: pulse('numbers'),
    };
  }

  /** Answers once. */
  ask(asked: Asked<Q>): Promise<Answered<Q>> {
    return this.answered(asked, this.stampOf(asked));
  }

  /** Answers, and from now on pushes what changes. The answer of a query that fails is pushed too, once it can be given. */
  watch(watch: Watch<Q>): Promise<Answered<Q>> {
    if (this.left.has(watch.watcher)) return this.ask(watch);
    const watcher = this.watcherOf(watch.watcher);
    if (!watcher.subscriptions.has(watch.id) && watcher.subscriptions.size >= mostWatches) {
      const message = `${watch.watcher} watches ${String(mostWatches)} things already`;
      return Promise.reject(new RequestError({ reason: 'notAllowed', message }));
    }
    const stamp = this.stampOf(watch);
    watcher.subscriptions.set(watch.id, {
      watch,
      told: stamp,
      isAnswering: false,
      isBehind: false,
    });
    try {
      this.watchesChanged();
    } catch (error) {
      // A query that is malformed would stand in the way of all others.
      watcher.subscriptions.delete(watch.id);
      throw error;
    }
    return this.answered(watch, stamp);
  }

  unwatch({ watcher, id }: { readonly watcher: WatcherId; readonly id: string }): void {
    if (this.watchers.get(watcher)?.subscriptions.delete(id) === true) this.watchesChanged();
  }

  /** Hidden watchers are told nothing; one that is seen again is told everything. */
  setVisible({
    watcher,
    visible,
  }: {
    readonly watcher: WatcherId;
    readonly visible: boolean;
  }): void {
    const known = this.watcherOf(watcher);
    if (known.visible === visible) return;
    known.visible = visible;
    this.watchesChanged();
    if (!visible) return;
    for (const subscription of known.subscriptions.values()) subscription.told = undefined;
    this.changed();
  }

  /** The watcher is gone, with all that it watched. */
  leave(watcher: WatcherId): void {
    this.left.add(watcher);
    for (const oldest of this.left) {
      if (this.left.size <= mostWatchers) break;
      this.left.delete(oldest);
    }
    if (this.watchers.delete(watcher)) this.watchesChanged();
  }

  /** Something that answers are made of has changed; which ones, their stamps tell. */
  changed(...paces: readonly Pace[]): void {
    for (const pace of paces.length > 0 ? paces : allPaces) {
      this.pulses[pace].beat();
    }
  }

  /** What those who see watch of a kind. */
  queriesOf<K extends keyof Q & string>(kind: K): Q[K]['query'][] {
    return this.seen().flatMap(({ watch }) => (watch.kind === kind ? [watch.query] : []));
  }

  dispose(): void {
    this.tick?.dispose();
    for (const pace of allPaces) this.pulses[pace].dispose();
    this.watchers.clear();
  }

  private watchesChanged(): void {
    this.followClock();
    this.world.onWatches?.();
  }

  /** Executions leave a list of the last quarter of an hour without anything having come. */
  private followClock(): void {
    this.tick?.dispose();
    this.tick = undefined;
    const { questions, clock } = this.world;
    const moves = this.seen().some(({ watch: { kind, query } }) =>
      questions[kind].movesWithClock?.(query),
    );
    if (!moves) return;
    this.tick = clock.after(clockStepMs, () => {
      this.changed();
      this.followClock();
    });
  }

  private watcherOf(id: WatcherId): Watcher<Q> {
    return lastUsed(this.watchers, id, mostWatchers, () => ({
      visible: true,
      subscriptions: new Map(),
    }));
  }

  private seen(): Subscription<Q>[] {
    return [...this.watchers.values()].flatMap(({ visible, subscriptions }) =>
      visible ? [...subscriptions.values()] : [],
    );
  }

  private pushAll(pace: Pace): void {
    for (const subscription of this.seen()) {
      const { watch } = subscription;
      if (this.world.questions[watch.kind].pace !== pace) continue;
      const stamp = this.stampOf(watch);
      if (subscription.told === stamp) continue;
      subscription.isBehind = subscription.isAnswering;
      if (subscription.isBehind) continue;
      subscription.told = stamp;
      // One at a time: an answer that waits for Kafka must not gather others behind it.
      subscription.isAnswering = true;
      void this.answered(watch, stamp).then((answered) => {
        subscription.isAnswering = false;
        this.push(subscription, watch, answered);
        // Only then: whoever beats for nothing makes the pulse slower.
        if (subscription.isBehind) this.changed(pace);
      });
    }
  }

  /** While the answer was made the watcher may have asked for something else, been hidden, or left. */
  private push(subscription: Subscription<Q>, watch: Watch<Q>, answered: Answered<Q>): void {
    const watcher = this.watchers.get(watch.watcher);
    if (watcher?.subscriptions.get(watch.id) !== subscription || subscription.watch !== watch)
      return;
    if (!watcher.visible) {
      subscription.told = undefined;
      return;
    }
    this.world.push({ watcher: watch.watcher, id: watch.id, answered });
  }

  private stampOf({ kind, query }: Asked<Q>): string {
    const made = this.world.questions[kind].stamp(query);
    return `${String(this.world.generation())} ${made}`;
  }

  private answered({ kind, query }: Asked<Q>, stamp: string): Promise<Answered<Q>> {
    const key = `${kind} ${JSON.stringify(query)} ${stamp}`;
    const running = this.running.get(key);
    if (running !== undefined) return running;
    const made = this.make({ kind, query }).finally(() => {
      // Bounded by what is under way: nothing is kept once it was given.
      this.running.delete(key);
    });
    this.running.set(key, made);
    return made;
  }

  private async make({ kind, query }: Asked<Q>): Promise<Answered<Q>> {
    // Counted when it begins: an answer that waited for Kafka is older than one that was asked for later.
    const stamp = { generation: this.world.generation(), seq: ++this.seq };
    const given = async () => {
      try {
        const { questions, foreground } = this.world;
        const make = () => questions[kind].answer(query);
        const answer = await (questions[kind].isWaitedFor ? foreground.during(make) : make());
        return { ok: true, answer } as const;
      } catch (error) {
        return { ok: false, failure: asFailure(error) } as const;
      }
    };
    return { kind, stamp, query, result: await given() } as Answered<Q>;
  }
}
