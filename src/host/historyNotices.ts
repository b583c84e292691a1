import type { HistoryNews } from '../history/historyState.ts';
import { t } from './l10n.ts';
import { later } from './later.ts';
import { tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Tells of each trouble of the history once, however many engines and topics meet it: what runs now is shown all the same. */
export class HistoryNotices {
  private readonly vscode: Vscode;
  private readonly told = new Set<HistoryNews>();

  constructor(vscode: Vscode) {
    this.vscode = vscode;
  }

  async take(news: HistoryNews): Promise<void> {
    // Nothing that anyone can mend by a click: the numbers say it where they are looked at.
    if (news === 'unavailable' || this.told.has(news)) return;
    this.told.add(news);
    // Most never have such trouble: the words come with the first.
    const { historyNewsText } = await later();
    void tell(this.vscode, 'warning', historyNewsText(news, t));
  }
}
