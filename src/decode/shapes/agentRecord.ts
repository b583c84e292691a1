import { textOf } from '../fields.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** An agent's run: model calls and tools. A tool that failed under code 0 is normal, the agent went on. */
export const agentRecord: RecordShape = {
  ...usualShape,
  kind: 'agent',
  matches: (root) => /agent$/i.test(textOf(root['sub'])),
  subject: (root) => textOf(root['bot_id']) || textOf(root['service_id']),
};
