import type { EngineEvents } from '../protocol/engineProtocol.ts';
import { t } from './l10n.ts';
import { tell } from './surfaces.ts';
import { topicNewsText } from './topicNewsText.ts';

/** Tells what became of the topic that is followed. */
export function tellTopicNews(news: EngineEvents['topicNews']): void {
  void tell('warning', topicNewsText(news, t));
}
