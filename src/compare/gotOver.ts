import type { RowDifferences } from './rowDifferences.ts';

/** Whether a node failed, gave nothing of what it gave before, and the flow went on. */
export function isGotOver({ status, output }: Pick<RowDifferences, 'status' | 'output'>): boolean {
  const { differences } = output;
  const isEmpty = differences.length > 0 && differences.every(({ change }) => change === 'removed');
  return status?.before === 'succeeded' && status.after === 'recovered' && isEmpty;
}
