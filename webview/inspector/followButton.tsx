import type { JSX } from 'preact';
import type { JsonPath } from '../../src/find/jsonPath.ts';
import type { SectionId } from '../../src/find/places.ts';
import { IconButton } from './iconButton.tsx';
import { type InspectorContext, useInspector } from './inspectorContext.ts';

/** What follows a value; null where none of its kind can be followed. */
export function followOf(
  { onFollow }: InspectorContext,
  section: SectionId,
  index: number,
): ((path: JsonPath) => void) | null {
  if (onFollow === null || (section !== 'input' && section !== 'output')) return null;
  // Within JSON in a text there are no places of the record: the whole text is followed.
  return (path) => onFollow(section, index, path.replace(/#.*$/, ''));
}

/** Leads back to where an input came from, or on to who used an output. */
export function FollowButton({
  section,
  index,
  path,
  isStop = true,
}: {
  readonly section: SectionId;
  readonly index: number;
  readonly path: JsonPath;
  readonly isStop?: boolean;
}): JSX.Element | null {
  const context = useInspector();
  const follow = followOf(context, section, index);
  if (follow === null) return null;
  const { t } = context;
  return (
    <IconButton
      icon={section === 'input' ? 'type-hierarchy-super' : 'type-hierarchy-sub'}
      label={section === 'input' ? t('Where It Came From (F12)') : t('Who Used It (F12)')}
      isStop={isStop}
      onClick={() => follow(path)}
    />
  );
}
