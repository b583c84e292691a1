import { hidesToolCalls, withToolCalls } from '../../src/view/toolCallFilter.ts';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';

/** Leaves the calls of tools out of the list, or shows them again: a term of the filter, which says so. */
export function ToolCallSwitch() {
  const { state, session, t } = usePanel();
  const filter = state.chosen('filter');
  const areHidden = hidesToolCalls(filter);
  const calls = state.figures.value?.figures.toolCallsApart ?? 0;
  if (calls === 0 && !areHidden) return null;
  return (
    <IconButton
      icon="tools"
      class="tool-calls"
      label={areHidden ? t('Show Tool Calls') : t('Hide Tool Calls')}
      pressed={!areHidden}
      onClick={() => {
        session.setFilter(withToolCalls(filter, areHidden));
      }}
    />
  );
}
