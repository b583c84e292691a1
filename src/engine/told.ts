import type { Clock } from '../base/clock.ts';

/** What tells answers of now from those of before. */
export class Told {
  /** Begins later than that of any engine before, which did not open a source in each millisecond. */
  private opened: number;
  private changes = 0;
  private hasProgress = false;

  constructor(clock: Clock) {
    this.opened = clock.now();
  }

  get generation(): number {
    return this.opened;
  }

  get statusRevision(): number {
    return this.changes;
  }

  /** Whether the source has told of executions before they ended. */
  get progressSeen(): boolean {
    return this.hasProgress;
  }

  sourceOpened(): void {
    this.opened++;
    this.hasProgress = false;
  }

  progressCame(): void {
    this.hasProgress = true;
  }

  statusChanged(): void {
    this.changes++;
  }
}
