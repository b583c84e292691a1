import type { InspectorContent } from '../protocol/inspector.ts';
import { isErrorLevel } from '../trace/logLevel.ts';

/** Why a step failed, as its entry tells it, else its log; empty where it did not, or nothing does. */
export function errorOfStep({ row, data }: Extract<InspectorContent, { kind: 'node' }>): string {
  if (row.status !== 'failed') return '';
  const logged = data.logs.find(({ level }) => isErrorLevel(level))?.message;
  return row.error ?? logged ?? '';
}
