import { ask } from '../protocol/ask.ts';
import type { ExecutionRow } from '../protocol/list.ts';
import { formatClock, formatDuration } from '../texts/format.ts';
import { outcomePresentation } from '../texts/statusPresentation.ts';
import { executionName } from '../texts/titles.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import { t } from './l10n.ts';
import { type Choice, choose } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** So many executions are offered: who looks for an older one filters the list first. */
const mostOffered = 500;

/** With which other execution one is compared; undefined when dismissed. Those of the same name first. */
export async function chooseOther(
  { vscode, engine }: { readonly vscode: Vscode; readonly engine: EngineClient },
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
  return { icon, label: executionName(row, t), description: facts.join(' · '), value: row.key };
}
