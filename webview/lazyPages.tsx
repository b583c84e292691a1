import { ComparePage } from './compare/comparePage.tsx';
import { NumbersPage } from './numbers/numbersPage.tsx';

/** The pages that few look at often: one bundle, which is read when the first of them is. */
export { ComparePage, NumbersPage };
