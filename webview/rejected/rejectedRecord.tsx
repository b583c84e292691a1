import { useEffect, useState } from 'preact/hooks';
import { shownSigns } from '../../src/base/shownSigns.ts';
import type { RejectedRecord } from '../../src/trace/rejected.ts';
import { formatBytes, formatMoment } from '../../src/texts/format.ts';
import { recordPlaceText } from '../../src/texts/recordPlaceText.ts';
import { rejectDetailText } from '../../src/texts/rejectDetailText.ts';
import { rejectReasonText } from '../../src/texts/rejectReasonTexts.ts';
import { textParts } from '../../src/view/textParts.ts';
import { moreOfText, restLabel, type TextChoice, textWindow } from '../../src/view/textWindow.ts';
import { useIsLive } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';

type RawText = Pick<RejectedRecord, 'form' | 'whole'> & { readonly text: string };

/** A record that could not be read: why, where it stands, and its text when it is opened. */
export function RejectedRecordItem({ record }: { record: RejectedRecord }) {
  const { state, t } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const isLive = useIsLive();
  const { reason, detail, bytes, timestampMs } = record;
  return (
    <li class="rejected-record">
      <details
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
        }}
      >
        <summary>
          <Icon name="chevron-right" />
          <span class="rejected-reason">
            {t(rejectReasonText(reason))}
            {detail !== '' && (
              <span class="rejected-detail"> {shownSigns(rejectDetailText(record, t))}</span>
            )}
          </span>
          <span class="rejected-place">{recordPlaceText(record, isLive, t)}</span>
          <span class="rejected-size">
            {formatBytes(bytes)}
            {timestampMs !== null && ` · ${formatMoment(timestampMs, state.language)}`}
          </span>
        </summary>
        {isOpen && <Opened record={record} />}
      </details>
    </li>
  );
}

/** Its text: the beginning at once, all of it when the source has given it again. */
function Opened({ record }: { record: RejectedRecord }) {
  const { session, t } = usePanel();
  const { form, whole, preview } = record;
  const [raw, setRaw] = useState<RawText>({ form, whole, text: preview });
  const [isLoading, setLoading] = useState(!whole);
  const { topic, partition, offset } = record;
  const position = { topic, partition, offset };
  useEffect(() => {
    let isCurrent = !whole;
    if (isCurrent) {
      const end = (text?: RawText) => {
        if (!isCurrent) return;
        if (text !== undefined) setRaw(text);
        setLoading(false);
      };
      session.ask('rejectedText', { position }).then(end, () => end());
    }
    return () => {
      isCurrent = false;
    };
  }, []);
  return (
    <div class="rejected-opened">
      <div class="rejected-tools">
        <span class="rejected-form" role="status">
          {isLoading ? t('Reading the record…') : formText(raw, t)}
        </span>
        <IconButton
          icon="copy"
          label={t('Copy Text')}
          confirms={t('Copied')}
          onClick={() => {
            session.tell('copy', { text: raw.text });
          }}
        />
        <IconButton
          icon="save"
          label={t('Save to File…')}
          onClick={() => {
            session.tell('saveRejected', { position });
          }}
        />
      </div>
      <Text text={raw.text} form={raw.form} />
    </div>
  );
}

function formText({ form, whole }: RawText, t: ReturnType<typeof usePanel>['t']): string {
  if (form === 'hex') {
    return whole
      ? t('Not text: shown as bytes')
      : t('Not text: only its first bytes are available');
  }
  return whole ? '' : t('Only the beginning is available');
}

/** A window on the text: a megabyte in one element takes the browser seconds. */
function Text({ text, form }: { text: string; form: RawText['form'] }) {
  const { state, t } = usePanel();
  const [choice, setChoice] = useState<TextChoice>();
  const shown = textWindow({ text }, choice);
  return (
    <>
      <pre class={`rejected-preview ${form}`}>
        {text === ''
          ? t('(empty)')
          : textParts(shown.text, []).map((part, index) =>
              part.masked ? (
                <span
                  key={index}
                  class="masked"
                  title={t('A secret, masked by RPA Trace when it arrived')}
                >
                  {shownSigns(part.text)}
                </span>
              ) : (
                shownSigns(part.text)
              ),
            )}
        {shown.behind.chars > 0 && '…'}
      </pre>
      {shown.behind.chars > 0 && (
        <button
          type="button"
          class="link rejected-more"
          onClick={() => {
            setChoice(moreOfText({ text }, shown, 'behind'));
          }}
        >
          {restLabel(shown.behind, 'behind', state.language, t)}
        </button>
      )}
    </>
  );
}
