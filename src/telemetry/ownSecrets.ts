import { DistinctNames } from '../base/distinctNames.ts';
import { maskMark } from '../trace/masked.ts';
import type { Mask } from './hidingMask.ts';
import { isList, membersOf } from './wire.ts';
import type { WireValue } from './wire.ts';

/** Hides in a text what the robot itself has named; in the digits of a number no secret of few signs. */
export type HideOwn = (text: string, isNumber?: boolean) => string;

/** A shorter one would hide ordinary words: it is hidden where it stands alone or in quotes, as what was typed does in errors. */
const shortest = 4;
const quotes = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['\\"', '\\"'],
] as const;

/** A text that is secret, and what is shown instead. */
export type Form = readonly [form: string, shown: string];

/** A secret as it stands in texts, and in texts within them, where it is escaped. */
export function formsOf(secret: string): readonly Form[] {
  if (secret === '') return [];
  const forms = [secret, JSON.stringify(secret).slice(1, -1)];
  return secret.length >= shortest
    ? forms.map((form) => [form, maskMark])
    : forms.flatMap((form) =>
        quotes.map(([begin, end]) => [begin + form + end, begin + maskMark + end] as const),
      );
}

/** The text without those. */
export function withoutForms(text: string, forms: Iterable<Form>, isNumber = false): string {
  let hidden = text;
  for (const [form, shown] of forms) {
    hidden = hidden.replaceAll(form, shown);
    // One of few signs has them in quotes. A count is no password that was typed.
    if (!isNumber && form.length === hidden.length + 2 && form.slice(1, -1) === hidden)
      return maskMark;
  }
  return hidden;
}

/** A mask that hides what the robot has named as well, wherever it stands: the robot's own first, as what the rules leave of a text may be a part of it. */
export function withOwn(mask: Mask, hide: HideOwn): Mask {
  return {
    value: (name, value) => eachName(mask.value(name, eachLeaf(value, hide)), hide),
    text: (text) => mask.text(hide(text)),
  };
}

/** A copy in which texts and numbers are others. Names of fields stay: the rules have to read them. */
function eachLeaf(value: WireValue, hide: HideOwn): WireValue {
  if (typeof value === 'string') return hide(value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    const text = String(value);
    const shown = hide(text, true);
    return shown === text ? value : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => eachLeaf(item, hide));
  const copy = new Map<string, WireValue>();
  for (const [name, item] of membersOf(value)) copy.set(name, eachLeaf(item, hide));
  return copy;
}

function eachName(value: WireValue, hide: HideOwn): WireValue {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => eachName(item, hide));
  const names = new DistinctNames();
  const copy = new Map<string, WireValue>();
  for (const [name, item] of membersOf(value))
    copy.set(names.unused(hide(name)), eachName(item, hide));
  return copy;
}
