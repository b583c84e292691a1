import type { JsonObject } from '../../base/json.ts';
import { agentRecord } from './agentRecord.ts';
import { aitoolsRecord } from './aitoolsRecord.ts';
import { buildRecord } from './buildRecord.ts';
import { genericCall, genericRecord } from './genericRecord.ts';
import { linkRecord } from './linkRecord.ts';
import type { RecordShape } from './recordShape.ts';
import { rpaRecord } from './rpaRecord.ts';
import { workflowRecord } from './workflowRecord.ts';

/** In the order in which they are tried. */
const shapes: readonly RecordShape[] = [
  ...[buildRecord, workflowRecord, rpaRecord, linkRecord, aitoolsRecord, agentRecord],
  ...[genericCall, genericRecord],
];

/** The shape of a record, by what it holds: its version is the same for all of them. */
export function shapeOf(root: JsonObject): RecordShape {
  return shapes.find((shape) => shape.matches(root)) ?? genericRecord;
}
