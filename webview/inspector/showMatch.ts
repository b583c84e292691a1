import { reasoningPath, type SearchMatch } from '../../src/find/places.ts';
import { placedValues } from '../../src/find/places.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import { ancestors, isBranch, type JsonBranch } from '../../src/find/jsonPath.ts';
import { partsPerPage } from '../../src/view/jsonRows.ts';
import { levelOf, logItems } from '../../src/view/logLines.ts';
import { streamEntry } from '../../src/find/places.ts';
import { givenPartAt, givenPartsOf, isGiven } from '../../src/view/givenParts.ts';
import { type GivenText, textAround } from '../../src/view/textWindow.ts';
import type { WantedPlaceIn } from './inspectorContext.ts';
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
  { entry, path, ...signs }: SearchMatch,
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
  showText(value.texts, path, { text: text ?? line.message }, signs);
}

function showInValue(
  { entry, path, part, ...signs }: SearchMatch,
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
  const given = givenPartsOf(placed.value);
  for (const step of ancestors(path)) {
    const branch = givenPartAt(value, step.path, given);
    if (branch === undefined || !isBranch(branch)) return;
    own.open.set(step.path, true);
    const from = given.get(step.path)?.from ?? 0;
    showPart(own, step.path, from, branch, step.key);
  }
  const text = part === 'value' ? givenPartAt(value, path, given) : undefined;
  if (typeof text === 'string') showText(own.texts, path, { text, part: given.get(path) }, signs);
}

/** Far behind what is shown a page around it takes its place: all that lies between would be thousands of lines. */
function showPart(
  { from, shown }: Pick<ValueChoices, 'from' | 'shown'>,
  path: string,
  given: number,
  branch: JsonBranch,
  key: string,
): void {
  const index = Array.isArray(branch) ? Number(key) : given + Object.keys(branch).indexOf(key);
  const first = from.get(path) ?? given;
  if (index >= first && index < first + (shown.get(path) ?? partsPerPage)) return;
  from.set(path, Math.max(0, index - partsPerPage / 2));
  shown.set(path, partsPerPage);
}

function showText(
  texts: ValueChoices['texts'],
  path: string,
  text: GivenText,
  signs: { readonly offset: number; readonly length: number },
): void {
  texts.set(path, textAround(text, texts.get(path), signs));
}

/** Where a match stands, to ask for it; null where it is given, or is never left out. */
export function placeToAsk(
  { section, entry, path, part, ...signs }: SearchMatch,
  sections: readonly InspectorSection[],
): WantedPlaceIn | null {
  const found = sections.find(({ id }) => id === section);
  if (found === undefined || section === 'logs' || part === 'name') return null;
  const placed = placedValues(found).find(({ id }) => id === entry);
  if (placed?.value.leftOut === undefined || isGiven(placed.value, path, signs)) return null;
  const ofText = part === 'value' ? { offset: signs.offset } : {};
  return { section, index: placed.index, path, ...ofText };
}
