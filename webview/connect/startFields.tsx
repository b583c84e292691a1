import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';
import { MomentField } from '../controls/momentField.tsx';
import { usePanel } from '../panelContext.ts';
import { controlValue } from '../toolkit.ts';

type Start = ConnectionForm['start'];

const defaultCount = 200;
const dayMs = 24 * 60 * 60 * 1000;

/** Where reading starts in each partition. */
export function StartFields(props: {
  start: Start;
  disabled: boolean;
  onChange: (start: Start) => void;
}) {
  const { start, disabled, onChange } = props;
  const { t } = usePanel();
  const choose = (kind: string) => {
    if (kind === start.kind) return;
    if (kind === 'last') onChange({ kind, count: defaultCount });
    else if (kind === 'time') onChange({ kind, timestampMs: Date.now() - dayMs });
    else if (kind === 'latest' || kind === 'earliest') onChange({ kind });
  };
  return (
    <div class="start-fields">
      <label class="dropdown-field">
        <span id="start-label">{t('Start position')}</span>
        <vscode-dropdown
          class="start"
          value={start.kind}
          disabled={disabled}
          aria-labelledby="start-label"
          onChange={(event) => {
            choose(controlValue(event));
          }}
        >
          <vscode-option value="last">{t('Last records')}</vscode-option>
          <vscode-option value="latest">{t('New records only')}</vscode-option>
          <vscode-option value="earliest">{t('Oldest record')}</vscode-option>
          <vscode-option value="time">{t('Point in time')}</vscode-option>
        </vscode-dropdown>
      </label>
      {start.kind === 'last' && (
        <vscode-text-field
          class="start-count"
          value={String(start.count)}
          disabled={disabled}
          aria-label={t('Records per partition')}
          onInput={(event) => {
            const count = Number.parseInt(controlValue(event), 10);
            if (count >= 0 && count !== start.count) onChange({ kind: 'last', count });
          }}
        >
          {t('Records per partition')}
        </vscode-text-field>
      )}
      {start.kind === 'time' && (
        <MomentField
          label={t('Date and time')}
          value={start.timestampMs}
          disabled={disabled}
          onChange={(timestampMs) => {
            onChange({ kind: 'time', timestampMs });
          }}
        />
      )}
    </div>
  );
}
