import type { Category } from './category.ts';
import type { CauseEntries, CauseEntry } from './causes/causeEntry.ts';
import { dataCauses } from './causes/dataCauses.ts';
import { databaseCauses } from './causes/databaseCauses.ts';
import { machineCauses } from './causes/machineCauses.ts';
import { modelCauses } from './causes/modelCauses.ts';
import { networkCauses } from './causes/networkCauses.ts';
import { platformCauses, programCauses, screenCauses } from './causes/robotCauses.ts';
import { withoutNames } from './causes/quotedNames.ts';
import { withSpacedNames } from './causes/spacedNames.ts';
import { withWindowErrors } from './causes/windowErrors.ts';
import type { RemedyId } from './remedyIds.ts';

/**
 * The causes that messages tell, most telling first: "Create task error: 403 Forbidden" is a question of permission,
 * not of the task. Patterns are linear: no nested repetition. A number or a word that only looks like a status says
 * nothing: an invoice may be number 403, and a field may be called "timeout".
 *
 * A cause needs a row in one of these tables and a title in the table of texts, in both languages: without one the
 * project does not compile.
 */
const told = {
  ...screenCauses,
  ...programCauses,
  ...platformCauses,
  ...modelCauses,
  ...machineCauses,
  ...databaseCauses,
  ...networkCauses,
  ...dataCauses,
} as const satisfies CauseEntries;

/** What is concluded from more than words. */
const concluded = {
  stalled: { category: 'cancelled', patterns: [], remedies: ['checkServiceUp', 'checkRobotLog'] },
  recovered: { category: 'node', patterns: [], remedies: ['watchFlakyStep'] },
  retried: { category: 'node', patterns: [], remedies: ['watchFlakyStep'] },
  roundsFailed: {
    category: 'node',
    patterns: [],
    remedies: ['findFailedRounds', 'watchFlakyStep'],
  },
  failBranchTaken: {
    category: 'node',
    patterns: [],
    remedies: ['checkFailBranch'],
  },
} as const satisfies CauseEntries;

/** All causes by name. */
export const causes = { ...told, ...concluded };
/** The name of a cause. */
export type CauseId = keyof typeof causes;

const inOrder = Object.entries(told) as [keyof typeof told, CauseEntry][];

const ofCategory: Readonly<Record<Category, readonly RemedyId[]>> = {
  timeout: ['raiseNodeTimeout', 'findSlowStep', 'splitTask'],
  resource: ['giveMoreMemory', 'processInBatches', 'runLater'],
  quota: ['slowDown', 'raiseQuota'],
  permission: ['grantPermission', 'renewToken'],
  configuration: ['checkNodeSettings'],
  network: ['checkServiceUp', 'checkAddress'],
  codeExecution: ['fixCode', 'checkInputForm'],
  data: ['checkInputForm'],
  contentAudit: ['rewordContent'],
  notFound: ['checkReference'],
  database: ['checkDatabase'],
  storage: ['checkStorage'],
  model: ['checkModel', 'runAgain'],
  engine: ['checkInputForm', 'askPlatform'],
  node: ['checkNodeSettings', 'checkInputForm'],
  tool: ['checkTool', 'checkInputForm'],
  robotTask: ['checkRobotLog', 'runAgain'],
  cancelled: ['askWhoCancelled', 'runAgain'],
  unknown: ['readMessage', 'runAgain'],
};

/** What can be done about a cause, or else about its category. */
export function remediesOf(category: Category, cause: CauseId | null): readonly RemedyId[] {
  return cause === null ? ofCategory[category] : causes[cause].remedies;
}

/** A text as patterns look at it. */
const asSearched = (text: string) => withSpacedNames(withWindowErrors(withoutNames(text)));

/** Whether a text tells a cause, whatever else it tells. */
export function tells(cause: CauseId, text: string): boolean {
  const { patterns, weakPatterns = [] }: CauseEntry = causes[cause];
  const words = asSearched(text);
  return [...patterns, ...weakPatterns].some((pattern) => pattern.test(words));
}

/** The most telling cause of all, and which of the texts tells it. */
export function causeOf<Text extends { readonly text: string }>(
  texts: readonly Text[],
): { readonly cause: CauseId; readonly category: Category; readonly text: Text } | undefined {
  const searched = texts.map((text) => ({ text, words: asSearched(text.text) }));
  const told = (patternsOf: (entry: CauseEntry) => readonly RegExp[]) => {
    for (const [cause, entry] of inOrder) {
      const patterns = patternsOf(entry);
      const found = searched.find(({ words }) => patterns.some((pattern) => pattern.test(words)));
      if (found !== undefined) return { cause, category: entry.category, text: found.text };
    }
    return undefined;
  };
  return told(({ patterns }) => patterns) ?? told(({ weakPatterns = [] }) => weakPatterns);
}
