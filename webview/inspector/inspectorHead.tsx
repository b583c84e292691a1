import type { JSX } from 'preact';
import { shownSigns } from '../../src/base/shownSigns.ts';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import type { TreeRow } from '../../src/protocol/tree.ts';
import type { Finding } from '../../src/diagnosis/finding.ts';
import type { Milliseconds } from '../../src/trace/execution.ts';
import { evidenceField, findingTitle } from '../../src/texts/findingTexts.ts';
import { formatClock } from '../../src/texts/format.ts';
import { placeOfEvidence, placeToReveal } from '../../src/view/maskedValue.ts';
import { nodeTypePresentation } from '../../src/texts/nodeTypes.ts';
import {
  outcomePresentation,
  type StatusPresentation,
} from '../../src/texts/statusPresentation.ts';
import type { Translate } from '../../src/texts/translate.ts';
import {
  rowDuration,
  rowPresentation,
  rowStatusText,
  runningFor,
} from '../../src/texts/treeRowTexts.ts';
import {
  executionTitle,
  rowTitle,
  type Title,
  titleText,
  typeText,
} from '../../src/texts/titles.ts';
import { useNow } from '../controls/now.ts';
import { RawId } from '../controls/rawId.tsx';
import { IconButton } from './iconButton.tsx';
import { useInspector } from './inspectorContext.ts';
import { RevealButton, RevealedValue } from './revealedValue.tsx';

/** What is inspected: state, name, kind, times, id, and the way to the flow file. */
export function InspectorHead({
  content,
  onReveal,
  onOpen,
}: {
  readonly content: InspectorContent;
  readonly onReveal: () => void;
  /** Opens the execution that hangs below a node; null where there is none. */
  readonly onOpen: (() => void) | null;
}): JSX.Element {
  const { t, language, isLive, reachedMs, onCopy } = useInspector();
  const times = timesOf(content);
  const now = useNow(isLive && times.isRunning);
  const duration =
    runningFor(times, isLive ? timeOfRow(content, now, reachedMs) : null) ??
    (times.durationMs === null ? null : rowDuration(times));
  const head = headOf(content, t);
  const name = titleText(head.title);
  const place = content.kind === 'node' ? placeName(content.row, t) : null;
  const details = [
    typeText(head.type, t),
    head.statusText,
    ...(duration === null ? [] : [duration]),
    ...(head.beginMs === null ? [] : [formatClock(head.beginMs, language, Date.now())]),
  ];
  return (
    <header class="inspector-head">
      <div class="inspector-head-line">
        <span
          class={`codicon codicon-${head.status.icon}`}
          style={{ color: `var(${head.status.color})` }}
          aria-hidden="true"
        />
        <h2 title={name}>
          {head.title.name}
          <RawId id={head.title.id} />
        </h2>
        <RevealButton id="name" value={name} place={placeToReveal(content, 'name', 0)} />
        <span class={`codicon codicon-${head.icon} inspector-head-type`} aria-hidden="true" />
        <span class="inspector-head-details" title={shownSigns(details.join(' · '))}>
          {details.map((fact, at) => (
            <span key={at}>{`${at === 0 ? '' : ' · '}${shownSigns(fact)}`}</span>
          ))}
        </span>
      </div>
      <div class="inspector-head-id">
        <code title={shownSigns(head.id)}>{shownSigns(head.id)}</code>
        <RevealButton id="id" value={head.id} place={placeToReveal(content, 'id', 0)} />
        <IconButton
          icon="copy"
          label={t('Copy ID')}
          confirms={t('Copied')}
          onClick={() => onCopy(head.id)}
        />
        {place !== null && <HeadLink icon="go-to-file" words={place} onClick={onReveal} />}
        {onOpen !== null && (
          <HeadLink icon="list-tree" words={t('Open This Execution')} onClick={onOpen} />
        )}
      </div>
      <RevealedValue id="name" />
      <RevealedValue id="id" />
    </header>
  );
}

function HeadLink(props: {
  readonly icon: string;
  /** Where there is no room for them, the icon says them. */
  readonly words: string;
  readonly onClick: () => void;
}): JSX.Element {
  const { icon, words, onClick } = props;
  return (
    <button type="button" class="inspector-link" aria-label={words} title={words} onClick={onClick}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
      <span class="inspector-link-words">{words}</span>
    </button>
  );
}

/** The findings about what is inspected, in one sentence each. */
export function NodeFindings({
  content,
  findings,
}: {
  readonly content: InspectorContent;
  readonly findings: readonly Finding[];
}): JSX.Element | null {
  const { t } = useInspector();
  const own = findings.filter((finding) => concerns(finding, content));
  if (own.length === 0) return null;
  return (
    <ul class="inspector-findings">
      {own.slice(0, 3).map((finding, index) => (
        <li key={index} class={`inspector-finding inspector-finding-${finding.severity}`}>
          <span class={`codicon codicon-${finding.severity}`} aria-hidden="true" />
          <span>
            <strong>{findingTitle(finding, t)}</strong>
            <FindingEvidence finding={finding} id={`finding:${index}`} content={content} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function FindingEvidence({
  finding,
  id,
  content,
}: {
  readonly finding: Finding;
  readonly id: string;
  readonly content: InspectorContent;
}): JSX.Element | null {
  const first = finding.evidence[0];
  if (first === undefined) return null;
  return (
    <>
      {' '}
      <code title={evidenceField(first.source)}>{shownSigns(first.value)}</code>
      <RevealButton id={id} value={first.value} place={placeOfEvidence(content, first)} />
      <RevealedValue id={id} />
    </>
  );
}

interface Head {
  readonly title: Title;
  readonly type: string;
  readonly icon: string;
  readonly id: string;
  readonly status: StatusPresentation;
  readonly statusText: string;
  readonly beginMs: number | null;
}

function headOf(content: InspectorContent, t: Translate): Head {
  if (content.kind === 'execution') {
    const { summary } = content;
    const status = outcomePresentation(summary.outcome);
    return {
      title: executionTitle({ ...summary, name: summary.subject }, t),
      type: summary.service,
      icon: nodeTypePresentation(summary.service).icon,
      id: summary.sid,
      status,
      statusText: t(status.text),
      beginMs: summary.beginMs,
    };
  }
  const { row } = content;
  return {
    title: rowTitle(row, t),
    type: row.type,
    icon: nodeTypePresentation(row.type).icon,
    id: row.nodeId,
    status: rowPresentation(row),
    statusText: rowStatusText(row, t),
    beginMs: row.beginMs,
  };
}

/** What a step's own steps tell is by the clock of its robot: where that is ahead it has run as long as they did at least. */
function timeOfRow(content: InspectorContent, now: Milliseconds, reachedMs = now): Milliseconds {
  return content.kind === 'execution' ? now : Math.max(now, reachedMs);
}

/** When it ran, and for how long. */
function timesOf(content: InspectorContent) {
  const isExecution = content.kind === 'execution';
  const state = isExecution ? content.summary.outcome : content.row.status;
  return { ...(isExecution ? content.summary : content.row), isRunning: state === 'running' };
}

/** The way to where the step is written; null where nobody knows that. */
function placeName({ inFlow, source }: TreeRow, t: Translate): string | null {
  if (inFlow) return t('Go to Step in Flow');
  return source === undefined ? null : t('Go to {0}', shownSigns(source));
}

/** What is inspected, by its name. */
export function contentName(content: InspectorContent, t: Translate): string {
  return titleText(headOf(content, t).title);
}

function concerns({ node }: Finding, content: InspectorContent): boolean {
  // The execution's own findings stand above the tree.
  if (content.kind === 'execution' || node === null) return false;
  return node.runKey === null
    ? node.nodeId === content.row.nodeId
    : node.runKey === content.row.key;
}
