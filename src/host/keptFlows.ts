import type { FlowLabel } from '../protocol/flows.ts';
import type { Disposable } from '../base/disposable.ts';
import { type KeptFlow, mostKeptFlows } from '../sources/files/traceFileHead.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import { sentences } from '../texts/sentences.ts';
import { t } from './l10n.ts';
import { chooseFirst } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Which flow files go into a trace file, and those that could not be judged in time and stay out of it. */
export interface FlowsToKeep {
  readonly flows: readonly KeptFlow[];
  readonly leftOut: readonly string[];
}

/** What goes into a trace file beside what was asked for. */
export interface Kept extends FlowsToKeep {
  /** The run to compare it with. */
  readonly other: OtherRun | null;
}

/** The run that an execution is compared with, or would be. */
export interface OtherRun {
  readonly key: ExecutionKey;
  readonly is: 'comparedWith' | 'lastGood' | 'laterGood';
  /** Good runs that tell what is another in every run: without them who opens the file sees other differences. */
  readonly goodRuns: readonly ExecutionKey[];
}

/** What a dump has beside its executions. */
export const nothingKept: Kept & Disposable = {
  ...{ flows: [], leftOut: [], other: null },
  dispose: () => undefined,
};

interface Choice {
  readonly hasFlows: boolean;
  readonly hasOther: boolean;
}

/** Executions of more than these are of a handful of flows all the same. */
const mostAsked = 10_000;

/**
 * Asks whether the flow files of executions, and the run that one of them is compared with, are to be kept with them, and reads
 * the files, masked; undefined when dismissed. To be disposed of once it is known where to: what asks that takes its place.
 */
export async function whatToKeep(
  vscode: Vscode,
  engine: Pick<EngineClient, 'call'>,
  { keys, isOne }: { readonly keys: readonly ExecutionKey[]; readonly isOne: boolean },
  other: OtherRun | null,
): Promise<(Kept & Disposable) | undefined> {
  const labels = await engine.call('flowsOf', { keys: keys.slice(-mostAsked) });
  const wanted = labels.slice(0, mostKeptFlows);
  if (wanted.length === 0 && other === null) return nothingKept;
  const choices = choicesOf(wanted, other, isOne);
  const picked = await chooseFirst(
    vscode,
    t('Save as Trace File'),
    t('Select what to save in the file'),
    choices,
    // It comes when the runs are compared, which takes its time.
    { staysOpen: true },
  );
  if (picked === undefined) return undefined;
  const dispose = () => {
    picked.dispose();
  };
  const { hasFlows, hasOther } = picked.value;
  try {
    const { flows, leftOut } = hasFlows ? await readFlows(vscode, engine, wanted) : nothingKept;
    return { flows, leftOut, other: hasOther ? other : null, dispose };
  } catch (error) {
    // What can't be read is told, and not below a list that nobody can choose from any more.
    dispose();
    throw error;
  }
}

/** Who is handed a file wants to see all that there is: that stands first. */
function choicesOf(flows: readonly FlowLabel[], other: OtherRun | null, isOne: boolean) {
  const [run, file] = [other === null ? null : runText(other), flowText(flows)];
  const beside = other === null ? '' : goodRunsText(other);
  const withOne = (what: string) =>
    isOne ? t('Execution with {0}', what) : t('Executions with {0}', what);
  const both = run !== null && file !== null ? withOne(t('{0} and {1}', run, file)) : null;
  const choice = (label: string | null, value: Choice, detail: string) =>
    label === null
      ? []
      : [{ icon: value.hasOther ? 'git-compare' : 'file-code', label, value, detail }];
  return [
    ...choice(
      both,
      { hasFlows: true, hasOther: true },
      sentences([t('Lets others compare the two runs and see each step in the flow.'), beside]),
    ),
    ...choice(
      run && withOne(run),
      { hasFlows: false, hasOther: true },
      sentences([t('Lets others compare the two runs.'), beside]),
    ),
    ...choice(
      file && withOne(file),
      { hasFlows: true, hasOther: false },
      t('Lets others see each step in the flow, whose secrets are masked.'),
    ),
    {
      icon: 'file',
      label: isOne ? t('Execution Only') : t('Executions Only'),
      value: { hasFlows: false, hasOther: false },
    },
  ];
}

function goodRunsText({ goodRuns }: OtherRun): string {
  if (goodRuns.length === 0) return '';
  return goodRuns.length === 1
    ? t('Includes 1 more good run.')
    : t('Includes {0} more good runs.', goodRuns.length);
}

/** What a file holds with the run that an execution is compared with. */
export function otherRunTexts(other: OtherRun): readonly string[] {
  const count = other.goodRuns.length;
  const more = count === 1 ? t('1 more good run') : t('{0} more good runs', count);
  return [runText(other), ...(count === 0 ? [] : [more])];
}

function runText({ is }: OtherRun): string {
  switch (is) {
    case 'comparedWith':
      return t('the run it is compared with');
    case 'lastGood':
      return t('the last good run');
    case 'laterGood':
      return t('a later good run');
  }
}

/** What flow files are called; null for none. */
export function flowText(flows: readonly Pick<KeptFlow, 'name'>[]): string | null {
  const [first] = flows;
  if (first === undefined) return null;
  return flows.length === 1
    ? t('the flow file “{0}”', first.name)
    : t('{0} flow files', flows.length);
}

async function readFlows(
  vscode: Vscode,
  engine: Pick<EngineClient, 'call'>,
  labels: readonly FlowLabel[],
): Promise<FlowsToKeep> {
  const flows: KeptFlow[] = [];
  const leftOut: string[] = [];
  for (const { uri: text, name } of labels) {
    const uri = vscode.Uri.parse(text);
    const document = await vscode.workspace.openTextDocument(uri);
    const masked = await engine.call('maskText', { text: document.getText() });
    const fileName = uri.path.split('/').at(-1) ?? name;
    if (masked.text === null) leftOut.push(fileName);
    else flows.push({ name: fileName, text: masked.text });
  }
  return { flows, leftOut };
}
