import type { Json } from '../base/json.ts';
import type { NamedValue } from '../trace/execution.ts';
import { isStoredText } from '../trace/storedText.ts';
import type { InspectorSection } from './inspectorSections.ts';
import { isBranch, valueText } from '../find/jsonPath.ts';

/** A value that was fetched, in the place of its address. */
export interface FetchedValue extends NamedValue {
  /** As it stood in the record, masked. */
  readonly fetchedFrom: string;
}

/** The address of a value that its service stored elsewhere; null for any other. */
export function storedAddress({ value }: NamedValue): string | null {
  return typeof value === 'string' && isStoredText(value) ? value : null;
}

/** Whether a text, a log message for one, is such an address and nothing else. */
export function isStoredAddress(text: string): boolean {
  return isStoredText(text);
}

/** The sections with what was fetched in place of its addresses, so that it is drawn, searched and copied like any other. */
export function withFetched(
  sections: readonly InspectorSection[],
  fetched: ReadonlyMap<string, NamedValue>,
): readonly InspectorSection[] {
  if (fetched.size === 0) return sections;
  return sections.map((section) => ({
    ...section,
    values: section.values.map((value) => withValue(value, fetched)),
    logs: section.logs.map((line) => {
      const found = fetched.get(line.message);
      return found === undefined ? line : { ...line, message: valueText(found.value) };
    }),
  }));
}

/** Where a value was fetched from; null for one that stood in the record. */
export function fetchedFrom(value: NamedValue): string | null {
  return 'fetchedFrom' in value && typeof value.fetchedFrom === 'string' ? value.fetchedFrom : null;
}

function withValue(value: NamedValue, fetched: ReadonlyMap<string, NamedValue>): NamedValue {
  const address = storedAddress(value);
  const found = address === null ? undefined : fetched.get(address);
  if (address === null || found === undefined) {
    const inner = withSubExecutions(value.value, fetched);
    return inner === value.value ? value : { ...value, value: inner };
  }
  const { value: whole, form } = found;
  const placed: FetchedValue = { ...value, value: whole, form, fetchedFrom: address };
  return placed;
}

/** A value with what was fetched in place of addresses within it; the same value when there are none. */
function withSubExecutions(value: Json, fetched: ReadonlyMap<string, NamedValue>): Json {
  if (typeof value === 'string') return fetched.get(value)?.value ?? value;
  if (!isBranch(value)) return value;
  const parts = Object.entries(value).map(
    ([key, part]) => [key, withSubExecutions(part, fetched)] as const,
  );
  const before = Object.values(value);
  if (parts.every(([, part], index) => part === before[index])) return value;
  // fromEntries defines properties: a key `__proto__` stays a key.
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}
