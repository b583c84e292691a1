import { textIn } from '../fields.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** An agent's run: model calls and tools. A tool that failed under code 0 is normal, the agent went on. */
export const agentRecord: RecordShape = {
  ...usualShape,
  kind: 'agent',
  matches: (root) => /agent$/i.test(textIn(root, 'sub')),
  subject: (root) => textIn(root, 'bot_id') || textIn(root, 'service_id'),
};
