import { listIn, textIn } from '../fields.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** A service we don't know that writes the common fields: read by the usual rules, with its runs if it has some. */
export const genericRecord: RecordShape = {
  ...usualShape,
  kind: 'other',
  matches: () => true,
  subject: (root) => {
    const names = ['flow_id', 'service_id', 'log_caller', 'sub'];
    return names.map((name) => textIn(root, name)).find((text) => text !== '') ?? '';
  },
};

/** The same without a trace: a call of a service, of which one sid may have many. */
export const genericCall: RecordShape = {
  ...genericRecord,
  matches: (root) => listIn(root, 'trace').length === 0,
  sidIsUnique: false,
};
