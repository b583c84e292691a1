import { useRef, useState } from 'preact/hooks';
import { formatMinute } from '../../src/texts/format.ts';
import { localMinute, readMinute } from '../../src/texts/localMinute.ts';
import type { Milliseconds } from '../../src/trace/execution.ts';
import { usePanel } from '../panelContext.ts';
import './momentField.css';

/**
 * A moment to the minute, in the form of the reader's language and of 24 hours as all others of the page: the browser's own
 * field has that of the computer. Its calendar is there for the day.
 */
export function MomentField(props: {
  label: string;
  value: Milliseconds;
  onChange: (atMs: Milliseconds) => void;
  disabled?: boolean;
  /** Is wrong for another reason, which stands elsewhere. */
  isWrong?: boolean;
}) {
  const { label, value, onChange, disabled = false, isWrong = false } = props;
  const { state, t } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  /** What was written and can't be read. */
  const [unread, setUnread] = useState<string | null>(null);
  const text = formatMinute(value, state.language);
  const take = (written: string) => {
    const atMs = readMinute(written, state.language);
    setUnread(atMs === null ? written : null);
    if (atMs === null) return;
    // The same moment in another form is told as the others are.
    if (field.current !== null) field.current.value = formatMinute(atMs, state.language);
    onChange(atMs);
  };
  return (
    <span class="moment-field">
      <label>
        <span>{label}</span>
        <span class="moment-box">
          <input
            ref={field}
            class="date-field"
            type="text"
            spellcheck={false}
            autocomplete="off"
            value={unread ?? text}
            disabled={disabled}
            aria-invalid={unread !== null || isWrong}
            onChange={({ currentTarget }) => {
              take(currentTarget.value);
            }}
          />
          <input
            class="moment-day"
            type="date"
            // Whoever writes the day has no need of it.
            tabIndex={-1}
            aria-hidden="true"
            title={t('Select a day')}
            value={localMinute(value).slice(0, 10)}
            disabled={disabled}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== '')
                take(currentTarget.value + localMinute(value).slice(10));
              field.current?.focus();
            }}
          />
        </span>
      </label>
      {unread !== null && (
        <span class="moment-fault" role="alert">
          {t('“{0}” isn’t a date and time. Use a form like {1}.', unread, text)}
        </span>
      )}
    </span>
  );
}
