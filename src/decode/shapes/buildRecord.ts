import { listIn, textOf } from '../fields.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** A build of a workflow. It says code 0 whatever happened, and is sent twice on success: one sid, one execution. */
export const buildRecord: RecordShape = {
  ...usualShape,
  kind: 'build',
  matches: (root) =>
    textOf(root['sub']) === 'workflow' &&
    textOf(root['log_caller']) === 'build' &&
    listIn(root, 'trace').length === 0,
  subject: (root) => textOf(root['flow_id']) || textOf(root['service_id']),
  outcome: () => 'unreported',
};
