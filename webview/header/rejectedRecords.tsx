import { useEffect, useState } from 'preact/hooks';
import type { EngineMethods } from '../../src/protocol/engineProtocol.ts';
import { formatBytes, formatCount, formatMoment } from '../../src/view/format.ts';
import { rejectReasonText } from '../../src/view/rejectReasonTexts.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

type Answer = EngineMethods['rejected']['result'];

/** As many as the engine is asked for at a time. */
const pageSize = 100;

/** The records that could not be read: each with its reason, its place and its beginning. */
export function RejectedRecords() {
  const { state, session, t } = usePanel();
  const [limit, setLimit] = useState(pageSize);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const count = state.status.value?.rejected ?? 0;
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
  const rows = answer?.rows ?? [];
  return (
    <section class="page" aria-label={t('Rejected records')}>
      <div class="page-head">
        <h1>{t('Rejected records')}</h1>
        <vscode-button
          appearance="secondary"
          onClick={() => {
            state.view.value = 'traces';
          }}
        >
          {t('Back to Executions')}
        </vscode-button>
      </div>
      <p class="page-note">
        {count === 0
          ? t('Every record so far could be read.')
          : t('These records could not be read as executions. They are counted and kept here.')}
      </p>
      <ul class="rejected">
        {rows.map((record) => (
          <li key={`${record.topic}/${record.partition}/${record.offset}`} class="rejected-record">
            <details>
              <summary>
                <Icon name="chevron-right" />
                <span class="rejected-reason">{t(rejectReasonText(record.reason))}</span>
                <span class="rejected-detail">{record.detail}</span>
                <span class="rejected-place">
                  {t(
                    '{0}, partition {1}, offset {2}',
                    record.topic,
                    record.partition,
                    record.offset,
                  )}
                </span>
                <span class="rejected-size">
                  {formatBytes(record.bytes)}
                  {record.timestampMs !== null &&
                    ` · ${formatMoment(record.timestampMs, state.language)}`}
                </span>
              </summary>
              <pre class="rejected-preview">{record.preview || t('(empty)')}</pre>
            </details>
          </li>
        ))}
      </ul>
      {answer !== null && answer.total > rows.length && (
        <vscode-button
          appearance="secondary"
          onClick={() => {
            setLimit(limit + pageSize);
          }}
        >
          {t('Show more ({0} left)', formatCount(answer.total - rows.length, state.language))}
        </vscode-button>
      )}
    </section>
  );
}
