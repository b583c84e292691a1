import { ComparePage } from './compare/comparePage.tsx';
import { LastGoodChanges } from './diagnosis/lastGoodChanges.tsx';
import { NumbersPage } from './numbers/numbersPage.tsx';
import { ProblemsPage } from './problems/problemsPage.tsx';

/** The pages that few look at often: one bundle, which is read when the first of them is. */
export { ComparePage, LastGoodChanges, NumbersPage, ProblemsPage };
