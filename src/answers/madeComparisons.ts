import type { KeptComparison } from './comparedWindow.ts';

/** Makes a comparison; others have their turn meanwhile, and where nobody wants it any more that turn throws. */
export type MakeComparison = (turn: () => Promise<void>) => Promise<KeptComparison>;

/** How what is compared lets others have their turn. */
export interface Turns {
  readonly turn: () => Promise<void>;
  /** Of what nobody waits for yet. */
  readonly turnBehind: () => Promise<void>;
}

interface Made {
  readonly stamp: string;
  readonly comparison: Promise<KeptComparison>;
  isAsked: boolean;
  readonly ask: () => void;
  /** Resolves once somebody asks for it. */
  readonly whenAsked: Promise<void>;
}

/** It was made ahead, of an execution that nobody looks at any more. */
class Superseded extends Error {}

/** The comparison that was asked for last, for its rows are asked for page by page; and one that may be asked for next. */
export class MadeComparisons {
  private readonly turns: Turns;
  private asked: Made | undefined;
  private ahead: Made | undefined;

  constructor(turns: Turns) {
    this.turns = turns;
  }

  /** Made once for all who ask for what has this stamp. */
  get(stamp: string, make: MakeComparison): Promise<KeptComparison> {
    const known = [this.asked, this.ahead].find((made) => made?.stamp === stamp);
    const made = known ?? this.begin(stamp, make);
    made.isAsked = true;
    made.ask();
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

  private begin(stamp: string, make: MakeComparison): Made {
    const turn = async () => {
      if (made.isAsked) await this.turns.turn();
      // Who asks for it while it stands behind others waits for it, and for none of them.
      else await Promise.race([this.turns.turnBehind(), made.whenAsked]);
      if (!made.isAsked && this.ahead !== made) throw new Superseded();
    };
    // Later: until then nothing knows of it.
    const comparison = Promise.resolve().then(() => make(turn));
    let ask: () => void = () => undefined;
    const whenAsked = new Promise<void>((resolve) => (ask = resolve));
    const made: Made = { stamp, comparison, isAsked: false, whenAsked, ask };
    comparison.catch(() => {
      // The next one who asks tries again.
      if (this.asked === made) this.asked = undefined;
      if (this.ahead === made) this.ahead = undefined;
    });
    return made;
  }
}
