import type { ComponentType } from 'preact';
import type { SourceError } from '../src/record/recordSource.ts';
import { type SourceKind, sourceKinds, traitsOf } from '../src/sources/table.ts';
import type { SourceWay } from '../src/sources/traits.ts';
import { ConnectForm } from './connect/connectForm.tsx';
import { MendConnection } from './connect/mendConnection.tsx';
import { ReadAgainButton } from './controls/readAgainButton.tsx';
import { type Panel, usePanel } from './panelContext.ts';

/** What the page does with one kind of source, beside what all may know of it. */
interface PageSource {
  /** Begins with another one, where the reader chose its way in a menu. */
  readonly begin: (panel: Panel) => void;
  /** What is filled in before; without one it begins at once. */
  readonly Form: ComponentType<{ onCancel?: () => void }> | null;
  /** The ways to mend one, as buttons. */
  readonly Mend: ComponentType<{ error: SourceError }>;
}

const openFiles = ({ session }: Panel) => {
  void session.sources.openFiles();
};
const playSample = ({ session }: Panel) => {
  session.sources.playSample();
};
const files: PageSource = {
  begin: openFiles,
  Form: null,
  Mend: mendBy(traitsOf('files').way, openFiles),
};

const table: Readonly<Record<SourceKind, PageSource>> = {
  kafka: {
    begin: ({ state }) => {
      state.view.value = 'connect';
    },
    Form: ConnectForm,
    Mend: MendConnection,
  },
  files,
  contents: files,
  sample: {
    begin: playSample,
    Form: null,
    Mend: mendBy(traitsOf('sample').way, playSample),
  },
};

/** The ways to another source, in their order. */
export const waysToSources = sourceKinds.flatMap((kind) => {
  const { way } = traitsOf<SourceKind>(kind);
  return way === null ? [] : [{ kind, way, ...table[kind] }];
});

/** The ways to mend the source that is read, as buttons. */
export function MendSource({ error }: { error: SourceError }) {
  const { state } = usePanel();
  const kind = state.status.value?.source.kind ?? 'none';
  if (kind === 'none') return null;
  // It shows this one alone.
  if (state.isTraceFile) return <ReadAgainButton />;
  const { Mend } = table[kind];
  return <Mend error={error} />;
}

/** There is nothing to set: another one is begun. */
function mendBy(way: SourceWay | null, begin: (panel: Panel) => void) {
  return () => {
    const panel = usePanel();
    return (
      <vscode-button
        onClick={() => {
          begin(panel);
        }}
      >
        {panel.t(way?.label ?? '')}
      </vscode-button>
    );
  };
}
