import { readerTakesMs } from '../../src/protocol/channel.ts';
import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';
import { usePanel } from '../panelContext.ts';
import { controlValue, isChecked } from '../toolkit.ts';
import type { FormDraft } from './formDraft.ts';
import { StartFields } from './startFields.tsx';

/** Names of Kafka's own, the same in all languages. */
const mechanisms: readonly (readonly [ConnectionForm['saslMechanism'], string])[] = [
  ['plain', 'SASL PLAIN'],
  ['scram-sha-256', 'SASL SCRAM-SHA-256'],
  ['scram-sha-512', 'SASL SCRAM-SHA-512'],
];

/** TLS, login and where to start: what most connections leave as it is. */
export function SecurityFields(props: {
  draft: FormDraft;
  disabled: boolean;
  onChange: (form: Partial<ConnectionForm>, password?: string) => void;
}) {
  const { draft, disabled, onChange } = props;
  const { form, password } = draft;
  const { session, t } = usePanel();
  const chooseCaFile = async () => {
    const path = await session.askHost('chooseCaFile', null, readerTakesMs).catch(() => null);
    if (path !== null) onChange({ caFile: path, tls: true });
  };
  const passwordHint = form.hasPassword && password === null ? t('(saved)') : '';
  return (
    <div class="security">
      <vscode-checkbox
        class="tls"
        checked={form.tls}
        disabled={disabled}
        onChange={(event) => {
          if (isChecked(event) !== form.tls) onChange({ tls: isChecked(event) });
        }}
      >
        {t('Use TLS')}
      </vscode-checkbox>
      {form.tls && (
        <div class="with-button">
          <vscode-text-field
            value={form.caFile}
            placeholder={t('This machine’s certificates')}
            disabled={disabled}
            aria-label={t('CA certificate file')}
            onInput={(event) => {
              onChange({ caFile: controlValue(event) });
            }}
          >
            {t('CA certificate file')}
          </vscode-text-field>
          <vscode-button
            appearance="secondary"
            disabled={disabled}
            onClick={() => {
              void chooseCaFile();
            }}
          >
            {t('Browse…')}
          </vscode-button>
        </div>
      )}
      <label class="dropdown-field">
        <span id="login-label">{t('Login')}</span>
        <vscode-dropdown
          class="mechanism"
          value={form.saslMechanism}
          disabled={disabled}
          aria-labelledby="login-label"
          onChange={(event) => {
            const saslMechanism = controlValue(event) as ConnectionForm['saslMechanism'];
            if (saslMechanism !== form.saslMechanism) onChange({ saslMechanism });
          }}
        >
          <vscode-option value="none">{t('None')}</vscode-option>
          {mechanisms.map(([value, name]) => (
            <vscode-option key={value} value={value}>
              {name}
            </vscode-option>
          ))}
        </vscode-dropdown>
      </label>
      {form.saslMechanism !== 'none' && (
        <div class="side-by-side">
          <vscode-text-field
            class="username"
            value={form.username}
            disabled={disabled}
            aria-label={t('User name')}
            onInput={(event) => {
              onChange({ username: controlValue(event) });
            }}
          >
            {t('User name')}
          </vscode-text-field>
          <vscode-text-field
            class="password"
            type="password"
            value={password ?? ''}
            placeholder={passwordHint}
            disabled={disabled}
            aria-label={t('Password')}
            onInput={(event) => {
              onChange({}, controlValue(event));
            }}
          >
            {t('Password')}
          </vscode-text-field>
        </div>
      )}
      {form.saslMechanism === 'plain' && !form.tls && (
        <p class="form-note">
          {t('Without TLS, PLAIN sends the password over the network in clear text.')}
        </p>
      )}
      <StartFields
        start={form.start}
        disabled={disabled}
        onChange={(start) => {
          onChange({ start });
        }}
      />
    </div>
  );
}
