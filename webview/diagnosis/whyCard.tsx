import { useState } from 'preact/hooks';
import type { Finding } from '../../src/diagnosis/finding.ts';
import type { TreeWindow } from '../../src/protocol/engineProtocol.ts';
import { findingDetail, findingTitle, remedyText } from '../../src/view/findingTexts.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

/** Why an execution went wrong: the first finding, what shows it, what to do; the others folded. */
export function WhyCard({ window }: { window: TreeWindow }) {
  const { t } = usePanel();
  const [areOthersOpen, setOthersOpen] = useState(false);
  const [first, ...others] = window.findings;
  if (first === undefined) return null;
  return (
    <div class={`why-card ${first.severity}`}>
      <FindingView finding={first} message={window.summary.message} isFirst />
      {others.length > 0 && (
        <>
          <button
            type="button"
            class="others-toggle"
            aria-expanded={areOthersOpen}
            onClick={() => {
              setOthersOpen(!areOthersOpen);
            }}
          >
            <Icon name={areOthersOpen ? 'chevron-down' : 'chevron-right'} />
            {others.length === 1 ? t('1 more finding') : t('{0} more findings', others.length)}
          </button>
          {areOthersOpen &&
            others.map((finding, index) => (
              <FindingView key={index} finding={finding} message="" isFirst={false} />
            ))}
        </>
      )}
    </div>
  );
}

const severityIcons: Readonly<Record<Finding['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
};

function FindingView(props: { finding: Finding; message: string; isFirst: boolean }) {
  const { finding, message, isFirst } = props;
  const { state, t } = usePanel();
  const { evidenceOpen } = state.choices.value;
  const [isOpenHere, setOpenHere] = useState(false);
  const isOpen = isFirst ? evidenceOpen : isOpenHere;
  const detail = findingDetail(finding, t);
  const severity = severityText(finding.severity, t);
  return (
    <div class="finding">
      <span class={`finding-icon ${finding.severity}`}>
        <Icon name={severityIcons[finding.severity]} />
      </span>
      <div class="finding-body">
        <h3 class="finding-title">
          <span class="sr-only">{severity}: </span>
          {findingTitle(finding, t)}
        </h3>
        {detail !== '' && <p class="finding-detail">{detail}</p>}
        {message !== '' && <p class="finding-message">{message}</p>}
        {finding.remedies.length > 0 && (
          <ul class="remedies" aria-label={t('What to do')}>
            {finding.remedies.map((key) => (
              <li key={key}>{remedyText(key, t)}</li>
            ))}
          </ul>
        )}
        {finding.evidence.length > 0 && (
          <details
            class="evidence"
            open={isOpen}
            onToggle={({ currentTarget }) => {
              if (!isFirst) setOpenHere(currentTarget.open);
              else if (currentTarget.open !== evidenceOpen) {
                state.choose({ evidenceOpen: currentTarget.open });
              }
            }}
          >
            <summary>{t('Evidence ({0})', finding.evidence.length)}</summary>
            <dl>
              {finding.evidence.map(({ field, value }, index) => (
                <div key={index} class="evidence-line">
                  <dt>{field}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </div>
  );
}

function severityText(severity: Finding['severity'], t: (text: string) => string): string {
  switch (severity) {
    case 'error':
      return t('Error');
    case 'warning':
      return t('Warning');
    case 'info':
      return t('Note');
  }
}
