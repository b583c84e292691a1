import type { Mask } from './mask.ts';
import type { WireValue } from './wire.ts';

/** Hides in a text what the robot itself has named. */
export type HideOwn = (text: string) => string;

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
    const shown = hide(text);
    return shown === text ? value : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: WireValue) => eachLeaf(item, hide));
  return new Map(membersOf(value).map(([name, item]) => [name, eachLeaf(item, hide)] as const));
}

function eachName(value: WireValue, hide: HideOwn): WireValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: WireValue) => eachName(item, hide));
  return new Map(membersOf(value).map(([name, item]) => [hide(name), eachName(item, hide)]));
}

function membersOf(value: object): readonly (readonly [string, WireValue])[] {
  return value instanceof Map ? [...(value as Map<string, WireValue>)] : Object.entries(value);
}
