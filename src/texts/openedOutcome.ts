import type { TreeWindow } from '../protocol/tree.ts';
import { failedItemsText } from './failedItemTexts.ts';
import {
  itemsFailedPresentation,
  outcomePresentation,
  type StatusPresentation,
} from './statusPresentation.ts';
import { nameOfNode } from './titles.ts';
import type { Translate } from './translate.ts';

type Opened = Pick<TreeWindow, 'summary' | 'failing' | 'findings'>;

/** How the outcome of an opened execution is drawn: with items that failed it is no plain success. */
export function openedPresentation(window: Opened): StatusPresentation {
  return failedItemsOf(window) === null
    ? outcomePresentation(window.summary.outcome)
    : itemsFailedPresentation;
}

/** The outcome in words: where it failed, or how many items did although it succeeded. */
export function openedOutcome(window: Opened, t: Translate): string {
  const { summary, failing } = window;
  const items = failedItemsOf(window);
  if (items !== null) return t('Succeeded, {0}', failedItemsText(items, t));
  if (summary.outcome !== 'failed') return t(outcomePresentation(summary.outcome).text);
  if (failing === null) return t('Failed');
  if (failing.inferred && failing.name === '') return t('Failed at a step without an entry');
  return failing.inferred
    ? t('Failed, most likely at “{0}”', nameOfNode(failing, t))
    : t('Failed at “{0}”', nameOfNode(failing, t));
}

/** Of the first finding that knows of some, in an execution that succeeded all the same. */
function failedItemsOf({ summary, findings }: Opened) {
  if (summary.outcome !== 'succeeded') return null;
  return findings.find(({ failedItems }) => failedItems !== undefined)?.failedItems ?? null;
}
