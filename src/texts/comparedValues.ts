import type { Json } from '../base/json.ts';
import type { Translate } from './translate.ts';

const longestText = 80;
const longestJson = 60;

/** The way to a value as people write it: `items[2].total`. What started an execution has no name of its own. */
export function pathText(path: readonly (string | number)[]): string {
  const way =
    path.length > 1 && (path[0] === 'question' || path[0] === 'answer') ? path.slice(1) : path;
  return way
    .map((step, index) => {
      if (typeof step === 'number') return `[${String(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** A value within a sentence: texts in quotes, cut; what has parts by how many, where it is long. */
export function valueText(value: Json | undefined, t: Translate): string {
  if (value === undefined || value === null || value === '') return t('nothing');
  if (typeof value === 'string') return t('“{0}”', cut(value.replace(/\s+/g, ' '), longestText));
  if (typeof value !== 'object') return String(value);
  const json = JSON.stringify(value);
  if (json.length <= longestJson) return json;
  if (Array.isArray(value)) {
    return value.length === 1 ? t('1 item') : t('{0} items', value.length);
  }
  const fields = Object.keys(value).length;
  return fields === 1 ? t('1 field') : t('{0} fields', fields);
}

/** Not within a character of two halves. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
