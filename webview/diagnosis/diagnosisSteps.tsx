import type { Finding } from '../../src/diagnosis/finding.ts';
import type { OwnPast } from '../../src/protocol/problems.ts';
import type { TreeWindow } from '../../src/protocol/tree.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import { withNotChecked } from '../../src/texts/notCheckedText.ts';
import { type DiagnosisStep, diagnosisSteps } from '../../src/view/diagnosisSteps.ts';
import { useIsLive } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';
import { Fold } from './fold.tsx';
import { useUnfolded } from './useUnfolded.ts';

/** The way to the cause and to a fix that holds, step by step: each folded, with what it left open. */
export function DiagnosisSteps(props: {
  readonly window: TreeWindow;
  readonly finding: Finding;
  readonly past: OwnPast | null;
}) {
  const { state, t } = usePanel();
  const { language } = state;
  const isOfTopic = useIsLive();
  const { stepsOpen } = state.choices.value;
  return (
    <Fold
      title={t('Diagnosis step by step')}
      isOpen={stepsOpen}
      onFold={(isOpen) => state.choose({ stepsOpen: isOpen })}
    >
      {stepsOpen && (
        <ol class="diagnosis-steps">
          {diagnosisSteps({ ...props, isOfTopic }, { t, language, nowMs: Date.now() }).map(
            (step) => (
              <Step key={step.name} step={step} execution={props.window.summary.key} />
            ),
          )}
        </ol>
      )}
    </Fold>
  );
}

function Step({ step, execution }: { step: DiagnosisStep; execution: ExecutionKey }) {
  const { t } = usePanel();
  const { name, looked, found, open } = step;
  const [isOpen, setOpen] = useUnfolded(execution, `step ${name}`);
  const said = withNotChecked(found === '' ? open : found, t);
  return (
    <li>
      <details
        class="diagnosis-step"
        open={isOpen}
        onToggle={({ currentTarget }) => {
          if (currentTarget.open !== isOpen) setOpen(currentTarget.open);
        }}
      >
        <summary>
          <Icon name={found === '' ? 'question' : 'check'} />
          <strong>{name}</strong>
          <span class="diagnosis-said">{said}</span>
        </summary>
        <dl>
          <Part name={t('Checked')} text={looked} />
          <Part name={t('Found')} text={withNotChecked(found, t)} />
          <Part name={t('Still open')} text={open} />
        </dl>
      </details>
    </li>
  );
}

function Part({ name, text }: { name: string; text: string }) {
  if (text === '') return null;
  return (
    <div class="evidence-line">
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}
