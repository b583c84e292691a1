import type { EngineEvents } from '../protocol/engineProtocol.ts';

/** More partitions than that nobody compares; all of them are in the log. */
const mostPartitions = 5;

/** Says what became of a topic, and what that means for what is shown. */
export function topicNewsText(
  news: EngineEvents['topicNews'],
  t: (message: string, ...args: readonly (string | number)[]) => string,
): string {
  if (news.kind === 'madeAnew') {
    return t(
      'The topic “{0}” was deleted and recreated. The new one is read from the beginning; executions of the old one stay in the list as long as they are kept in memory.',
      news.topic,
    );
  }
  const { topic, partitions } = news;
  const total = partitions.reduce((sum, { count }) => sum + count, 0);
  const named = partitions
    .slice(0, mostPartitions)
    .map(({ partition, count }) => t('partition {0}: {1}', partition, count));
  const left = partitions.length - named.length;
  if (left === 1) named.push(t('1 more partition'));
  if (left > 1) named.push(t('{0} more partitions', left));
  const places = named.join(t(', '));
  return total === 1
    ? t('1 record of the topic “{0}” was deleted before it was read ({1}).', topic, places)
    : t(
        '{1} records of the topic “{0}” were deleted before they were read ({2}).',
        topic,
        total,
        places,
      );
}
