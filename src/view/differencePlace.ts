import type { PlaceInNode } from '../flow/flowDocument.ts';
import type { CompareWindow } from '../protocol/compare.ts';

/** What of a step in the flow file is to be looked at first, by what differs at it: its program, or what an input is. */
export function differencePlace(
  groups: CompareWindow['groups'],
  row: number,
): PlaceInNode | undefined {
  const namesIn = (kind: CompareWindow['groups'][number]['kind']) =>
    groups
      .filter((group) => group.kind === kind)
      .flatMap(({ items }) => items.filter((item) => item.row === row).map(({ path }) => path[0]));
  if (namesIn('configuration').includes('code')) return { part: 'code' };
  const input = namesIn('inputs').find((name) => typeof name === 'string');
  return input === undefined ? undefined : { part: 'input', input };
}
