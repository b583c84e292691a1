import { useEffect } from 'preact/hooks';
import { LaterPage } from '../controls/laterPage.tsx';
import { usePanel } from '../panelContext.ts';
import './problems.css';

/** What fails, as problems. Watched while it is shown. */
export function ProblemsRegion() {
  const { state, session } = usePanel();
  const scope = state.scope.value;
  const group = state.choices.value.problemGroup;
  useEffect(() => {
    session.problems.show({ scope, group });
  }, [JSON.stringify(scope), group]);
  useEffect(
    () => () => {
      session.problems.hide();
    },
    [],
  );
  return <LaterPage name="ProblemsPage" />;
}
