import { useEffect, useState } from 'preact/hooks';
import { answerOf } from '../../src/protocol/ask.ts';
import { usePanel } from '../panelContext.ts';

/** Where the opened execution stands in the list: its row; `outside`: scope or filter leave it out. Null until known. */
export function useOpenedPlace(isAsked: boolean): number | 'outside' | null {
  const { state, session } = usePanel();
  const [place, setPlace] = useState<number | 'outside' | null>(null);
  const { filter, scope } = state.choices.value;
  const uri = state.flow.value?.uri;
  useEffect(() => {
    setPlace(null);
    const { selected } = state.choices.peek();
    if (!isAsked || selected === null) return;
    let isCurrent = true;
    const query = session.list.queryFor(selected);
    session
      .ask('ask', { kind: 'list', query })
      .then((answered) => {
        const { rows, newer } = answerOf('list', answered);
        if (isCurrent) setPlace(rows[0]?.key === selected ? newer : 'outside');
      })
      // The engine went away: the list is shown from its top.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
    // Not when another is opened meanwhile: the reader looks at the list.
  }, [isAsked, filter, scope, uri]);
  return place;
}
