import type { SideNames } from '../../src/texts/graphTexts.ts';
import { requestFailureText } from '../../src/texts/requestFailureText.ts';
import { PageFailure } from '../controls/pageFailure.tsx';
import { usePanel } from '../panelContext.ts';
import { FlowView } from './flowView.tsx';

/** The flow of one execution. */
export function FlowPage() {
  return <FlowGraph sides={null} />;
}

/** The flow as a graph, or why it is none; `sides`: what two executions are called that are compared in it. */
export function FlowGraph({ sides }: { sides: SideNames | null }) {
  const { state, session, t } = usePanel();
  const { answer, failure } = state.graph.value;
  const states = state.graphStates.value.answer;
  if (failure !== null) {
    return (
      <PageFailure
        text={requestFailureText(failure, t)}
        again={() => {
          session.graph.again();
        }}
      />
    );
  }
  if (answer === null) {
    return (
      <p class="detail-note" role="status">
        {t('Drawing the flow…')}
      </p>
    );
  }
  switch (answer.kind) {
    case 'noFlow':
      return (
        <p class="detail-note">{t('No flow file of the workspace belongs to this execution.')}</p>
      );
    case 'tooLarge':
      return <p class="detail-note">{t('This flow is too large to draw.')}</p>;
    case 'drawing':
      // What is told by place is told of one drawing alone.
      return (
        <FlowView
          key={answer.uri}
          drawing={answer}
          sides={sides}
          states={states?.version === answer.version ? states : null}
        />
      );
  }
}
