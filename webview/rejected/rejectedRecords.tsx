import { useEffect, useState } from 'preact/hooks';
import type { EngineMethods } from '../../src/protocol/engineProtocol.ts';
import { formatCount } from '../../src/texts/format.ts';
import { sentences } from '../../src/texts/sentences.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { SubPage } from '../controls/subPage.tsx';
import { usePanel } from '../panelContext.ts';
import { RejectedRecordItem } from './rejectedRecord.tsx';
import './rejected.css';

type Answer = EngineMethods['rejected']['result'];

/** As many as the engine is asked for at a time. */
const pageSize = 100;

/** The records that could not be read, newest first: each with its reason, its place and its text. */
export function RejectedRecords() {
  const { state, session, t } = usePanel();
  const [limit, setLimit] = useState(pageSize);
  const count = state.status.value?.rejected ?? 0;
  const answer = usePages(limit, count);
  const rows = answer?.rows ?? [];
  const left = (answer?.listed ?? 0) - rows.length;
  const dropped = (answer?.total ?? 0) - (answer?.listed ?? 0);
  return (
    <SubPage
      title={t('Rejected records')}
      actions={
        rows.length > 0 && (
          <vscode-button
            appearance="secondary"
            onClick={() => {
              session.tell('saveRejected', { position: null });
            }}
          >
            {t('Save All to File…')}
          </vscode-button>
        )
      }
    >
      <p class="page-note">
        {sentences([
          count === 0
            ? t('All records so far could be read.')
            : t('These records could not be read as executions. They are counted and kept here.'),
          droppedText(dropped, state.language, t),
        ])}
      </p>
      <ul class="rejected">
        {rows.map((record) => (
          <RejectedRecordItem
            key={`${record.topic}/${record.partition}/${record.offset}`}
            record={record}
          />
        ))}
      </ul>
      {left > 0 && (
        <vscode-button
          appearance="secondary"
          onClick={() => {
            setLimit(limit + pageSize);
          }}
        >
          {t('Show More ({0} Left)', formatCount(left, state.language))}
        </vscode-button>
      )}
    </SubPage>
  );
}

function droppedText(dropped: number, language: string, t: Translate): string {
  if (dropped <= 0) return '';
  return dropped === 1
    ? t('1 older record is counted, but no longer listed.')
    : t('{0} older records are counted, but no longer listed.', formatCount(dropped, language));
}

/** The newest `limit`, asked for again whenever there are more; null until the first answer. */
function usePages(limit: number, count: number): Answer | null {
  const { session } = usePanel();
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    let isCurrent = true;
    session.ask('rejected', { offset: 0, limit }).then(
      (rejected) => {
        if (isCurrent) setAnswer(rejected);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [limit, count]);
  return answer;
}
