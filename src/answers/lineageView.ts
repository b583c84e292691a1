import { inTurns } from '../base/steps.ts';
import type { FoundPlace } from '../protocol/find.ts';
import type { LinkedValue } from '../protocol/handOn.ts';
import type { LineageAnswer, LineageQuery } from '../protocol/lineage.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { TreeView } from './treeView.ts';

/** What following values needs of its world. */
export interface LineageViewWorld {
  readonly tree: Pick<TreeView, 'opened' | 'recordOf' | 'stamp'>;
  readonly turn: () => Promise<void>;
}

/** Where values came from, and who used them. The code behind it is read when somebody follows one. */
export class LineageView {
  private readonly world: LineageViewWorld;

  constructor(world: LineageViewWorld) {
    this.world = world;
  }

  /** What an answer is made of. */
  stamp({ key }: LineageQuery): string {
    return this.world.tree.stamp(key);
  }

  /** Throws a `notFound` request error when the execution, or the value in it, is gone. */
  async answer(query: LineageQuery): Promise<LineageAnswer> {
    const { opened, record } = await this.read(query.key);
    const { valueWay } = await import('./placesFound.ts');
    return valueWay(opened, record, query);
  }

  /** Where stands what a link leads to; null where it is in no run of its node. */
  async linked({ key, ...value }: LinkedValue): Promise<FoundPlace | null> {
    const { opened, record } = await this.read(key);
    const { linkedPlace } = await import('./placesFound.ts');
    return inTurns(linkedPlace(opened, record, value), this.world.turn);
  }

  private async read(key: ExecutionKey) {
    const { tree, turn } = this.world;
    const opened = await tree.opened(key);
    const record = await tree.recordOf(key, null);
    for (const _ of record.prepare()) await turn();
    return { opened, record };
  }
}
