import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { TopicLook } from './topicLife.ts';

/** A topic that is deleted and made anew while we are connected may go unnoticed by kafkajs. */
const lookEveryMs = 5_000;

/** What looks need to know, and whom they tell. */
export interface TopicLooksWorld<Session> {
  readonly clock: Clock;
  /** The session that reads now. */
  readonly current: () => Session | undefined;
  readonly look: (session: Session) => Promise<TopicLook['kind']>;
  readonly onFailed: (error: unknown) => void;
  /** The topic of the current session is gone, or another one by now. */
  readonly onOther: (session: Session, kind: Exclude<TopicLook['kind'], 'same'>) => void;
}

/** Looks now and then whether the topic of the current session is still the one that is read. */
export class TopicLooks<Session> implements Disposable {
  private readonly world: TopicLooksWorld<Session>;
  private timer: Disposable | undefined;

  constructor(world: TopicLooksWorld<Session>) {
    this.world = world;
  }

  begin(session: Session): void {
    this.dispose();
    this.timer = this.world.clock.after(lookEveryMs, () => {
      void this.isStillTheTopic(session).then((isStill) => {
        if (isStill) this.begin(session);
      });
    });
  }

  /** Whether the session goes on. */
  async isStillTheTopic(session: Session | undefined): Promise<boolean> {
    const { current, look, onFailed, onOther } = this.world;
    // Looking through one that is closed would connect it again, and nobody would close that.
    if (session === undefined || session !== current()) return false;
    let kind: TopicLook['kind'];
    try {
      kind = await look(session);
    } catch (error) {
      // A lost connection is seen by its sockets; this one look may be missed.
      onFailed(error);
      return current() === session;
    }
    if (current() !== session) return false;
    if (kind === 'same') return true;
    onOther(session, kind);
    return false;
  }

  /** The session is over: no more looks, until the next one begins. */
  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }
}
