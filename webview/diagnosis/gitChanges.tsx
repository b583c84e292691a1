import { useEffect, useState } from 'preact/hooks';
import type { CompareWindow } from '../../src/protocol/compare.ts';
import type { FileHistory } from '../../src/protocol/fileHistory.ts';
import { commitText, fileHistoryText } from '../../src/texts/fileHistoryTexts.ts';
import { formatWhen } from '../../src/texts/format.ts';
import { usePanel } from '../panelContext.ts';

/** What Git says became of the flow file between two runs, and the way to what was changed. */
export function GitChanges({ answer }: { answer: CompareWindow }) {
  const { state, session, t } = usePanel();
  const uri = state.tree.value?.flow?.uri ?? null;
  const [one, other] = [answer.before.summary.beginMs, answer.after.summary.beginMs];
  const [history, setHistory] = useState<FileHistory | null>(null);
  useEffect(() => {
    setHistory(null);
    if (uri === null || one === null || other === null) return;
    const [fromMs, toMs] = [Math.floor(Math.min(one, other)), Math.ceil(Math.max(one, other))];
    let isOver = false;
    session.askHost('fileHistory', { uri, fromMs, toMs }).then(
      (found) => {
        if (!isOver) setHistory(found);
      },
      // Everything else that is told here is known without it.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [uri, one, other]);
  if (uri === null || history === null) return null;
  const texts = {
    t,
    moment: (atMs: number) => formatWhen(atMs, state.language, Date.now()),
  };
  const text = fileHistoryText(history, texts);
  if (text === '') return null;
  const open = (from: string, to: string | null) => () => {
    session.tell('openFileDifference', { uri, from, to });
  };
  const commits = history.kind === 'known' ? history.commits : [];
  const before = history.kind === 'known' ? history.before : null;
  const isChanged = history.kind === 'known' && (history.isEdited || commits.length > 0);
  return (
    <>
      <p class="finding-detail git-changes">{text}</p>
      {commits.length > 0 && (
        <ul class="remedies">
          {commits.map((commit) => (
            <li key={commit.hash}>
              <button
                type="button"
                class="item-link"
                title={t('Show what this commit changed in the flow file')}
                onClick={open('parent', commit.hash)}
              >
                {commitText(commit, texts)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {isChanged && before !== null && (
        <button
          type="button"
          class="item-link"
          title={t('The flow file as it was committed at the good run, beside what it is now')}
          onClick={open(before.hash, null)}
        >
          {t('Show All Changes of the Flow File Since')}
        </button>
      )}
    </>
  );
}
