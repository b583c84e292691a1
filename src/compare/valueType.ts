import type { NamedValue } from '../trace/execution.ts';
import type { PortType } from '../trace/portType.ts';
import { isStoredText } from '../trace/storedText.ts';
import { isList, isMasked, isNothing, isObject } from './jsonValues.ts';

/** What a value is, as people call it. */
export type ValueType = 'nothing' | 'text' | 'number' | 'boolean' | 'object' | 'list';

/** Of which type a value is; null where its text is not here, or stands for another. */
export function valueTypeOf({ value, form }: Pick<NamedValue, 'value' | 'form'>): ValueType | null {
  if (form === 'link' || isNothing(value)) return form === 'link' ? null : 'nothing';
  if (typeof value === 'string') {
    if (value.trim() === '') return 'nothing';
    return isMasked(value) || isStoredText(value) ? null : 'text';
  }
  if (isList(value)) return 'list';
  if (isObject(value)) return 'object';
  return typeof value === 'number' ? 'number' : 'boolean';
}

/** What a declared type is called. */
export function typeOfPort(type: NonNullable<PortType['type']>): ValueType {
  switch (type) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return 'list';
    case 'boolean':
    case 'object':
      return type;
  }
}

const texts: Readonly<Partial<Record<NonNullable<PortType['type']>, RegExp>>> = {
  integer: /^\s*[+-]?\d+\s*$/,
  number: /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i,
  boolean: /^\s*(?:true|false)\s*$/i,
  object: /^\s*\{/,
  array: /^\s*\[/,
};

/**
 * Whether a value can be what was declared. Services write all values as texts, and read them as they need them: a text that
 * can be read as the type is of it, and whatever stood in a text may have been one.
 */
export function isOfType(
  { value, form }: Pick<NamedValue, 'value' | 'form'>,
  type: NonNullable<PortType['type']>,
): boolean {
  if (type === 'string') return form !== 'json' || typeof value !== 'object';
  if (typeof value === 'string') return texts[type]?.test(value) ?? true;
  switch (type) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'array':
      return isList(value);
    case 'object':
      return isObject(value);
  }
}
