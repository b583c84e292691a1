import { ExecutionFind } from './executionFind.ts';
import { asTyped, soughtOf } from './findQuery.ts';
import { linkedPlace } from './linkedPlace.ts';
import { RowFind } from './rowFind.ts';
import { valueWay } from './valueWay.ts';

/** What finding in an execution and following its values needs: a bundle of its own, read when somebody does. */
export { asTyped, ExecutionFind, linkedPlace, RowFind, soughtOf, valueWay };
