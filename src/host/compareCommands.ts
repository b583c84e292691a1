import { ask } from '../protocol/ask.ts';
import type { ExecutionRow } from '../protocol/list.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { formatClock, formatDuration } from '../texts/format.ts';
import { outcomePresentation } from '../texts/statusPresentation.ts';
import type { EngineClient } from './engineClient.ts';
import { type CommandId, commandIds } from './ids.ts';
import { t } from './l10n.ts';
import type { Selection } from './selection.ts';
import { type Choice, choose, tell } from './surfaces.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

interface CompareWorld {
  readonly vscode: Vscode;
  readonly engine: EngineClient;
  readonly panel: TracePanel;
  readonly selection: Selection;
}

/** So many executions are offered: who looks for an older one filters the list first. */
const mostOffered = 500;

/** The commands that compare executions: the one that was clicked in the panel, from the palette the selected one. */
export function compareCommands(world: CompareWorld) {
  return {
    [commandIds.compareWithLastGood]: (context: unknown) => {
      const key = keyOf(world, context);
      if (key !== null) compare(world, key, null);
    },
    [commandIds.compareWith]: async (context: unknown) => {
      const key = keyOf(world, context);
      if (key === null) return;
      const other = await chooseOther(world, key);
      if (other !== undefined) compare(world, key, other);
    },
  } satisfies Partial<Record<CommandId, (context: unknown) => unknown>>;
}

function compare({ panel }: CompareWorld, key: ExecutionKey, other: ExecutionKey | null): void {
  panel.show();
  panel.emit('compare', { key, other });
}

function keyOf({ vscode, selection }: CompareWorld, context: unknown): ExecutionKey | null {
  const clicked: unknown =
    typeof context === 'object' && context !== null
      ? Reflect.get(context, 'executionKey')
      : undefined;
  const key = typeof clicked === 'string' ? clicked : selection.key;
  if (key === null) {
    void tell(vscode, 'information', t('Select an execution in the trace panel first.'));
  }
  return key;
}

/** Those of the same name first. */
async function chooseOther(
  { vscode, engine }: CompareWorld,
  key: ExecutionKey,
): Promise<ExecutionKey | undefined> {
  const query = { scope: { kind: 'all' }, filter: '', anchor: null } as const;
  const { rows } = await ask(engine, 'list', { ...query, offset: 0, limit: mostOffered });
  const name = rows.find((row) => row.key === key)?.name;
  const others = rows.filter((row) => row.key !== key);
  const same = others.filter((row) => row.name === name);
  const rest = others.filter((row) => row.name !== name);
  const present = (row: ExecutionRow) => choiceOf(row, vscode.env.language);
  return choose(vscode, t('Compare With'), t('Select the execution to compare with'), [
    ...(same.length === 0 ? [] : [{ separator: t('Same name') }, ...same.map(present)]),
    ...(rest.length === 0 ? [] : [{ separator: t('Others') }, ...rest.map(present)]),
  ]);
}

function choiceOf(row: ExecutionRow, language: string): Choice<ExecutionKey> {
  const { icon, text } = outcomePresentation(row.outcome);
  const facts = [
    t(text),
    formatClock(row.beginMs, language, Date.now()),
    formatDuration(row.durationMs),
  ];
  return { icon, label: row.name || row.sid, description: facts.join(' · '), value: row.key };
}
