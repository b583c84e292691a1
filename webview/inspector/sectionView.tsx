import type { JSX } from 'preact';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import { placedValues } from '../../src/find/places.ts';
import { hasEntries } from '../../src/texts/attempts.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { recordFacts } from '../../src/view/timingFacts.ts';
import { useInspector } from './inspectorContext.ts';
import { LogView } from './logView.tsx';
import { Facts, TimingView } from './timingView.tsx';
import { ValueBlock } from './valueBlock.tsx';

/** One section: values, log, or timing; says in words when it is empty. */
export function SectionView({
  section,
  content,
  round,
}: {
  readonly section: InspectorSection;
  readonly content: InspectorContent;
  /** Null: the values tell of no rounds. */
  readonly round: number | null;
}): JSX.Element {
  const { t, isLive } = useInspector();
  if (section.id === 'timing') return <TimingView content={content} />;
  if (section.id === 'logs' && section.logs.length > 0) return <LogView log={section} />;
  const values = placedValues(section);
  const shown = values.filter(
    ({ value }) => round === null || value.round === null || value.round === round,
  );
  return (
    <>
      {content.kind === 'execution' && section.id === 'other' && (
        <Facts facts={recordFacts(content, isLive, t)} />
      )}
      {shown.map((placed) => (
        <ValueBlock key={placed.id} placed={placed} section={section.id} />
      ))}
      {shown.length === 0 && (
        <p class="inspector-empty">
          {values.length === 0 ? t(section.empty) : emptyRound(content, round, t)}
        </p>
      )}
    </>
  );
}

function emptyRound(content: InspectorContent, round: number | null, t: Translate): string {
  if (content.kind === 'node' && hasEntries(content.row)) {
    return t('The record contains no values of this entry.');
  }
  const failed = content.kind === 'node' ? content.row.failedItems?.items : undefined;
  return round !== null && failed?.includes(round) === true
    ? t('This item failed here: the record keeps neither its values nor its error.')
    : t('The record contains no values of this round.');
}
