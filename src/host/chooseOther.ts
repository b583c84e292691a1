import { ask } from '../protocol/ask.ts';
import type { OtherSource } from '../protocol/compare.ts';
import type { ExecutionRow } from '../protocol/list.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import { sourceErrorText } from '../sources/errorTexts.ts';
import { sourceName } from '../sources/sourceName.ts';
import { traitsOf } from '../sources/table.ts';
import { formatClock, formatDuration } from '../texts/format.ts';
import { outcomePresentation } from '../texts/statusPresentation.ts';
import { executionName } from '../texts/titles.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import { fileDialogs } from './fileDialogs.ts';
import type { FormWorld } from './kafkaForm.ts';
import { t } from './l10n.ts';
import { isSame, type Remembered, shownMemory } from './recentSources.ts';
import type { Session } from './session.ts';
import { isComparedWith, toCompareWith } from './sourceTable.ts';
import { type Choice, choose, chooseFirst, tell, withProgress } from './surfaces.ts';

/** What another execution is chosen with. */
interface ChoiceWorld extends FormWorld {
  readonly engine: Pick<EngineClient, 'call'>;
  readonly session: Pick<Session, 'recent' | 'current' | 'connections'>;
}

/** The execution to compare with; `source`: of which other source it was read. */
export interface ChosenOther {
  readonly key: ExecutionKey;
  readonly source?: number;
}

type Picked =
  | { readonly kind: 'execution'; readonly key: ExecutionKey }
  | { readonly kind: 'file' }
  | { readonly kind: 'source'; readonly source: Remembered };

/** So many executions are offered: who looks for an older one filters the list first. */
const mostOffered = 500;
/** The engine gives up earlier, and says how far it came. */
const readingMs = 60_000;

/**
 * With which other execution one is compared; undefined when dismissed. Those of the same name first, and other flows
 * last: they are hundreds, and behind them nobody finds the way to a file.
 */
export async function chooseOther(
  world: ChoiceWorld,
  key: ExecutionKey,
): Promise<ChosenOther | undefined> {
  const { vscode, engine } = world;
  const query = { scope: { kind: 'all' }, filter: '', anchor: null } as const;
  const [{ rows }, { rows: earlier }] = await Promise.all([
    ask(engine, 'list', { ...query, offset: 0, limit: mostOffered }),
    engine.call('earlierOfFlow', { key }),
  ]);
  const name = rows.find((row) => row.key === key)?.name;
  const others = rows.filter((row) => row.key !== key);
  const [same, rest] = partedBy(others, (row) => row.name === name);
  const known = new Set(rows.map((row) => row.key));
  const before = earlier.filter((row) => !known.has(row.key) && row.key !== key);
  const present = (row: ExecutionRow) => choiceOf(row, vscode.env.language);
  const picked = await chooseFirst(
    vscode,
    ...([t('Compare With'), t('Select the execution to compare with')] as const),
    [
      ...titled(t('Same name'), same.map(present)),
      ...titled(t('From the history'), before.map(present)),
      ...titled(t('Other sources'), elsewhere(world)),
      ...titled(t('Others'), rest.map(present)),
    ],
  );
  if (picked === undefined) return undefined;
  const { value } = picked;
  if (value.kind === 'file') {
    const paths = await fileDialogs(vscode)
      .chooseTraceFiles()
      .finally(() => {
        picked.dispose();
      });
    return paths.length === 0 ? undefined : fromSource(world, { kind: 'files', paths });
  }
  picked.dispose();
  if (value.kind === 'execution') return { key: value.key };
  const spec = await toCompareWith(value.source, world);
  return spec === undefined ? undefined : fromSource(world, spec);
}

/** The files and topics that there are beside what is read: those read before, and the connections of the settings. */
function elsewhere({ vscode, session }: ChoiceWorld): readonly Choice<Picked>[] {
  const { connections, recent, current } = session;
  const sources = [...connections, ...recent].filter((source, index, all) => {
    const isCurrent = current !== undefined && isSame(source, current);
    const isFirst = all.findIndex((other) => isSame(other, source)) === index;
    return isFirst && !isCurrent && isComparedWith(source);
  });
  return [
    { icon: 'folder-opened', label: t('From a File…'), value: { kind: 'file' } },
    ...sources.map((source): Choice<Picked> => {
      const { name, detail, path } = shownMemory(source);
      return {
        icon: traitsOf(source.kind).icon,
        label: sourceName({ kind: source.kind, name }, t),
        description: path === undefined ? detail : vscode.workspace.asRelativePath(path),
        value: { kind: 'source', source },
      };
    }),
  ];
}

/** Reads another source beside the one that is read, and lets choose one of its executions where there are several. */
async function fromSource(
  { vscode, engine }: ChoiceWorld,
  spec: SourceSpec,
): Promise<ChosenOther | undefined> {
  const found = await withProgress(vscode, t('Reading executions to compare with…'), () =>
    engine.call('readForCompare', { spec }, readingMs),
  );
  if (found.kind === 'failed') {
    void tell(vscode, 'error', sourceErrorText(found.error, t));
    return undefined;
  }
  const { id: source, rows } = found;
  const [only] = rows;
  if (only === undefined) {
    void tell(vscode, 'warning', t('There is no execution in it to compare with.'));
    return undefined;
  }
  if (rows.length === 1 && found.more === 0) return { key: only.key, source };
  const picked = await choose(
    vscode,
    t('Compare With'),
    promptFor(found),
    rows.map((row) => choiceOf(row, vscode.env.language)),
  );
  return picked?.kind === 'execution' ? { key: picked.key, source } : undefined;
}

/** What is to be done, and what is not among those that are offered. */
function promptFor({ more, isPart }: Extract<OtherSource, { kind: 'read' }>): string {
  if (isPart) return t('Select the execution to compare with; not all could be read');
  if (more === 0) return t('Select the execution to compare with');
  return more === 1
    ? t('Select the execution to compare with; 1 older one isn’t listed')
    : t('Select the execution to compare with; {0} older ones aren’t listed', more);
}

function choiceOf(row: ExecutionRow, language: string): Choice<Picked> {
  const { icon, text } = outcomePresentation(row.outcome);
  const facts = [
    t(text),
    formatClock(row.beginMs, language, Date.now()),
    // One that goes on has none yet.
    ...(row.durationMs === null ? [] : [formatDuration(row.durationMs)]),
    // Chosen all the same, it is said why nothing can be compared.
    ...(row.summaryOnly === true ? [t('record no longer on the topic')] : []),
  ];
  return {
    ...{ icon, label: executionName(row, t), description: facts.join(' · ') },
    value: { kind: 'execution', key: row.key },
  };
}

function titled<T>(separator: string, choices: readonly Choice<T>[]): readonly Choice<T>[] {
  return choices.length === 0 ? [] : [{ separator }, ...choices];
}

function partedBy<T>(all: readonly T[], is: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}
