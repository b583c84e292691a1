import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { usePanel } from '../panelContext.ts';
import { controlValue } from '../toolkit.ts';
import { markFaulty } from './faultyField.ts';
import { type FormDraft, hasSecurity, type Lack, lackOf, withName } from './formDraft.ts';
import { ConnectionChoice, NameFields } from './nameFields.tsx';
import { SecurityFields } from './securityFields.tsx';
import { type TestState, TestResult } from './testResult.tsx';

const exampleBroker = 'localhost:9092';
const exampleTopic = 'spark-agent-builder';

/** Connects to Kafka: two inputs, the rest folded away. */
export function ConnectForm({ onCancel }: { onCancel?: () => void }) {
  const { state, session, t } = usePanel();
  const [draft, setDraft] = useState<FormDraft>({ form: state.connection.peek(), password: null });
  const [test, setTest] = useState<TestState>({ kind: 'none' });
  const [lack, setLack] = useState<Lack | null>(null);
  const [isFolded, setFolded] = useState(!hasSecurity(draft.form));
  const testCount = useRef(0);
  const root = useRef<HTMLFormElement>(null);
  const isTrusted = state.trusted.value;
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('.brokers')?.focus();
  }, []);

  useLayoutEffect(() => {
    if (root.current === null) return;
    markFaulty(root.current, lack, lack === null ? '' : lackText(lack, t))?.focus();
  }, [lack]);

  const change = (form: Partial<ConnectionForm>, password?: string) => {
    // Two fields may change before the form is drawn again.
    replace((now) => ({
      form: { ...now.form, ...form },
      password: password ?? now.password,
    }));
  };
  const replace = (next: FormDraft | ((now: FormDraft) => FormDraft)) => {
    setDraft(next);
    // What was found is about other values.
    testCount.current++;
    setTest({ kind: 'none' });
    setLack(null);
  };
  const isComplete = () => {
    const missing = lackOf(draft);
    setLack(missing);
    if (missing === 'noUser' || missing === 'noPassword') setFolded(false);
    return missing === null;
  };
  const params = () => ({
    form: withName(draft.form),
    ...(draft.password === null ? {} : { password: draft.password }),
  });
  const runTest = async () => {
    if (!isComplete()) return;
    const count = ++testCount.current;
    setTest({ kind: 'running' });
    const result = await session.askHost('testConnection', params()).then(
      (answer): TestState => ({ kind: 'done', answer }),
      (error: unknown): TestState => ({ kind: 'broken', detail: messageOf(error) }),
    );
    if (count === testCount.current) setTest(result);
  };
  const connect = () => {
    if (!isComplete()) return;
    session.sources.connect(withName(draft.form), draft.password ?? undefined);
  };
  return (
    <form
      ref={root}
      class="connect-form"
      aria-label={t('Connect to Kafka')}
      onSubmit={(event) => {
        event.preventDefault();
        connect();
      }}
      onKeyDown={(event) => {
        // The toolkit's fields stand in their own trees, so the browser finds no form to submit.
        const isField = (event.target as HTMLElement).localName === 'vscode-text-field';
        if (event.key === 'Enter' && isField) {
          // The form may be gone by then, and the key would press what has the focus next.
          event.preventDefault();
          connect();
        } else if (event.key === 'Escape') onCancel?.();
      }}
    >
      {!isTrusted && (
        <p class="form-note warning">
          <span class="codicon codicon-workspace-untrusted" aria-hidden="true" />
          {t(
            'Connecting is off because this workspace isn’t trusted: its settings could point to any address. Trust it to connect.',
          )}
        </p>
      )}
      <ConnectionChoice
        form={draft.form}
        disabled={!isTrusted}
        onChoose={(form) => {
          replace({ form, password: null });
        }}
      />
      <div class="field">
        <vscode-text-field
          class="brokers"
          value={draft.form.brokers}
          placeholder={exampleBroker}
          disabled={!isTrusted}
          aria-label={t('Brokers')}
          onInput={(event) => {
            change({ brokers: controlValue(event) });
          }}
        >
          {t('Brokers')}
        </vscode-text-field>
        <FieldLack lack={lack} of={['noBroker', 'brokerForm']} t={t} />
      </div>
      <div class="field">
        <vscode-text-field
          class="topic-field"
          value={draft.form.topic}
          placeholder={exampleTopic}
          disabled={!isTrusted}
          aria-label={t('Kafka topic')}
          onInput={(event) => {
            change({ topic: controlValue(event) });
          }}
        >
          {t('Kafka topic')}
        </vscode-text-field>
        <FieldLack lack={lack} of={['noTopic']} t={t} />
      </div>
      <details
        class="fold"
        open={!isFolded}
        onToggle={(event) => {
          setFolded(!event.currentTarget.open);
        }}
      >
        <summary>{t('Security and start position')}</summary>
        <SecurityFields draft={draft} disabled={!isTrusted} onChange={change} />
        <FieldLack lack={lack} of={['noUser', 'noPassword']} t={t} />
      </details>
      <details class="fold">
        <summary>{t('Name and color')}</summary>
        <div class="security">
          <p class="form-note">
            {t(
              'Give it a name to keep it along with other connections, such as those for development and test.',
            )}
          </p>
          <NameFields
            mark={draft.form.mark}
            disabled={!isTrusted}
            onChange={(mark) => {
              change({ mark });
            }}
          />
        </div>
      </details>
      <div class="form-actions">
        <vscode-button class="connect" disabled={!isTrusted} onClick={connect}>
          {t('Connect')}
        </vscode-button>
        <vscode-button
          class="test-connection"
          appearance="secondary"
          disabled={!isTrusted}
          onClick={() => {
            // Not off meanwhile, which would take the focus from it.
            if (test.kind !== 'running') void runTest();
          }}
        >
          {t('Test Connection')}
        </vscode-button>
        {onCancel !== undefined && (
          <vscode-button appearance="secondary" onClick={onCancel}>
            {t('Cancel')}
          </vscode-button>
        )}
      </div>
      <TestResult
        test={test}
        topic={draft.form.topic}
        onChooseTopic={(topic) => {
          change({ topic });
        }}
      />
    </form>
  );
}

function FieldLack(props: { lack: Lack | null; of: readonly Lack[]; t: Translate }) {
  const { lack, of, t } = props;
  return (
    <p class="field-lack" role="alert">
      {lack !== null && of.includes(lack) ? lackText(lack, t) : ''}
    </p>
  );
}

function lackText(lack: Lack, t: Translate): string {
  switch (lack) {
    case 'noBroker':
      return t('Enter at least one broker, such as localhost:9092.');
    case 'brokerForm':
      return t('Enter brokers as host:port, separated by commas.');
    case 'noTopic':
      return t('Enter the topic that carries the trace records.');
    case 'noUser':
      return t('Enter the user name to log in with.');
    case 'noPassword':
      return t('Enter the password.');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
