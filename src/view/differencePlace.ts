import type { PlaceInNode } from '../flow/flowDocument.ts';
import type { CompareWindow } from '../protocol/compare.ts';

/**
 * What of a step in the flow file is to be looked at first, by what differs at it: its program, or what an input is. An input only
 * where it is what is told of: of a step that failed with other data, nothing stands at its inputs that explains it.
 */
export function differencePlace(
  { groups, first }: Pick<CompareWindow, 'groups' | 'first'>,
  row: number,
): PlaceInNode | undefined {
  const isProgram = groups.some(
    ({ kind, items }) =>
      kind === 'configuration' && items.some((item) => item.row === row && item.path[0] === 'code'),
  );
  if (isProgram) return { part: 'code' };
  const input = first?.row === row && first.what === 'input' ? first.value?.path[0] : undefined;
  return typeof input === 'string' ? { part: 'input', input } : undefined;
}
