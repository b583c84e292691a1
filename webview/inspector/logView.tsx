import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { shownSigns } from '../../src/base/shownSigns.ts';
import { isStoredAddress } from '../../src/view/fetchedValues.ts';
import { formatCount } from '../../src/texts/format.ts';
import { embeddedJson } from '../../src/view/jsonRows.ts';
import {
  levelCounts,
  levelOf,
  logItems,
  logLevelPresentation,
  logLevels,
  logText,
} from '../../src/view/logLines.ts';
import { streamEntry } from '../../src/find/places.ts';
import { logClock, type LogClock } from '../../src/view/logClock.ts';
import { placeToReveal } from '../../src/view/maskedValue.ts';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import type { LogLine } from '../../src/trace/execution.ts';
import type { LogLevel } from '../../src/trace/logLevel.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { IconButton } from './iconButton.tsx';
import { useInspector } from './inspectorContext.ts';
import { JsonTextButton } from './jsonTextButton.tsx';
import { JsonTree } from './jsonTree.tsx';
import { LogStreamLine } from './logStream.tsx';
import { LogTime } from './logTime.tsx';
import { LongText } from './longText.tsx';
import { choicesOf, isStreamOpen, logPage } from './readerChoices.ts';
import { RevealButton, RevealedValue } from './revealedValue.tsx';
import { StoredValue } from './storedValue.tsx';

/** The log of a node: filtered by level, drawn some hundred lines at a time. */
export function LogView({
  log: { logs: lines, streams },
}: {
  readonly log: Pick<InspectorSection, 'logs' | 'streams'>;
}): JSX.Element {
  const { t, choices, redraw, language, content } = useInspector();
  const clock = useMemo(
    () => (content.kind === 'node' ? logClock(lines, content.row) : () => null),
    [content, lines],
  );
  const shown = logItems(lines, streams, choices.hiddenLevels, (nth) => isStreamOpen(choices, nth));
  const from = Math.min(choices.logFrom, Math.max(0, shown.length - 1));
  const end = Math.min(shown.length, from + choices.logCount);
  const more = () => {
    choices.logCount += logPage;
    redraw();
  };
  return (
    <div class="inspector-log">
      <LogHead lines={lines} />
      {from > 0 && (
        <button
          type="button"
          class="inspector-more"
          onClick={() => {
            const first = Math.max(0, from - logPage);
            choices.logCount = end - first;
            choices.logFrom = first;
            redraw();
          }}
        >
          {earlierText(Math.min(from, logPage), language, t)}
        </button>
      )}
      <ol class="inspector-log-lines">
        {shown
          .slice(from, end)
          .map((item) =>
            item.kind === 'stream' ? (
              <LogStreamLine key={streamEntry(item.nth)} {...item} clock={clock} />
            ) : (
              <Line key={item.index} line={item.line} index={item.index} clock={clock} />
            ),
          )}
      </ol>
      {shown.length === 0 && (
        <p class="inspector-empty">{t('All lines are hidden. Turn on a level to see them.')}</p>
      )}
      {end < shown.length && (
        <MoreWhenSeen key={end} onSeen={more}>
          {moreText(shown.length - end, language, t)}
        </MoreWhenSeen>
      )}
    </div>
  );
}

function LogHead({ lines }: { readonly lines: readonly LogLine[] }): JSX.Element {
  const { t, choices, redraw, onCopy, onOpenText, title, language } = useInspector();
  const counts = levelCounts(lines);
  const toggle = (level: LogLevel) => {
    if (!choices.hiddenLevels.delete(level)) choices.hiddenLevels.add(level);
    choices.logFrom = 0;
    redraw();
  };
  return (
    <div class="inspector-log-head" role="group" aria-label={t('Log levels')}>
      {logLevels
        .filter((level) => counts.has(level))
        .map((level) => {
          const { icon, color, text } = logLevelPresentation(level);
          return (
            <button
              key={level}
              type="button"
              class="inspector-level"
              aria-pressed={!choices.hiddenLevels.has(level)}
              onClick={() => toggle(level)}
            >
              <span
                class={`codicon codicon-${icon}`}
                style={{ color: `var(${color})` }}
                aria-hidden="true"
              />
              {t(text)} {formatCount(counts.get(level) ?? 0, language)}
            </button>
          );
        })}
      <span class="inspector-value-actions">
        <IconButton
          icon="copy"
          label={t('Copy Log')}
          confirms={t('Copied')}
          onClick={() => onCopy(logText(lines))}
        />
        <IconButton
          icon="go-to-file"
          label={t('Open Log in Editor')}
          onClick={() => onOpenText(`${title} log`, logText(lines), 'log')}
        />
      </span>
    </div>
  );
}

function Line({
  line,
  index,
  clock,
}: {
  readonly line: LogLine;
  readonly index: number;
  readonly clock: LogClock;
}): JSX.Element {
  const { t, content, choices: reader } = useInspector();
  const id = `log:${index}`;
  const choices = choicesOf(reader, id);
  const level = levelOf(line);
  const { icon, color, text } = logLevelPresentation(level);
  const inner = useMemo(() => embeddedJson(line.message), [line.message]);
  const isPretty = inner !== null && choices.pretty.get('') === true;
  return (
    <li class={`inspector-log-line inspector-log-${level}`} data-log={index}>
      <span
        class={`codicon codicon-${icon}`}
        style={{ color: `var(${color})` }}
        role="img"
        aria-label={level === 'other' ? shownSigns(line.level) : t(text)}
        title={shownSigns(line.level)}
      />
      <LogTime time={line.time} clock={clock} />
      <span class="inspector-log-message">
        {isPretty ? (
          <JsonTree
            value={inner}
            choices={choices}
            section="logs"
            index={index}
            name="log"
            entry={id}
            label={t('JSON in the text')}
          />
        ) : (
          <LongText
            text={line.message}
            choices={choices}
            path=""
            place={{ section: 'logs', entry: String(index), path: '', part: 'value' }}
          />
        )}
        {isStoredAddress(line.message) && <StoredValue name="" address={line.message} />}
        <RevealedValue id={id} />
      </span>
      <span class="inspector-log-tools">
        <RevealButton
          id={id}
          value={line.message}
          place={isOfRecord(content, line, index) ? placeToReveal(content, 'logs', index) : null}
        />
        {inner !== null && <JsonTextButton choices={choices} />}
      </span>
    </li>
  );
}

/** Not what was fetched in place of an address: of that the record holds nothing to reveal. */
function isOfRecord(content: InspectorContent, { message }: LogLine, index: number): boolean {
  return content.kind === 'node' && content.data.logs[index]?.message === message;
}

function earlierText(count: number, language: string, t: Translate): string {
  return count === 1
    ? t('Show 1 Earlier Line')
    : t('Show {0} Earlier Lines', formatCount(count, language));
}

function moreText(count: number, language: string, t: Translate): string {
  return count === 1
    ? t('Show 1 More Line')
    : t('Show {0} More Lines', formatCount(count, language));
}

/** A button that presses itself when the reader scrolls to it. */
function MoreWhenSeen({
  onSeen,
  children,
}: {
  readonly onSeen: () => void;
  readonly children: string;
}): JSX.Element {
  const element = useRef<HTMLButtonElement>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) latest.current();
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return (
    <button ref={element} type="button" class="inspector-more" onClick={() => latest.current()}>
      {children}
    </button>
  );
}
