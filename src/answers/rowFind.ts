import { withoutColours } from '../base/colours.ts';
import { holdFrames, rawTextOf } from '../decode/bytes/rawNeedle.ts';
import { excerpt } from '../find/excerpt.ts';
import {
  executionSections,
  nodeSections,
  type SectionContent,
  type SectionId,
} from '../find/places.ts';
import { searchSteps } from '../find/searchSections.ts';
import type { FindAnswer, FindHit } from '../protocol/find.ts';
import type { ExecutionKey, RunKey } from '../trace/execution.ts';
import { withItems } from '../trace/itemFailures.ts';
import type { TreeNode } from '../trace/tree.ts';
import { type ExecutionFindWorld, mostHits } from './executionFind.ts';
import type { Sought } from './findQuery.ts';
import { type Opened, rowOf } from './openedExecution.ts';
import { placeOf } from './placeOf.ts';

/**
 * Looks through what one row holds for a text as it is typed, as the inspector does where all of it is in the page. Long lists
 * are masked while they are looked through, and only those of their pages whose bytes may hold it.
 */
export class RowFind {
  readonly hits: FindHit[] = [];
  state: FindAnswer['state'] = 'searching';
  readonly unread = 0;
  readonly stored = null;
  readonly longestSure = null;
  readonly counts = new Map<SectionId, number>();
  private readonly world: Pick<ExecutionFindWorld, 'tree' | 'turn'>;
  private readonly key: ExecutionKey;
  private readonly row: RunKey | null;
  private readonly sought: Sought;

  constructor(world: RowFind['world'], key: ExecutionKey, row: RunKey | null, sought: Sought) {
    this.world = world;
    this.key = key;
    this.row = row;
    this.sought = sought;
  }

  get rows(): number {
    return this.hits.length === 0 ? 0 : 1;
  }

  get share(): number {
    return this.state === 'searching' ? 0 : 1;
  }

  /** Goes on from step to step, with pauses; who asks for no further step stops it. */
  async *steps(): AsyncGenerator<undefined, void> {
    const { tree, turn } = this.world;
    const opened = await tree.opened(this.key);
    const node = this.row === null ? null : rowOf(opened, this.row).node;
    const shown = node?.subExecution == null ? opened : await tree.opened(node.subExecution.key);
    for (const _ of shown.record.prepare()) {
      await turn();
      yield undefined;
    }
    const { finder, needles } = this.sought;
    const place = placeOf(node);
    const steps = searchSteps(sectionsOf(node, opened, shown), {
      ...{ finder, most: mostHits, shown: withoutColours },
      mayHold: (bytes) => {
        const raw = rawTextOf(bytes);
        return needles.every((needle) => needle.mayHold(raw)) || holdFrames(raw);
      },
      onMatch: (match, text, at) => {
        this.hits.push({ ...place, match, path: '', ...excerpt(text, at) });
        this.counts.set(match.section, (this.counts.get(match.section) ?? 0) + 1);
      },
    });
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        this.state = step.value ? 'cut' : 'done';
        return;
      }
      await turn();
      yield undefined;
    }
  }
}

/** What the inspector shows of a row, long lists of it masked when they are looked at. */
function sectionsOf(
  node: TreeNode | null,
  opened: Opened,
  shown: Opened,
): readonly SectionContent[] {
  const { record, summary } = shown;
  const part = { part: 'lazily' } as const;
  if (node?.subExecution !== null)
    return executionSections(record.executionData(part), summary.message);
  const data = node.run === null ? undefined : record.nodeData(node.run.key, part);
  return data === undefined ? [] : nodeSections(withItems(data, node.key, opened.itemFailures));
}
