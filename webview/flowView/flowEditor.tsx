import { formatClock } from '../../src/texts/format.ts';
import { outcomePresentation } from '../../src/texts/statusPresentation.ts';
import { Banners } from '../header/banners.tsx';
import { ConnectionMark } from '../header/connectionMark.tsx';
import { SourceStatus } from '../header/sourceStatus.tsx';
import { StatusIcon } from '../list/executionRow.tsx';
import { usePanel } from '../panelContext.ts';
import { FlowRegion } from './flowRegion.tsx';

/** The graph of a flow file as an editor of its own, with what happened in the execution whose marks its text shows. */
export function FlowEditor({ uri }: { uri: string }) {
  const { state, t } = usePanel();
  const wanted = state.markedExecution.value;
  const execution = state.graphStates.value.answer?.execution ?? null;
  const begun = formatClock(execution?.beginMs ?? null, state.language, Date.now());
  return (
    <>
      <header class="header">
        <ConnectionMark />
        <SourceStatus />
        {execution !== null && (
          <span class="flow-latest">
            <StatusIcon status={outcomePresentation(execution.outcome)} />
            <span class="flow-latest-words">
              {execution.key === wanted
                ? t('Open execution: {0}', begun)
                : t('Latest execution: {0}', begun)}
            </span>
          </span>
        )}
      </header>
      <Banners />
      <main class="content">
        <h1 class="sr-only">{t('Flow view')}</h1>
        <FlowRegion query={{ uri, execution: wanted }} />
      </main>
    </>
  );
}
