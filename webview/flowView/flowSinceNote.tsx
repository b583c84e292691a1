import type { FlowDrawing, GraphStates } from '../../src/protocol/graph.ts';
import { brokenFlowText } from '../../src/texts/brokenFlowText.ts';
import { flowSinceText, shortHash } from '../../src/texts/flowSinceTexts.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

/** Says that the text of what is drawn is broken by now. */
export function BrokenFlowNote({ states }: { readonly states: GraphStates | null }) {
  const { t } = usePanel();
  const broken = states?.broken;
  if (broken === undefined) return null;
  return (
    <p class="flow-note">
      <Icon name="warning" />
      <span role="status">{brokenFlowText(broken, t)}</span>
    </p>
  );
}

/** Says that the flow has changed since the run, and leads to the flow as it was; or that this is drawn. */
export function FlowSinceNote({
  drawing,
  states,
}: {
  readonly drawing: FlowDrawing;
  readonly states: GraphStates | null;
}) {
  const { session, t } = usePanel();
  const { asRun, query, uri } = drawing;
  const since = states?.since ?? null;
  if (asRun === undefined && since === null) return null;
  const draw = (wanted: boolean) => {
    session.graph.show({ ...query, asRun: wanted });
    session.graphStates.show({ ...query, asRun: wanted });
  };
  const commit = asRun?.commit ?? since?.then?.commit ?? null;
  const beginMs = states?.execution?.beginMs ?? null;
  return (
    <p class="flow-note">
      <Icon name="history" />
      <span role="status">
        {asRun === undefined
          ? since !== null && flowSinceText(since, t)
          : asRun.commit === null
            ? t('Drawn as it was when it ran.')
            : t('Drawn as it was when it ran, at commit {0}.', shortHash(asRun.commit.hash))}
      </span>
      {asRun !== undefined && (
        <NoteButton
          text={t('Show Current Version')}
          onClick={() => {
            draw(false);
          }}
        />
      )}
      {since?.then != null && (
        <NoteButton
          text={t('Show Version That Ran')}
          onClick={() => {
            draw(true);
          }}
        />
      )}
      {commit !== null && beginMs !== null && (
        <NoteButton
          text={t('Compare with File')}
          onClick={() => {
            session.tell('openFlowThen', { uri, atMs: beginMs });
          }}
        />
      )}
    </p>
  );
}

function NoteButton({ text, onClick }: { readonly text: string; readonly onClick: () => void }) {
  return (
    <button type="button" class="link" onClick={onClick}>
      {text}
    </button>
  );
}
