import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../src/texts/format.ts';
import type { LogLine, LogStream } from '../../src/trace/execution.ts';
import { reasoningPath } from '../../src/find/places.ts';
import { embeddedJson } from '../../src/view/jsonRows.ts';
import type { LogClock } from '../../src/view/logClock.ts';
import { streamEntry } from '../../src/find/places.ts';
import { IconButton } from './iconButton.tsx';
import { useInspector } from './inspectorContext.ts';
import { JsonTextButton } from './jsonTextButton.tsx';
import { JsonTree } from './jsonTree.tsx';
import { LogTime } from './logTime.tsx';
import { LongText } from './longText.tsx';
import { choicesOf, framesPath } from './readerChoices.ts';

/** A text that stands in pieces in the log, put together; the frames that it came in are a click away. */
export function LogStreamLine({
  stream,
  nth,
  line,
  clock,
}: {
  readonly stream: LogStream;
  readonly nth: number;
  readonly line: LogLine;
  readonly clock: LogClock;
}): JSX.Element {
  const { t, choices: reader, redraw, onCopy, language } = useInspector();
  const entry = streamEntry(nth);
  const id = `log:${entry}`;
  const choices = choicesOf(reader, id);
  const isOpen = choices.open.get(framesPath) === true;
  const inner = useMemo(() => embeddedJson(stream.text), [stream.text]);
  const isPretty = inner !== null && choices.pretty.get('') === true;
  const part = (text: string, path: string) => (
    <LongText
      text={text}
      choices={choices}
      path={path}
      place={{ section: 'logs', entry, path, part: 'value' }}
    />
  );
  return (
    <li class="inspector-log-line inspector-log-stream" data-log={entry}>
      <span
        class="codicon codicon-comment"
        role="img"
        aria-label={t('Streamed text, combined')}
        title={t('Streamed text, combined')}
      />
      <LogTime time={line.time} clock={clock} />
      <span class="inspector-log-message">
        {stream.reasoning !== '' && (
          <span class="inspector-log-reasoning">{part(stream.reasoning, reasoningPath)}</span>
        )}
        {isPretty ? (
          <JsonTree
            value={inner}
            choices={choices}
            section="logs"
            index={stream.lines[0] ?? 0}
            name="log"
            entry={id}
            label={t('JSON in the text')}
          />
        ) : (
          part(stream.text, '')
        )}
        <button
          type="button"
          class="inspector-more"
          aria-expanded={isOpen}
          onClick={() => {
            choices.open.set(framesPath, !isOpen);
            redraw();
          }}
        >
          {isOpen ? t('Hide Frames') : t('Show Frames ({0})', formatCount(stream.frames, language))}
        </button>
      </span>
      <span class="inspector-log-tools">
        <IconButton
          icon="copy"
          label={t('Copy Text')}
          confirms={t('Copied')}
          onClick={() => onCopy(stream.text)}
        />
        {inner !== null && <JsonTextButton choices={choices} />}
      </span>
    </li>
  );
}
