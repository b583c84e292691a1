import { parseQuery } from '../query/parseQuery.ts';
import type { Term } from '../query/terms.ts';

const hidden = '-kind:tool';

/** Whether a filter leaves the calls of tools out. */
export function hidesToolCalls(filter: string): boolean {
  return hidingTerms(filter).length > 0;
}

/** The filter that shows the calls of tools, or leaves them out; the rest of it stays as it was written. */
export function withToolCalls(filter: string, areShown: boolean): string {
  const shown = hidingTerms(filter).reduceRight(
    (text, { range }) => `${text.slice(0, range.from)}${text.slice(range.to).trimStart()}`,
    filter,
  );
  if (areShown) return shown.trimEnd();
  return shown.trim() === '' ? hidden : `${shown.trimEnd()} ${hidden}`;
}

function hidingTerms(filter: string): readonly Term[] {
  return parseQuery(filter, 0).terms.filter(
    ({ condition, excludes }) =>
      condition.kind === 'kind' && (condition.of === 'tool') === excludes,
  );
}
