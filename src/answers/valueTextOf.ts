import { partAt, valueText } from '../find/jsonPath.ts';
import { executionSections, nodeSections, type SectionContent } from '../find/places.ts';
import type { InspectorContent, ValueRef } from '../protocol/inspector.ts';
import { gone } from './openedExecution.ts';
import type { TreeView } from './treeView.ts';

/** The text of a value, or of a part of it, masked as it is shown; throws a `notFound` request error where it is gone. */
export async function valueTextOf(
  { key, row, section, index, path }: ValueRef,
  tree: Pick<TreeView, 'inspect'>,
): Promise<string> {
  const sections = sectionsOf(await tree.inspect(key, row));
  const found = sections.find(({ id }) => id === section)?.values[index];
  const part = found === undefined ? undefined : partAt(found.value, path);
  if (part === undefined) throw gone('This value is not in the execution any more');
  return valueText(part);
}

function sectionsOf(content: InspectorContent): readonly SectionContent[] {
  if (content.kind === 'notRun') return [];
  if (content.kind === 'node') return nodeSections(content.data);
  return executionSections(content.data, content.summary.message);
}
