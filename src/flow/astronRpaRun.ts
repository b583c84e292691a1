import { atomType } from './astronRpaFlow.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { at, itemsOf, type SourceEntry, type SourceTree, textAt } from './sourceTree.ts';

/**
 * The `package.json` that a run of the robot leaves beside its Python files: for each process a table of
 * `[line, id, alias, key]`. Undefined for any other `package.json`.
 */
export function readAstronRpaRun(root: SourceTree): FlowReading | undefined {
  const processes = at(root, 'process_info');
  if (processes?.kind !== 'map') return undefined;
  const nodes = processes.entries.flatMap(nodesOf);
  return {
    format: 'astronRpaRun',
    name: textAt(root, 'project_info', 'project_name'),
    // Without one: what people edit is bound before what a run leaves.
    flowId: '',
    nodes,
    edges: [],
  };
}

function nodesOf({ value: process }: SourceEntry): FlowNode[] {
  return itemsOf(at(process, 'process_meta')).flatMap((row) => {
    const [, id, alias, key] = itemsOf(row);
    if (id?.kind !== 'scalar' || typeof id.value !== 'string' || id.value === '') return [];
    return [
      {
        ...{ id: id.value, name: textOf(alias), otherName: '', type: atomType(textOf(key)) },
        ...{ parentId: null, idRange: id.range, range: row.range },
      },
    ];
  });
}

function textOf(tree: SourceTree | undefined): string {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : '';
}
