import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShortValue } from '../../src/protocol/marks.ts';
import type { ExecutionKey, RunKey } from '../../src/trace/execution.ts';
import { usePanel } from '../panelContext.ts';

/** An arrow that the pointer is on. */
export interface HoveredEdge {
  readonly text: string;
  /** What ran before it; null: nothing did. */
  readonly row: RunKey | null;
  /** Where it is told. */
  readonly at: ReturnType<typeof besidePointer>;
}

const awayFromPointer = 12;

/** On the side of the pointer where there is more room: at an edge of the view it would be cut. */
export function besidePointer(
  { clientX, clientY }: PointerEvent,
  view: Element,
): Partial<Record<'left' | 'right' | 'top' | 'bottom', string>> {
  const { left, top, right, bottom } = view.getBoundingClientRect();
  const away = (distance: number) => `${String(distance + awayFromPointer)}px`;
  return {
    ...(clientX - left < right - clientX
      ? { left: away(clientX - left) }
      : { right: away(right - clientX) }),
    ...(clientY - top < bottom - clientY
      ? { top: away(clientY - top) }
      : { bottom: away(bottom - clientY) }),
  };
}

/** The pointer crosses arrows on its way. */
const pauseMs = 150;

/** What passed along an arrow: what the step before it gave, in short, masked as everywhere. */
export function PassedValues(props: {
  readonly edge: HoveredEdge;
  readonly execution: ExecutionKey | null;
}) {
  const { session } = usePanel();
  const { edge, execution } = props;
  const [values, setValues] = useState<readonly ShortValue[]>([]);
  const asked = useRef(0);
  useEffect(() => {
    setValues([]);
    const { row } = edge;
    if (row === null || execution === null) return;
    const now = ++asked.current;
    const timer = setTimeout(() => {
      const query = { key: execution, rows: [row] };
      session.ask('ask', { kind: 'shortValues', query }).then(
        (answered) => {
          if (now !== asked.current || answered.kind !== 'shortValues' || !answered.result.ok)
            return;
          setValues(answered.result.answer.given[0]?.values ?? []);
        },
        // The engine is away, which the panel says.
        () => undefined,
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      asked.current++;
    };
  }, [edge.row, execution]);
  return (
    <div class="flow-tip" role="tooltip" style={edge.at}>
      <div>{edge.text}</div>
      {values.map(({ name, text }) => (
        <div key={name} class="flow-tip-value">
          {name !== '' && <span>{name}</span>}
          <code>{text}</code>
        </div>
      ))}
    </div>
  );
}
