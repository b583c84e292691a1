import type { ComponentChildren } from 'preact';
import { requestFailureText } from '../../src/texts/requestFailureText.ts';
import type { Shown } from '../pageFeed.ts';
import { usePanel } from '../panelContext.ts';
import { PageFailure } from './pageFailure.tsx';

/** A page of what the engine answers: its head, why there is nothing newer, and the answer once it is there. */
export function WatchedPage<A>(props: {
  readonly kind: string;
  readonly label: string;
  readonly head: ComponentChildren;
  readonly shown: Shown<A>;
  readonly feed: { again(): void };
  /** Said until the first answer. */
  readonly waiting: string;
  readonly children: (answer: A) => ComponentChildren;
}) {
  const { t } = usePanel();
  const { kind, label, head, shown, feed, waiting, children } = props;
  const { answer, failure } = shown;
  return (
    <section class={`page ${kind}`} aria-label={label}>
      {head}
      {failure !== null && (
        <PageFailure
          text={requestFailureText(failure, t)}
          again={() => {
            feed.again();
          }}
        />
      )}
      {answer !== null
        ? children(answer)
        : failure === null && (
            <p class="detail-note" role="status">
              {waiting}
            </p>
          )}
    </section>
  );
}
