import { ExecutionFind } from './executionFind.ts';
import { soughtOf } from './findQuery.ts';
import { linkedPlace } from './linkedPlace.ts';
import { valueWay } from './valueWay.ts';

/** What finding in an execution and following its values needs: a bundle of its own, read when somebody does. */
export { ExecutionFind, linkedPlace, soughtOf, valueWay };
