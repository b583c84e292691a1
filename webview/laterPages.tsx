import { NumbersPage } from './numbers/numbersPage.tsx';
import { ProblemsPage } from './problems/problemsPage.tsx';

/** Pages that most readers don't open at once: they come together, in a file of their own. */
export const laterPages = { numbers: NumbersPage, problems: ProblemsPage };
