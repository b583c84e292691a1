import type { JSX } from 'preact';
import { roundNotes } from '../../src/view/rounds.ts';
import { sentences } from '../../src/texts/sentences.ts';
import { useInspector } from './inspectorContext.ts';

/** What must be known of a node's rounds before its values are read. */
export function RoundNotes(): JSX.Element | null {
  const { t, content } = useInspector();
  const notes = roundNotes(content, t);
  if (notes.length === 0) return null;
  return (
    <p class="inspector-finding inspector-finding-warning inspector-mixed" role="note">
      <span class="codicon codicon-warning" aria-hidden="true" />
      <span>{sentences(notes)}</span>
    </p>
  );
}
