import type { Clock } from '../base/clock.ts';
import type { KeptComparison } from './comparedWindow.ts';

/** Makes a comparison; others have their turn meanwhile, and where nobody wants it any more that turn throws. */
export type MakeComparison = (turn: () => Promise<void>) => Promise<KeptComparison>;

/** From one turn to the next it takes less; one that takes longer waits itself, as for a record that the topic has to give. */
const mostIdleMs = 200;

interface Made {
  readonly stamp: string;
  readonly comparison: Promise<KeptComparison>;
  isAsked: boolean;
  isOver: boolean;
  /** When it began, or had a turn last. */
  wentOnMs: number;
}

/** It was made ahead, of an execution that nobody looks at any more. */
class Superseded extends Error {}

/** The comparison that was asked for last, for its rows are asked for page by page; and one that may be asked for next. */
export class MadeComparisons {
  private readonly clock: Clock;
  private readonly turn: () => Promise<void>;
  private asked: Made | undefined;
  private ahead: Made | undefined;

  constructor(clock: Clock, turn: () => Promise<void>) {
    this.clock = clock;
    this.turn = turn;
  }

  /** Made once for all who ask for what has this stamp. */
  get(stamp: string, make: MakeComparison): Promise<KeptComparison> {
    const known = [this.asked, this.ahead].find((made) => made?.stamp === stamp);
    const made = known ?? this.begin(stamp, make);
    made.isAsked = true;
    this.asked = made;
    return made.comparison;
  }

  /** Begins what somebody may ask for; ends once something else may be, unless it was asked for. */
  makeAhead(stamp: string, make: MakeComparison): void {
    this.ahead = this.asked?.stamp === stamp ? undefined : this.begin(stamp, make);
  }

  /** Nobody will ask for what was begun ahead. */
  dropAhead(): void {
    this.ahead = undefined;
  }

  clear(): void {
    this.asked = undefined;
    this.ahead = undefined;
  }

  /** Resolves once nobody waits for one that goes on. */
  async answered(): Promise<void> {
    for (;;) {
      const { asked, clock } = this;
      if (asked === undefined || asked.isOver) return;
      const leftMs = asked.wentOnMs + mostIdleMs - clock.now();
      if (leftMs <= 0) return;
      await new Promise<void>((resolve) => {
        const wait = clock.after(leftMs, resolve);
        const ended = () => {
          wait.dispose();
          resolve();
        };
        asked.comparison.then(ended, ended);
      });
    }
  }

  private begin(stamp: string, make: MakeComparison): Made {
    const turn = async () => {
      await this.turn();
      made.wentOnMs = this.clock.now();
      if (!made.isAsked && this.ahead !== made) throw new Superseded();
    };
    // Later: until then nothing knows of it.
    const comparison = Promise.resolve().then(() => make(turn));
    const wentOnMs = this.clock.now();
    const made: Made = { stamp, comparison, isAsked: false, isOver: false, wentOnMs };
    comparison.then(
      () => {
        made.isOver = true;
      },
      () => {
        made.isOver = true;
        // The next one who asks tries again.
        if (this.asked === made) this.asked = undefined;
        if (this.ahead === made) this.ahead = undefined;
      },
    );
    return made;
  }
}
