import type * as vscode from 'vscode';
import { ask } from '../protocol/ask.ts';
import type { ProblemRow } from '../protocol/problems.ts';
import type { SaveTarget } from '../protocol/savedExecutions.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import { fileNamePart, safeFileName } from './fileNamePart.ts';
import type { OtherRun } from './keptFlows.ts';
import type { KnownElsewhere, KnownStanding } from '../sources/files/traceFileHead.ts';
import { t } from './l10n.ts';
import { savedFileName } from './savedFile.ts';
import { withProgress } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

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

/**
 * The run that one is compared with, of one that did not go well else the last good one; null where there is none,
 * undefined when whoever waits for it gives up.
 */
export async function otherRunOf(
  vscode: Vscode,
  engine: Engine,
  target: SaveTarget,
): Promise<OtherRun | null | undefined> {
  if (target.kind === 'list') return null;
  return withProgress(vscode, t('Comparing with the last good run'), (_, cancelled) =>
    Promise.race([withGoodRuns(engine, target), given(cancelled)]),
  );
}

/** Resolves once somebody gives up. */
function given(cancelled: vscode.CancellationToken): Promise<undefined> {
  return new Promise((resolve) => {
    cancelled.onCancellationRequested(() => {
      resolve(undefined);
    });
  });
}

type OfOne = Extract<SaveTarget, { readonly kind: 'execution' }>;

async function withGoodRuns(engine: Engine, target: OfOne): Promise<OtherRun | null> {
  const other = await wantedOther(engine, target);
  if (other === null) return null;
  const both = { key: target.key, other: other.key };
  // Where none can be read the two are handed on alone.
  const goodRuns = await engine.call('goodRunsOf', both).catch(() => []);
  return { ...other, goodRuns: goodRuns.filter((key) => key !== target.key) };
}

async function wantedOther(
  engine: Engine,
  { key, comparedWith }: OfOne,
): Promise<Omit<OtherRun, 'goodRuns'> | null> {
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

/** What is known of an execution from others that are not handed on with it; undefined where it is not one. */
export async function knownElsewhere(
  engine: Engine,
  target: SaveTarget,
  other: OtherRun | null,
): Promise<KnownElsewhere | undefined> {
  const opened = target.kind === 'list' ? null : await opening(engine, target.key);
  if (target.kind === 'list' || opened === null) return undefined;
  const { key } = target;
  const { sid, beginMs } = opened.summary;
  const problem = (await ask(engine, 'ownPast', { key }).catch(() => null))?.problem ?? null;
  const failed = problem && {
    ...{ count: problem.count, of: problem.runsSince, sinceMs: problem.firstMs },
    stands: standingIn(problem),
  };
  return { sid, beginMs, failed, first: other && (await firstSince(engine, key, other.key)) };
}

function standingIn(problem: ProblemRow): KnownStanding {
  const { state, passes, needed, sinceMs, resolvedMs, backMs, wasResolved } = problem;
  const { lastMs, lastRunMs, mark } = problem;
  return {
    ...{ state, passes, needed, sinceMs, resolvedMs, backMs, wasResolved, lastMs, lastRunMs },
    isMarkedFixed: mark === 'fixed',
  };
}

async function firstSince(
  engine: Engine,
  key: ExecutionKey,
  other: ExecutionKey,
): Promise<KnownElsewhere['first']> {
  const before = await opening(engine, other);
  const told = await ask(engine, 'since', { key, other }).catch(() => null);
  if (before === null || told?.since == null) return null;
  const { otherwise = 0 } = told.since;
  return { ...told.since, otherwise, unread: told.unread, other: before.summary.sid };
}
