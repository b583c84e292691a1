import { useEffect, useMemo } from 'preact/hooks';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';

/** Asks for all of what is inspected, and shows it; null where it can't be had, or something else is inspected. */
export type AskWhole = () => Promise<InspectorContent | null>;

/** Values of which only the beginning was sent, and the way to the rest of them. */
export interface Whole {
  /** Whether there are such. */
  readonly isBegun: boolean;
  readonly show: () => void;
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
  return { isBegun, show };
}
