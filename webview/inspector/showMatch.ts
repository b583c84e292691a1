import { reasoningPath, type SearchMatch } from '../../src/find/places.ts';
import { placedValues } from '../../src/find/places.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import { ancestors, isBranch, type JsonBranch, partAt } from '../../src/find/jsonPath.ts';
import { partsPerPage } from '../../src/view/jsonRows.ts';
import { levelOf, logItems } from '../../src/view/logLines.ts';
import { streamEntry } from '../../src/find/places.ts';
import { stepsToShow } from '../../src/view/textWindow.ts';
import {
  choicesOf,
  isStreamOpen,
  logPage,
  type ContentChoices,
  type ValueChoices,
} from './readerChoices.ts';

/** Opens whatever hides a match: its round, its value, the branches above it, the lines before it. */
export function showMatch(
  match: SearchMatch,
  sections: readonly InspectorSection[],
  choices: ContentChoices,
): void {
  const section = sections.find(({ id }) => id === match.section);
  if (section === undefined) return;
  if (match.section === 'logs') showLogLine(match, section, choices);
  else showInValue(match, section, choices);
}

function showLogLine(
  { entry, path, offset }: SearchMatch,
  { logs, streams }: InspectorSection,
  choices: ContentChoices,
): void {
  const nth = streams.findIndex((_, index) => streamEntry(index) === entry);
  const stream = streams[nth];
  const line = logs[stream?.lines[0] ?? Number(entry)];
  if (line === undefined) return;
  choices.hiddenLevels.delete(levelOf(line));
  const isOpen = (index: number) => isStreamOpen(choices, index);
  const place = logItems(logs, streams, choices.hiddenLevels, isOpen).findIndex((item) =>
    item.kind === 'stream' ? item.nth === nth : item.index === Number(entry),
  );
  if (place < choices.logFrom || place >= choices.logFrom + choices.logCount) {
    choices.logFrom = Math.max(0, place - logPage / 4);
    choices.logCount = logPage;
  }
  const value = choicesOf(choices, `log:${entry}`);
  value.pretty.delete('');
  const text = path === reasoningPath ? stream?.reasoning : stream?.text;
  showOffset(value.steps, path, text ?? line.message, offset);
}

function showInValue(
  { entry, path, part, offset }: SearchMatch,
  section: InspectorSection,
  choices: ContentChoices,
): void {
  const placed = placedValues(section).find(({ id }) => id === entry);
  if (placed === undefined) return;
  const { value, round } = placed.value;
  if (round !== null) choices.round = round;
  const own = choicesOf(choices, entry);
  if (part === 'name') return;
  own.folded = false;
  own.pretty.delete(path);
  for (const step of ancestors(path)) {
    const branch = partAt(value, step.path);
    if (branch === undefined || !isBranch(branch)) return;
    own.open.set(step.path, true);
    showPart(own, step.path, branch, step.key);
  }
  const text = part === 'value' ? partAt(value, path) : undefined;
  if (typeof text === 'string') showOffset(own.steps, path, text, offset);
}

/** Far behind what is shown a page around it takes its place: all that lies between would be thousands of lines. */
function showPart(
  { from, shown }: Pick<ValueChoices, 'from' | 'shown'>,
  path: string,
  branch: JsonBranch,
  key: string,
): void {
  const index = Array.isArray(branch) ? Number(key) : Object.keys(branch).indexOf(key);
  const first = from.get(path) ?? 0;
  if (index >= first && index < first + (shown.get(path) ?? partsPerPage)) return;
  from.set(path, Math.max(0, index - partsPerPage / 2));
  shown.set(path, partsPerPage);
}

function showOffset(steps: Map<string, number>, path: string, text: string, offset: number): void {
  steps.set(path, Math.max(steps.get(path) ?? 0, stepsToShow(text, offset)));
}
