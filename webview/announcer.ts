import type { Clock } from '../src/base/clock.ts';
import type { Disposable } from '../src/base/disposable.ts';

/** When a piece of news is said. */
export interface Pace {
  /** Not more often than this, however often it changes. */
  readonly everyMs: number;
  /** Not before it has stayed the same so long. */
  readonly settledMs?: number;
}

interface Topic {
  said: { readonly text: string; readonly atMs: number } | null;
  timer: Disposable | null;
}

/**
 * Says to a screen reader what changed: each change once, and of what goes on changing the newest text now and then.
 * Topics are the few that the page has.
 */
export class Announcer {
  private readonly clock: Clock;
  private readonly say: (text: string) => void;
  private readonly topics = new Map<string, Topic>();

  constructor(clock: Clock, say: (text: string) => void) {
    this.clock = clock;
    this.say = say;
  }

  /** What there is to say of a topic now; an empty text: nothing, so that the next one is news again. */
  tell(name: string, text: string, { everyMs, settledMs = 0 }: Pace): void {
    const topic = this.topics.get(name) ?? { said: null, timer: null };
    this.topics.set(name, topic);
    topic.timer?.dispose();
    topic.timer = null;
    if (text === '') topic.said = null;
    if (text === '' || text === topic.said?.text) return;
    const now = this.clock.now();
    const dueMs = Math.max(settledMs, (topic.said?.atMs ?? -Infinity) + everyMs - now);
    if (dueMs <= 0) this.speak(topic, text);
    else {
      topic.timer = this.clock.after(dueMs, () => {
        this.speak(topic, text);
      });
    }
  }

  private speak(topic: Topic, text: string): void {
    topic.said = { text, atMs: this.clock.now() };
    this.say(text);
  }
}
