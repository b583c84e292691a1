import type { EngineEvents } from '../protocol/engineProtocol.ts';
import { t } from './l10n.ts';
import { tell } from './surfaces.ts';
import { topicNewsText } from './topicNewsText.ts';
import type { Vscode } from './vscode.ts';

type News = EngineEvents['topicNews'];
type Removed = Extract<News, { kind: 'removed' }>;

/** Told one after the other behind one that stayed open for long; older ones are in the log. */
const mostWaiting = 20;

/**
 * Tells what became of the topic that is followed: one notification at a time. A topic that goes on losing records has
 * news each minute; what comes while one is open is told after it, summed.
 */
export class TopicNews {
  private readonly vscode: Vscode;
  /** By what is told of which topic. */
  private readonly waiting = new Map<string, News>();
  private isOpen = false;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
  }

  take(news: News): void {
    const key = `${news.kind} ${news.topic}`;
    const before = this.waiting.get(key);
    this.waiting.set(
      key,
      before?.kind === 'removed' && news.kind === 'removed' ? sum(before, news) : news,
    );
    const [oldest] = this.waiting.keys();
    if (this.waiting.size > mostWaiting && oldest !== undefined) this.waiting.delete(oldest);
    if (!this.isOpen) void this.tellAll();
  }

  private async tellAll(): Promise<void> {
    this.isOpen = true;
    try {
      for (;;) {
        const [next] = this.waiting;
        if (next === undefined) return;
        this.waiting.delete(next[0]);
        await tell(this.vscode, 'warning', topicNewsText(next[1], t));
      }
    } finally {
      this.isOpen = false;
    }
  }
}

function sum(before: Removed, { topic, partitions }: Removed): Removed {
  const counts = new Map<number, number>();
  for (const { partition, count } of [...before.partitions, ...partitions]) {
    counts.set(partition, (counts.get(partition) ?? 0) + count);
  }
  const summed = [...counts].sort(([a], [b]) => a - b);
  return {
    ...{ kind: 'removed', topic },
    partitions: summed.map(([partition, count]) => ({ partition, count })),
  };
}
