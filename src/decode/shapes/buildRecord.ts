import { listIn, textIn } from '../fields.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** A build of a workflow. It says code 0 whatever happened, and is sent twice on success: one sid, one execution. */
export const buildRecord: RecordShape = {
  ...usualShape,
  kind: 'build',
  matches: (root) =>
    textIn(root, 'sub') === 'workflow' &&
    textIn(root, 'log_caller') === 'build' &&
    listIn(root, 'trace').length === 0,
  subject: (root) => textIn(root, 'flow_id') || textIn(root, 'service_id'),
  outcome: () => 'unreported',
};
