import type { NodeStatus } from '../../src/trace/tree.ts';

/** Signs of states, drawn in a square of 16: icons of a font can't stand in a picture that is saved. */
export const statusSigns: Readonly<Record<NodeStatus, string>> = {
  succeeded: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM5 8.2l2.1 2.1L11.2 6',
  failed: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  unended: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  running: 'M8 1.5a6.5 6.5 0 1 1-6.5 6.5',
  stalled: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM6.3 5.5v5M9.7 5.5v5',
  recovered: 'M3 5.5A6 6 0 1 1 2 8M3 2v3.5h3.5',
  cancelled: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM3.6 12.4l8.8-8.8',
  notRun: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13Z',
};

/** The sign of a state, as many times as large. */
export function StatusSign(props: {
  readonly status: NodeStatus;
  readonly x: number;
  readonly y: number;
  readonly by: number;
}) {
  const { status, x, y, by } = props;
  return (
    <path
      class={`flow-sign flow-state-${status}`}
      d={statusSigns[status]}
      transform={`translate(${String(x)} ${String(y)}) scale(${String(by)})`}
    />
  );
}
