import { ask } from '../protocol/ask.ts';
import type { SaveTarget } from '../protocol/savedExecutions.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import { fileNamePart, safeFileName } from './fileNamePart.ts';
import type { OtherRun } from './keptFlows.ts';
import { savedFileName } from './savedFile.ts';

type Engine = Pick<EngineClient, 'call'>;

/** What a file of executions is called: by the flow and the time of one alone, of a list by when it is saved. */
export async function fileNameOf(
  engine: Engine,
  target: SaveTarget,
  form: string,
): Promise<string> {
  if (target.kind === 'list') return savedFileName('executions', new Date(), form);
  const opened = await opening(engine, target.key);
  const beginMs = opened?.summary.beginMs ?? null;
  const name = fileNamePart(opened?.name ?? '') || 'execution';
  return safeFileName(savedFileName(name, beginMs === null ? new Date() : new Date(beginMs), form));
}

/** Null where it has left the window by now, which saving it says. */
function opening(engine: Engine, key: ExecutionKey) {
  return ask(engine, 'tree', { key, collapsed: [], at: { offset: 0 }, limit: 0 }).catch(() => null);
}

/** The run that one is compared with, of one that did not go well else the last good one; null where there is none. */
export async function otherRunOf(engine: Engine, target: SaveTarget): Promise<OtherRun | null> {
  if (target.kind === 'list') return null;
  const { key, comparedWith } = target;
  if (comparedWith !== undefined) return { key: comparedWith, is: 'comparedWith' };
  if ((await opening(engine, key))?.summary.outcome === 'succeeded') return null;
  const query = { key, other: null, onlyDifferences: true, offset: 0, limit: 0 };
  const compared = await ask(engine, 'compare', query).catch(() => null);
  if (compared?.kind !== 'compared') return null;
  const [before, after] = [compared.before.summary, compared.after.summary];
  // Where none went well before it, it is compared with one behind it.
  const isLater = (before.beginMs ?? 0) > (after.beginMs ?? Infinity);
  return { key: before.key, is: isLater ? 'laterGood' : 'lastGood' };
}
