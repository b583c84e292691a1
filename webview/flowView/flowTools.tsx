import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FlowDrawing } from '../../src/protocol/graph.ts';
import { graphFileName, graphSvg } from '../../src/view/graphSvg.ts';
import { takenBy } from '../../src/view/graphWays.ts';
import { IconButton } from '../controls/iconButton.tsx';
import { Toolbar } from '../controls/toolbar.tsx';
import { usePanel } from '../panelContext.ts';
import { FlowLegend } from './flowLegend.tsx';
import type { GraphLook } from './graphLayers.tsx';
import { statusSigns } from './statusSign.tsx';
import { svgColours } from './svgColours.ts';
import type { ViewportControl } from './useViewport.ts';

/** What is done with the graph as a whole, in its corner. */
export function FlowTools(props: {
  readonly drawing: FlowDrawing;
  readonly look: GraphLook;
  readonly viewport: ViewportControl;
  /** Null: nobody searches. */
  readonly search: string | null;
  readonly isLegendShown: boolean;
  readonly onLegend: (isShown: boolean) => void;
  readonly matches: readonly number[];
  readonly onSearch: (text: string) => void;
  readonly onMatch: (place: number) => void;
  readonly onLeave: () => void;
}) {
  const { session, t } = usePanel();
  const { drawing, look, viewport, search, isLegendShown } = props;
  return (
    <div class="flow-tools">
      {search !== null && <Find {...props} text={search} />}
      <Toolbar class="flow-buttons" label={t('Flow view')}>
        <IconButton
          icon="search"
          label={t('Find Step')}
          onClick={() => {
            if (search === null) props.onSearch('');
            else props.onLeave();
          }}
        />
        <IconButton
          icon="zoom-in"
          label={t('Zoom In')}
          onClick={() => {
            viewport.zoom(1.25);
          }}
        />
        <IconButton
          icon="zoom-out"
          label={t('Zoom Out')}
          onClick={() => {
            viewport.zoom(0.8);
          }}
        />
        <IconButton
          icon="screen-full"
          label={t('Fit to View')}
          onClick={() => {
            viewport.fit();
          }}
        />
        <IconButton
          icon="info"
          label={t('Legend')}
          pressed={isLegendShown}
          onClick={() => {
            props.onLegend(!isLegendShown);
          }}
        />
        <IconButton
          icon="save"
          label={t('Save as SVG…')}
          onClick={() => {
            const text = graphSvg({
              ...{ drawing, states: look.states, statusOf: look.statusOf, taken: look.taken },
              ...{
                way: look.way,
                sides: look.sides,
                onlyIn: look.onlyIn,
                sideOf: (edge) => takenBy(look, edge),
              },
              ...{ signs: statusSigns, colours: svgColours(), t },
            });
            session.tell('saveTable', { name: graphFileName(drawing), text, format: 'svg' });
          }}
        />
      </Toolbar>
      {isLegendShown && (
        <FlowLegend
          hasParts={drawing.edges.some(({ kind }) => kind === 'part')}
          sides={look.sides}
        />
      )}
    </div>
  );
}

function Find(props: {
  readonly text: string;
  readonly matches: readonly number[];
  readonly onSearch: (text: string) => void;
  readonly onMatch: (place: number) => void;
  readonly onLeave: () => void;
}) {
  const { t } = usePanel();
  const { text, matches, onSearch, onMatch, onLeave } = props;
  const field = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(-1);
  useLayoutEffect(() => {
    field.current?.focus();
  }, []);
  const go = (by: 1 | -1) => {
    if (matches.length === 0) return;
    const next = (at + by + matches.length) % matches.length;
    setAt(next);
    const place = matches[next];
    if (place !== undefined) onMatch(place);
  };
  const count =
    text.trim() === ''
      ? ''
      : matches.length === 0
        ? t('No results')
        : at < 0
          ? String(matches.length)
          : t('{0} of {1}', at + 1, matches.length);
  return (
    <div class="flow-find">
      <input
        ref={field}
        type="text"
        value={text}
        placeholder={t('Find step')}
        aria-label={t('Find step')}
        onInput={({ currentTarget }) => {
          setAt(-1);
          onSearch(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') onLeave();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span class="flow-find-count" role="status">
        {count}
      </span>
    </div>
  );
}
