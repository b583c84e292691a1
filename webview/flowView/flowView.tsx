import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FlowDrawing, GraphStates } from '../../src/protocol/graph.ts';
import { graphNodeText, type SideNames } from '../../src/texts/graphTexts.ts';
import type { Milliseconds } from '../../src/trace/execution.ts';
import { runningAt, statusAt } from '../../src/view/graphMoment.ts';
import { areNamesWhole } from '../../src/view/graphNames.ts';
import {
  edgeBounds,
  groupsOf,
  type Lettering,
  picture,
  wideningAt,
} from '../../src/view/graphPicture.ts';
import {
  type Extent2d,
  leastRead,
  seenArea,
  sidesBeyond,
  type Viewport,
} from '../../src/view/graphViewport.ts';
import {
  found,
  partingAreas,
  partingOf,
  ranOnlyInOther,
  wayTo,
  withNeighbours,
} from '../../src/view/graphWays.ts';
import { usePanel } from '../panelContext.ts';
import { FlowSides } from './flowLegend.tsx';
import { BrokenFlowNote, FlowSinceNote } from './flowSinceNote.tsx';
import { FlowTools } from './flowTools.tsx';
import { graphAction } from './graphActions.ts';
import {
  boxId,
  EdgeHeads,
  EdgeLayer,
  farName,
  FarNames,
  GroupLayer,
  GroupTexts,
  NodeLayer,
  type GraphLook,
} from './graphLayers.tsx';
import { frameSeen, Minimap } from './minimap.tsx';
import { MoreBeyond, tellBeyond } from './moreBeyond.tsx';
import { TimeCursor } from './timeCursor.tsx';
import { useHovered } from './useHovered.tsx';
import { usePointers } from './usePointers.ts';
import { useRunningInSight } from './useRunningInSight.ts';
import { useViewport } from './useViewport.ts';

/** A smaller flow is seen whole. */
const minimapFrom = 60;
/** What is read aloud as a list; of more nobody hears the end. */
const mostListed = 500;

/** A flow as a graph, with what happened at its steps. */
export function FlowView({
  drawing,
  states,
  sides,
}: {
  drawing: FlowDrawing;
  states: GraphStates | null;
  /** What two are called that are compared. */
  sides: SideNames | null;
}) {
  const { state, session, t } = usePanel();
  const { nodes, edges } = drawing;
  const screen = useRef<HTMLDivElement>(null);
  const layer = useRef<SVGSVGElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const beyond = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const [moment, setMoment] = useState<Milliseconds | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [search, setSearch] = useState<string | null>(null);
  const [isLegendShown, setLegendShown] = useState(false);

  const known = useMemo(
    () => new Map((states?.nodes ?? []).map((node) => [node.place, node])),
    [states],
  );
  const holding = useMemo(() => groupsOf(nodes), [nodes]);
  const bounds = useMemo(() => edgeBounds(edges), [edges]);
  const matches = useMemo(() => found(nodes, search ?? ''), [nodes, search]);
  const execution = states?.execution ?? null;
  const failing = useMemo(
    () => [...known.values()].flatMap(({ run, place }) => (run?.failing === true ? [place] : [])),
    [known],
  );
  const way = useMemo(() => {
    const ways = failing.map((place) => wayTo(place, nodes, edges, states?.taken ?? null));
    return new Set(ways.flatMap((one) => [...one]));
  }, [failing, nodes, edges, states]);
  const selected = useSelected(drawing, known);

  const onMove = useCallback(
    (viewport: Viewport, size: Extent2d) => {
      const seen = seenArea(viewport, size);
      if (frame.current !== null) frameSeen(frame.current, drawing, seen);
      if (beyond.current !== null) tellBeyond(beyond.current, sidesBeyond(drawing, seen));
    },
    [drawing],
  );
  const graph = useMemo(() => {
    const { width, height } = drawing;
    const boxes = nodes.filter((_, place) => !holding.has(place));
    return { width, height, boxes, areNamesWhole: (scale: number) => areNamesWhole(boxes, scale) };
  }, [drawing, holding]);
  const viewport = useViewport(graph, screen, layer, onMove);
  usePointers(screen, viewport);
  const { sheet } = viewport;
  const onTrail = state.onTrail.value.nodes;
  const onlyOther = useMemo(
    () => (states === null ? new Set<number>() : ranOnlyInOther(edges, states)),
    [edges, states],
  );
  // The same look keeps the boxes that it made: a sheet that is drawn anew has most of them already.
  const look = useMemo(
    (): GraphLook => ({
      ...{ drawing, states: known, way, failing, selected, focused, onTrail, t },
      statusOf: (place) => statusAt(known.get(place) ?? {}, moment),
      taken: states?.taken ?? null,
      takenByOther: states?.takenByOther ?? null,
      sides,
      onlyIn: (place) => (sides !== null && onlyOther.has(place) ? sides.other : ''),
      found: new Set(matches),
    }),
    [
      drawing,
      known,
      way,
      failing,
      selected,
      focused,
      onTrail,
      t,
      moment,
      states,
      sides,
      onlyOther,
      matches,
    ],
  );
  const shown = useMemo(
    () => picture(drawing, holding, bounds, sheet.area, sheet.scale),
    [drawing, holding, bounds, sheet],
  );

  const parting = useMemo(() => (states === null ? [] : partingOf(edges, states)), [edges, states]);
  const showPlace = (place: number): void => {
    const node = nodes[place];
    if (node !== undefined) viewport.show(node);
  };
  // Where it failed, or what was chosen elsewhere, comes into sight; of a flow that is seen whole nothing moves.
  // What would be too small to be read begins where the flow does; of a large one all is seen.
  // Of two that are compared it is where their ways part.
  const wanted = parting[0] ?? selected ?? failing[0] ?? (nodes.length > minimapFrom ? null : 0);
  const isTold = states !== null;
  const placed = useRef<Viewport | null>(null);
  const clicked = useRef<number | null>(null);
  useLayoutEffect(() => {
    // What was clicked is seen; moved away, the second click of two would hit another.
    const isClicked = clicked.current === wanted;
    clicked.current = null;
    if (wanted === null || !isTold || isClicked) return;
    const { viewport: at } = viewport.now();
    // Whoever has moved it meanwhile stays where they are.
    if (placed.current === null || parting.length > 0) {
      const near = withNeighbours(wanted, edges).flatMap((place) => nodes[place] ?? []);
      const apart = partingAreas(nodes, edges, states, holding);
      viewport.read(apart.length > 0 ? apart : near);
    } else if (selected === null && at.scale >= leastRead && at !== placed.current) return;
    else showPlace(wanted);
    placed.current = viewport.now().viewport;
  }, [wanted, isTold, drawing.version]);
  const running = useMemo(
    () =>
      runningAt(
        [...known.values()].filter(({ place }) => !holding.has(place)),
        moment,
      ),
    [known, holding, moment],
  );
  const isLeft = selected !== null || focused !== null || search !== null || moment !== null;
  const following = isPlaying ? 'played' : isLeft ? 'no' : 'withReader';
  useRunningInSight(running, following, nodes, viewport, placed);
  const { failureRequest } = state;
  const request = failureRequest.value;
  useEffect(() => {
    const [first] = failing;
    if (request === null || first === undefined) return;
    choose(first);
  }, [request?.n]);

  const select = (place: number): void => {
    const node = nodes[place];
    if (node === undefined || execution === null) return;
    session.tree.inspector.select(known.get(place)?.run?.row ?? `flow:${node.nodeId}`);
    session.tell('stepChosen', { key: execution.key, nodeId: node.nodeId });
  };
  const choose = (place: number): void => {
    setFocused(place);
    showPlace(place);
    select(place);
  };
  const reveal = (place: number): void => {
    const node = nodes[place];
    if (node === undefined || execution === null) return;
    const { nodeId, name } = node;
    session.tell('revealNode', {
      ...{ key: execution.key, target: { nodeId, name }, preserveFocus: false },
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = graphAction(event, focused ?? selected ?? failing[0] ?? 0, nodes, edges);
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    switch (action.kind) {
      case 'move':
        setFocused(action.place);
        showPlace(action.place);
        return;
      case 'select':
        choose(action.place);
        return;
      case 'reveal':
        reveal(action.place);
        return;
      case 'zoom':
        viewport.zoom(action.factor);
        return;
      case 'fit':
        viewport.fit();
        return;
      case 'find':
        setSearch(search ?? '');
        return;
    }
  };
  const { tip, placeOf, ...pointed } = useHovered({
    ...{ screen, look, states, viewport, isFar: shown.isFar },
  });
  const extent = execution?.extent ?? null;
  const hasTimes = extent !== null && extent.endMs > extent.beginMs;
  const active = focused ?? selected;
  const { area } = sheet;
  return (
    <section
      class="flow-view"
      aria-label={t('Flow of {0}', drawing.name)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isLegendShown) return;
        event.stopPropagation();
        setLegendShown(false);
      }}
    >
      <BrokenFlowNote states={states} />
      <FlowSinceNote drawing={drawing} states={states} />
      {sides !== null && <FlowSides sides={sides} />}
      {drawing.more > 0 && (
        <p class="flow-note">
          {t('The first {0} steps are drawn; the file has {1} more.', nodes.length, drawing.more)}
        </p>
      )}
      <div class="flow-room">
        <div
          ref={screen}
          class="flow-screen"
          role="listbox"
          tabIndex={0}
          aria-label={t('Steps of the flow {0}', drawing.name)}
          {...(active === null ? {} : { 'aria-activedescendant': boxId(active) })}
          onKeyDown={onKeyDown}
          {...pointed}
          onClick={(event) => {
            const place = placeOf(event);
            if (place !== null) {
              clicked.current = place;
              setFocused(place);
              select(place);
            }
          }}
          onDblClick={(event) => {
            const place = placeOf(event);
            if (place !== null) reveal(place);
          }}
        >
          <svg
            ref={layer}
            class="flow-canvas"
            role="presentation"
            style={canvasStyle(shown.lettering, sheet.scale)}
            width={area.width * sheet.scale}
            height={area.height * sheet.scale}
            viewBox={`${String(area.x)} ${String(area.y)} ${String(area.width)} ${String(area.height)}`}
          >
            <EdgeHeads widening={wideningAt(sheet.scale)} />
            <GroupLayer look={look} picture={shown} />
            <EdgeLayer look={look} picture={shown} />
            <GroupTexts look={look} picture={shown} />
            <NodeLayer look={look} picture={shown} />
            <FarNames look={look} picture={shown} scale={sheet.scale} />
          </svg>
        </div>
        {nodes.length <= minimapFrom && <MoreBeyond at={beyond} onGo={viewport.pan} />}
        {nodes.length > minimapFrom && (
          <Minimap
            drawing={drawing}
            frame={frame}
            failing={failing}
            onGo={(x, y) => {
              const { viewport: at, screen: size } = viewport.now();
              viewport.pan(
                size.width / 2 - x * at.scale - at.x,
                size.height / 2 - y * at.scale - at.y,
              );
            }}
          />
        )}
        {tip}
        <FlowTools
          drawing={drawing}
          look={look}
          viewport={viewport}
          search={search}
          isLegendShown={isLegendShown}
          onLegend={setLegendShown}
          matches={matches}
          onSearch={(text) => {
            setSearch(text);
            // Seen while one types, chosen with Enter.
            const [first] = found(nodes, text);
            if (first !== undefined) showPlace(first);
          }}
          onMatch={(place) => {
            choose(place);
          }}
          onLeave={() => {
            setSearch(null);
            screen.current?.focus();
          }}
        />
      </div>
      {hasTimes && (
        <TimeCursor
          {...{ extent, moment, isPlaying }}
          onMoment={setMoment}
          onPlaying={setPlaying}
        />
      )}
      <ol class="sr-only" aria-label={t('Steps in the order of the file')}>
        {nodes.slice(0, mostListed).map((node, place) => (
          <li key={place}>
            {graphNodeText(node, known.get(place), look.statusOf(place), t, look.onlyIn(place))}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What depends on how far away it is drawn: texts that are read and lines that are seen there, too. */
function canvasStyle(lettering: Lettering | null, scale: number): Record<string, string> {
  return {
    '--flow-name': `${String(lettering?.name ?? 0)}px`,
    '--flow-detail': `${String(lettering?.detail ?? lettering?.name ?? 0)}px`,
    '--flow-far-name': `${String(farName / scale)}px`,
    '--flow-widening': String(wideningAt(scale)),
  };
}

/** The box of the row that is chosen, wherever it was chosen. */
function useSelected(
  { nodes }: FlowDrawing,
  known: ReadonlyMap<number, GraphStates['nodes'][number]>,
): number | null {
  const { state } = usePanel();
  const { row } = state.choices.value;
  const nodeId = state.tree.value?.rows.find(({ key }) => key === row)?.nodeId ?? '';
  return useMemo(() => {
    if (row === null) return null;
    for (const [place, { run }] of known) if (run?.row === row) return place;
    const place = nodes.findIndex((node) => node.nodeId !== '' && node.nodeId === nodeId);
    return place === -1 ? null : place;
  }, [row, nodeId, known, nodes]);
}
