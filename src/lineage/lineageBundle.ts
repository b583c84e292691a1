import { comeFrom } from './comeFrom.ts';
import { usedBy } from './usedBy.ts';

/** What following a value needs: a bundle of its own, which the engine reads when somebody follows one. */
export { comeFrom, usedBy };
