import type { ExecutionRow } from '../../src/protocol/list.ts';
import { kindText } from '../../src/texts/executionKinds.ts';
import { formatClock, formatDuration, formatWhen } from '../../src/texts/format.ts';
import {
  outcomePresentation,
  type StatusPresentation,
} from '../../src/texts/statusPresentation.ts';
import { enumerated } from '../../src/texts/sentences.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { executionTitle, nameOfNode, type Title, titleText } from '../../src/texts/titles.ts';
import { Duration } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { RawId } from '../controls/rawId.tsx';
import { executionContext } from '../contextMenus.ts';

/** What a row says, in words and as columns. */
export interface RowTexts {
  readonly outcome: string;
  readonly time: string;
  /** The same, as short as its column. */
  readonly when: string;
  readonly duration: string;
  /** `at “Click save”`; empty without a failing node. */
  readonly failing: string;
  readonly title: Title;
  /** The same in one text. */
  readonly name: string;
  /** What it is where it is no run; else empty. */
  readonly kind: string;
  /** The same with the service that wrote the record. */
  readonly kindHint: string;
  /** That nothing but a summary is left; else empty. */
  readonly rest: string;
  /** All of it, for a screen reader and as a tooltip. */
  readonly whole: string;
  /** The same with its id, to be copied. */
  readonly summary: string;
}

/** The texts of a row of the list. */
export function rowTexts(
  row: ExecutionRow,
  language: string,
  nowMs: number,
  t: Translate,
): RowTexts {
  const { text } = outcomePresentation(row.outcome);
  const outcome = t(text);
  const time = formatClock(row.beginMs, language, nowMs);
  const when = formatWhen(row.beginMs, language, nowMs);
  const duration = formatDuration(row.durationMs);
  const title = executionTitle(row, t);
  const name = titleText(title);
  const step = row.failing === null ? '' : nameOfNode(row.failing, t);
  const failing = step === '' ? '' : t('at “{0}”', step);
  const named = kindText(row.kind);
  const kind = named === '' ? '' : t(named);
  const saidTime = row.beginMs === null ? t('start unknown') : time;
  const saidDuration = row.durationMs === null ? t('duration unknown') : duration;
  const rest = row.summaryOnly === true ? t('summary only') : '';
  const whole = enumerated([name, kind, outcome, failing, saidTime, saidDuration, rest], t);
  const kindHint = enumerated([kind, row.service], t);
  const summary = enumerated([whole, row.sid], t);
  return {
    title,
    name,
    outcome,
    time,
    when,
    duration,
    failing,
    kind,
    kindHint,
    rest,
    whole,
    summary,
  };
}

/** The icon of a state, in its colour. */
export function StatusIcon({ status: { icon, color } }: { status: StatusPresentation }) {
  return (
    <span class="outcome-icon" style={{ color: `var(${color})` }}>
      <Icon name={icon} spin={icon === 'loading'} />
    </span>
  );
}

function Called({ title: { name, id } }: { title: Title }) {
  return (
    <>
      <span class="execution-name">{name}</span>
      <RawId id={id} keepsEnd />
    </>
  );
}

/** So many signs at the end of a name tell it from others. */
const tailSigns = 7;
const leastCut = 12;

/** Where it failed: what has no room is cut in the middle, for names of steps differ at their end as well. */
function Place({ text }: { text: string }) {
  const isLong = text.length > leastCut;
  // Not within a character of two halves, nor just before a word.
  const end = text.slice(-tailSigns).replace(/^(?:[\udc00-\udfff]|\S{1,2}\s(?=\S{3}))/, '');
  return (
    <span class="execution-failing">
      {isLong && <span class="place-head">{text.slice(0, text.length - end.length)}</span>}
      <span class={isLong ? 'place-tail' : 'place-whole'}>{isLong ? end : text}</span>
    </span>
  );
}

/** A row of the list of executions. */
export function ExecutionListRow(props: {
  row: ExecutionRow;
  id: string;
  index: number;
  total: number;
  selected: boolean;
  focused: boolean;
  texts: RowTexts;
}) {
  const { row, texts, selected, focused } = props;
  return (
    <div
      id={props.id}
      role="option"
      class={`execution-row ${selected ? 'selected' : ''} ${focused ? 'focused' : ''}`}
      aria-selected={selected}
      aria-setsize={props.total}
      aria-posinset={props.index + 1}
      aria-label={texts.whole}
      title={`${texts.whole}\n${row.sid}`}
      data-key={row.key}
      data-vscode-context={executionContext(
        row,
        `${texts.name} ${texts.time}`,
        texts.summary,
        false,
      )}
      data-sid={row.sid}
      data-outcome={row.outcome}
      data-index={props.index}
    >
      <StatusIcon status={outcomePresentation(row.outcome)} />
      <span class={`execution-what ${texts.failing === '' ? '' : 'has-place'}`}>
        {texts.kind !== '' && (
          <span class="execution-kind" title={texts.kindHint}>
            <Icon name="tools" />
          </span>
        )}
        {texts.rest !== '' && (
          <span class="execution-kind" title={texts.rest}>
            <Icon name="history" />
          </span>
        )}
        {texts.failing === '' ? (
          <Called title={texts.title} />
        ) : (
          <span class="execution-called">
            <span class="execution-title">
              <Called title={texts.title} />
            </span>
            <Place text={texts.failing} />
          </span>
        )}
        <span class="execution-time">{texts.when}</span>
      </span>
      <span class="execution-duration">
        <Duration of={row} isRunning={row.outcome === 'running'} />
      </span>
    </div>
  );
}
