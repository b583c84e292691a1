import type { ExecutionKey } from '../../trace/execution.ts';
import type { Selection } from '../selection.ts';
import { settingsSection } from '../ids.ts';
import type { Vscode } from '../vscode.ts';

/** How much is shown in the flow file. */
export type MarksPreset = 'off' | 'quiet' | 'normal' | 'rich';

/** What is shown in the flow file, as the settings say. */
export interface EditorSettings {
  readonly marks: MarksPreset;
  readonly margin: boolean;
  readonly lenses: boolean;
  /** Why a file has no marks, above it. */
  readonly reasons: boolean;
  readonly values: boolean;
  readonly hovers: boolean;
  readonly problems: boolean;
  /** Whose states are shown: of the execution that is open in the panel, or of the latest. */
  readonly execution: 'open' | 'latest';
  readonly revealSelected: boolean;
  readonly followCursor: boolean;
}

/** Whose states flow files and their graphs show; null: of the latest of each. */
export function markedExecution(
  { execution }: Pick<EditorSettings, 'execution'>,
  selection: Pick<Selection, 'key'>,
): ExecutionKey | null {
  return execution === 'open' ? selection.key : null;
}

/** Reads them; a switch of its own is heard only where there are marks at all. */
export function readEditorSettings(vscode: Vscode): EditorSettings {
  const config = vscode.workspace.getConfiguration(settingsSection);
  const marks = config.get<MarksPreset>('editor.marks', 'normal');
  const isOn = marks !== 'off';
  const hidden = config.get<unknown>('editor.hidden');
  const shows = (part: string) => isOn && !(Array.isArray(hidden) && hidden.includes(part));
  return {
    marks,
    margin: shows('margin'),
    lenses: shows('lenses') && marks !== 'quiet',
    reasons: shows('lenses'),
    values: shows('values') && marks === 'rich',
    hovers: shows('hovers'),
    problems: isOn && config.get<boolean>('editor.problems', true),
    execution: config.get<'open' | 'latest'>('editor.execution', 'open'),
    revealSelected: config.get<boolean>('editor.revealSelected', true),
    followCursor: config.get<boolean>('editor.followCursor', false),
  };
}
