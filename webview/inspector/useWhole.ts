import { useEffect, useMemo } from 'preact/hooks';
import { partAt, type JsonPath } from '../../src/find/jsonPath.ts';
import type { SectionId } from '../../src/find/places.ts';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import { type InspectorSection, inspectorSections } from '../../src/view/inspectorSections.ts';
import { valueText } from '../../src/view/jsonRows.ts';

/** Asks for all of what is inspected, and shows it; null where it can't be had, or something else is inspected. */
export type AskWhole = () => Promise<InspectorContent | null>;

/** Values of which only the beginning was sent, and the way to the rest of them. */
export interface Whole {
  /** Whether there are such. */
  readonly isBegun: boolean;
  readonly show: () => void;
  /** The text of a value, or of a part of it; rejects where it can't be had, which is said where values stand. */
  readonly textOf: (section: SectionId, index: number, path: JsonPath) => Promise<string>;
}

/** `isWanted`: whoever searches searches all of them. */
export function useWhole(
  sections: readonly InspectorSection[],
  ask: AskWhole | null,
  isWanted: boolean,
): Whole {
  const isBegun = useMemo(
    () => ask !== null && sections.some(({ values }) => values.some(({ leftOut }) => leftOut)),
    [sections, ask === null],
  );
  const show = () => void ask?.();
  useEffect(() => {
    if (isBegun && isWanted) show();
    // Another row may be begun as well, or the engine have forgotten what it was asked.
  }, [sections, isBegun && isWanted]);
  const textOf: Whole['textOf'] = async (section, index, path) => {
    const content = (await ask?.()) ?? null;
    const found = content === null ? [] : inspectorSections(content);
    const value = found.find(({ id }) => id === section)?.values[index]?.value;
    const part = value === undefined ? undefined : partAt(value, path);
    if (part === undefined) throw new Error('Something else is inspected now');
    return valueText(part);
  };
  return { isBegun, show, textOf };
}
