import { Component, type JSX } from 'preact';
import type { TreeRow } from '../../src/protocol/tree.ts';
import type { ExecutionKey, Milliseconds } from '../../src/trace/execution.ts';
import { nodeTypePresentation } from '../../src/texts/nodeTypes.ts';
import type { Extent } from '../../src/view/timelineBars.ts';
import { rowTitle, titleText } from '../../src/texts/titles.ts';
import type { Translate } from '../../src/texts/translate.ts';
import {
  errorLine,
  rowBadges,
  rowDuration,
  rowHint,
  rowLabel,
  rowPresentation,
  rowStatusText,
  runningFor,
} from '../../src/texts/treeRowTexts.ts';
import { stepContext } from '../contextMenus.ts';
import { RawId } from '../controls/rawId.tsx';
import { RowTimeBar } from '../timeline/timeBar.tsx';

/** What a row needs to be drawn. */
export interface TreeRowProps {
  readonly row: TreeRow;
  readonly isSelected: boolean;
  readonly isFocused: boolean;
  /** A value that is followed went through it. */
  readonly isOnTrail: boolean;
  readonly extent: Extent | null;
  /** While the execution goes on: until when what runs has done so. */
  readonly now: Milliseconds | null;
  /** The execution whose tree it is part of. */
  readonly execution: ExecutionKey;
  readonly t: Translate;
}

/** Deeper levels keep this indent, so that their names stay in sight. */
const deepestIndent = 16;
const indent = 12;

/** The element id of a row, for `aria-activedescendant`. */
export function rowElementId(key: string): string {
  return `tree-row-${encodeURIComponent(key)}`;
}

/** A row of the execution tree, drawn anew where something of it changed: two of them where another one is chosen. */
export class TreeRowView extends Component<TreeRowProps> {
  override shouldComponentUpdate(next: TreeRowProps): boolean {
    const names = Object.keys(next) as (keyof TreeRowProps)[];
    return names.some((name) => next[name] !== this.props[name]);
  }

  override render(): JSX.Element {
    return drawnRow(this.props);
  }
}

/** Clicks are handled by the tree: `data-part` says what was hit. */
function drawnRow(props: TreeRowProps): JSX.Element {
  const { row, t } = props;
  const title = rowTitle(row, t);
  const depth = Math.min(row.level - 1, deepestIndent);
  const classes = [
    'tree-row',
    `tree-row-${row.status}`,
    row.failing ? 'tree-row-failing' : '',
    props.isSelected ? 'tree-row-selected' : '',
    props.isFocused ? 'tree-row-focused' : '',
    props.isOnTrail ? 'tree-row-on-trail' : '',
  ];
  return (
    <div
      id={rowElementId(row.key)}
      class={classes.filter((name) => name !== '').join(' ')}
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.position}
      aria-selected={props.isSelected}
      aria-label={rowLabel(row, t)}
      {...(props.isOnTrail ? { 'aria-description': onTrailText(t) } : {})}
      {...(row.expanded === null ? {} : { 'aria-expanded': row.expanded })}
      data-key={row.key}
      data-node-id={row.nodeId}
      data-status={row.status}
      data-vscode-context={stepContext(props.execution, row, titleText(title))}
      title={hintOf(props)}
    >
      <div class="tree-name">
        {depth > 0 && (
          <span class="tree-indent" style={{ width: `${depth * indent}px` }} aria-hidden="true" />
        )}
        <Twistie expanded={row.expanded} />
        <RowIcons row={row} t={t} />
        <span class="tree-what">
          <span class="tree-label">{title.name}</span>
          {title.id !== '' && (
            <span class="tree-id">
              <RawId id={title.id} />
            </span>
          )}
          <Badges row={row} t={t} />
          <span class="tree-error">
            <span>{errorLine(row, t)}</span>
          </span>
        </span>
      </div>
      <RowTimeBar row={row} extent={props.extent} now={props.now} t={t} />
      <div class="tree-duration">{durationOf(row, props.now)}</div>
      {(row.inFlow || row.source !== undefined) && (
        <span
          class="tree-reveal codicon codicon-go-to-file"
          data-part="reveal"
          aria-hidden="true"
          title={
            row.inFlow
              ? t('Go to Step in Flow (Alt+Enter)')
              : t('Go to {0} (Alt+Enter)', row.source ?? '')
          }
        />
      )}
    </div>
  );
}

function durationOf(row: TreeRow, now: Milliseconds | null): string {
  if (row.status === 'notRun') return '';
  return runningFor({ ...row, isRunning: row.status === 'running' }, now) ?? rowDuration(row);
}

function Twistie({ expanded }: { readonly expanded: boolean | null }): JSX.Element {
  if (expanded === null) return <span class="tree-twistie" aria-hidden="true" />;
  const icon = expanded ? 'chevron-down' : 'chevron-right';
  return (
    <span class={`tree-twistie codicon codicon-${icon}`} data-part="twistie" aria-hidden="true" />
  );
}

function RowIcons({ row, t }: { readonly row: TreeRow; readonly t: Translate }): JSX.Element {
  const status = rowPresentation(row);
  const type = nodeTypePresentation(row.type);
  return (
    <>
      <span
        class={`tree-status codicon codicon-${status.icon}`}
        style={{ color: `var(${status.color})` }}
        title={rowStatusText(row, t)}
        aria-hidden="true"
      />
      <span class={`tree-type codicon codicon-${type.icon}`} aria-hidden="true" />
    </>
  );
}

function Badges({ row, t }: { readonly row: TreeRow; readonly t: Translate }): JSX.Element {
  return (
    <span class="tree-badges">
      {rowBadges(row, t).map(({ kind, text, hint }) => (
        <span key={kind} class={`tree-badge tree-badge-${kind}`} title={hint}>
          {text}
        </span>
      ))}
    </span>
  );
}

/** The bar at the end of the row, in words. */
function onTrailText(t: Translate): string {
  return t('The followed value went through here');
}

function hintOf({ row, isOnTrail, t }: { row: TreeRow; isOnTrail: boolean; t: Translate }): string {
  const hint = rowHint(row, t);
  return isOnTrail ? `${hint}\n${onTrailText(t)}` : hint;
}
