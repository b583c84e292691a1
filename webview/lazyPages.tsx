import { ComparePage } from './compare/comparePage.tsx';
import { DataSigns } from './diagnosis/dataSigns.tsx';
import { LastGoodChanges } from './diagnosis/lastGoodChanges.tsx';
import { FindPanel } from './find/findPanel.tsx';
import { FlowPage } from './flowView/flowPage.tsx';
import { NumbersPage } from './numbers/numbersPage.tsx';
import { ProblemsPage } from './problems/problemsPage.tsx';
import { TrailPanel } from './trail/trailPanel.tsx';

/** The pages that few look at often: one bundle, which is read when the first of them is. */
export {
  ComparePage,
  DataSigns,
  FindPanel,
  FlowPage,
  LastGoodChanges,
  NumbersPage,
  ProblemsPage,
  TrailPanel,
};
