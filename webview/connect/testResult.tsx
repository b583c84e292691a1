import type { ConnectionTest } from '../../src/protocol/hostProtocol.ts';
import { sourceErrorAdvice, sourceErrorText } from '../../src/sources/errorTexts.ts';
import { sentences } from '../../src/texts/sentences.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';
import { TopicChoice } from './topicChoice.tsx';

/** How a test of the connection goes. */
export type TestState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly answer: ConnectionTest }
  /** No answer came at all. */
  | { readonly kind: 'broken'; readonly detail: string };

/** Says in words what a test of the connection found; topics that exist can be chosen. */
export function TestResult(props: {
  test: TestState;
  topic: string;
  onChooseTopic: (topic: string) => void;
}) {
  const { test } = props;
  const { t } = usePanel();
  return (
    <div class="test-result" role="status">
      {test.kind === 'running' && (
        <p class="test-line">
          <Icon name="loading" spin />
          {t('Testing the connection…')}
        </p>
      )}
      {test.kind === 'broken' && (
        <p class="test-line failed">
          <Icon name="error" />
          {t('The test could not be completed: {0}', test.detail)}
        </p>
      )}
      {test.kind === 'done' && test.answer.ok && (
        <p class="test-line passed">
          <Icon name="pass" />
          {test.answer.partitions === 1
            ? t('Connected: “{0}” has 1 partition.', props.topic)
            : t('Connected: “{0}” has {1} partitions.', props.topic, test.answer.partitions)}
        </p>
      )}
      {test.kind === 'done' && !test.answer.ok && (
        <>
          <p class="test-line failed" title={test.answer.error.detail}>
            <Icon name="error" />
            <span>
              {sentences([
                sourceErrorText(test.answer.error, t),
                sourceErrorAdvice(test.answer.error, t),
              ])}
            </span>
          </p>
          {test.answer.error.topics !== undefined && (
            <TopicChoice topics={test.answer.error.topics} onChoose={props.onChooseTopic} />
          )}
        </>
      )}
    </div>
  );
}
