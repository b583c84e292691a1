import type { FoundPlace } from '../protocol/find.ts';
import { enumerated } from './sentences.ts';
import { rowName } from './titles.ts';
import { msg, type Translate } from './translate.ts';

type Section = NonNullable<FoundPlace['match']>['section'];

const ofNode: Readonly<Record<Section, string>> = {
  input: msg('Input'),
  output: msg('Output'),
  logs: msg('Logs'),
  config: msg('Config'),
  timing: msg('Timing & usage'),
  other: msg('Other'),
};

const ofExecution: Readonly<Partial<Record<Section, string>>> = {
  input: msg('Question'),
  output: msg('Answer'),
  other: msg('Record'),
};

/** The step of a place, by its name in the tree, or the execution itself. */
export function placeStep(place: FoundPlace, t: Translate): string {
  return place.row === null ? t('This execution') : rowName(place, t);
}

/** Where in it: the part of the inspector, and the way to the value. */
export function placeWay({ row, match, path }: FoundPlace, t: Translate): string {
  if (match === null) return t('Name');
  const { section, entry } = match;
  const part = t((row === null ? ofExecution[section] : undefined) ?? ofNode[section]);
  if (section !== 'logs') return path === '' ? part : `${part} ${path}`;
  return /^\d+$/.test(entry) ? t('Logs, line {0}', Number(entry) + 1) : part;
}

/** Both, as they are read aloud. */
export function placeText(place: FoundPlace, t: Translate): string {
  return enumerated([placeStep(place, t), placeWay(place, t)], t);
}
