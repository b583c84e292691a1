import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { usePanel } from '../panelContext.ts';
import { controlValue } from '../toolkit.ts';
import { markFaulty } from './faultyField.ts';
import {
  draftOf,
  type FormDraft,
  hasSecurity,
  type Lack,
  lackOf,
  withName,
  withOwnPassword,
} from './formDraft.ts';
import { ConnectionChoice, NameFields } from './nameFields.tsx';
import { SecurityFields } from './securityFields.tsx';
import { type TestState, TestResult } from './testResult.tsx';

const exampleBroker = 'localhost:9092';
const exampleTopic = 'spark-agent-builder';

/** Connects to Kafka: two inputs, the rest folded away. */
export function ConnectForm({ onCancel }: { onCancel?: () => void }) {
  const { state, session, t } = usePanel();
  const [begun] = useState(() => draftOf(state.connection.peek()));
  const draft = state.connectDraft.value ?? begun;
  const [test, setTest] = useState<TestState>({ kind: 'none' });
  const [lack, setLack] = useState<Lack | null>(null);
  const [isFolded, setFolded] = useState(!hasSecurity(draft.form));
  const [isNameFolded, setNameFolded] = useState(true);
  const testCount = useRef(0);
  const root = useRef<HTMLFormElement>(null);
  const isTrusted = state.trusted.value;
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('.brokers')?.focus();
  }, []);

  useLayoutEffect(() => {
    if (draft.isNew) root.current?.querySelector<HTMLElement>('.connection-name')?.focus();
  }, [draft.isNew]);
  useLayoutEffect(() => {
    if (root.current === null) return;
    markFaulty(root.current, lack, lack === null ? '' : lackText(lack, t))?.focus();
  }, [lack]);

  const change = (form: Partial<ConnectionForm>, password?: string) => {
    // Two fields may change before the form is drawn again.
    replace((now) => ({
      ...now,
      form: withOwnPassword({ ...now.form, ...form }, known()),
      password: password ?? now.password,
    }));
  };
  const known = () => [begun.form, state.connection.peek(), ...state.connections.peek()];
  const replace = (next: (now: FormDraft) => FormDraft) => {
    state.connectDraft.value = next(state.connectDraft.peek() ?? begun);
    // What was found is about other values.
    testCount.current++;
    setTest({ kind: 'none' });
    setLack(null);
  };
  /** To try one out it needs no name. */
  const isComplete = (named = true) => {
    const missing = lackOf(named ? draft : { ...draft, isNew: false });
    setLack(missing);
    if (missing === 'noUser' || missing === 'noPassword') setFolded(false);
    if (missing === 'noName') setNameFolded(false);
    return missing === null;
  };
  const params = () => ({
    form: withName(draft.form),
    ...(draft.password === null ? {} : { password: draft.password }),
  });
  const runTest = async () => {
    if (!isComplete(false)) return;
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
    state.connectDraft.value = null;
    session.sources.connect(withName(draft.form), draft.password ?? undefined);
  };
  // Escape leaves the form as well, and keeps what was typed: it is pressed for less.
  const cancel = () => {
    state.connectDraft.value = null;
    onCancel?.();
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
        } else if (event.key === 'Escape' && !event.defaultPrevented) onCancel?.();
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
        draft={draft}
        disabled={!isTrusted}
        onChoose={(chosen) => {
          if (chosen.isNew) setNameFolded(false);
          replace(() => chosen);
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
      <details
        class="fold"
        open={!isNameFolded}
        onToggle={(event) => {
          setNameFolded(!event.currentTarget.open);
        }}
      >
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
          <FieldLack lack={lack} of={['noName']} t={t} />
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
          <vscode-button appearance="secondary" onClick={cancel}>
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
    case 'noName':
      return t('Enter a name for the new connection.');
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
