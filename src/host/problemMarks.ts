import type { Memento } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import type { ProblemMark } from '../problems/problemMark.ts';
import { mostProblemMarks } from '../protocol/problems.ts';
import type { EngineClient } from './engineClient.ts';

const marksKey = 'problemMarks';

/** What the reader said of problems: kept over restarts and for all windows, and told to each engine. */
export class ProblemMarks implements Disposable {
  private readonly memento: Memento;
  private readonly engine: EngineClient;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly disposables = new Disposables();

  constructor(world: { memento: Memento; engine: EngineClient; clock: Clock; log: Log }) {
    this.memento = world.memento;
    this.engine = world.engine;
    this.clock = world.clock;
    this.log = world.log;
    this.disposables.add(
      world.engine.onDidStart(() => {
        if (this.all.length > 0) this.tell();
      }),
    );
  }

  /** The one said last at the end. */
  get all(): readonly ProblemMark[] {
    return this.memento.get<readonly ProblemMark[]>(marksKey, []).filter(isMark);
  }

  /** Says something of a problem, instead of what was said before of the same flow's. */
  async mark(said: Omit<ProblemMark, 'atMs'>): Promise<void> {
    const others = this.all.filter(
      ({ signature, flow }) => signature !== said.signature || flow !== said.flow,
    );
    const mark = { ...said, atMs: this.clock.now() };
    await this.memento.update(marksKey, [...others, mark].slice(-mostProblemMarks));
    this.tell();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private tell(): void {
    if (!this.engine.isRunning) return;
    this.engine.call('setProblemMarks', { marks: this.all }).catch((error: unknown) => {
      this.log('warn', `The engine was not told what was said of problems: ${String(error)}`);
    });
  }
}

/** A later version may have kept something else. */
function isMark(mark: unknown): mark is ProblemMark {
  if (typeof mark !== 'object' || mark === null) return false;
  const { signature, flow, kind, atMs, weekly } = mark as Partial<Record<string, unknown>>;
  return (
    [signature, flow].every((text) => typeof text === 'string') &&
    ['seen', 'fixed', 'ignored'].some((one) => one === kind) &&
    [atMs, weekly].every((value) => typeof value === 'number')
  );
}
