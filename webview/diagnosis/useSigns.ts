import { useEffect, useState } from 'preact/hooks';
import type { SignsAnswer } from '../../src/protocol/signs.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import { usePanel } from '../panelContext.ts';

/** What stands out in the data of an execution, once it has been shown for some time; null until it is known. */
export function useSigns(key: ExecutionKey | null, afterMs: number): SignsAnswer | null {
  const { session } = usePanel();
  const [answer, setAnswer] = useState<SignsAnswer | null>(null);
  useEffect(() => {
    if (key === null) return undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      session.ask('ask', { kind: 'signs', query: { key } }).then(
        ({ kind, result }) => {
          // Of one whose record is gone nothing more is to be said.
          if (isWanted && kind === 'signs' && result.ok) setAnswer(result.answer);
        },
        () => undefined,
      );
    }, afterMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return answer?.query.key === key ? answer : null;
}
