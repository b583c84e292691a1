import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';
import type { MarkColor, SourceMark } from '../../src/sources/traits.ts';
import { msg } from '../../src/texts/translate.ts';
import { usePanel } from '../panelContext.ts';
import { controlValue } from '../toolkit.ts';

const colorNames: Readonly<Record<MarkColor, string>> = {
  red: msg('Red'),
  orange: msg('Orange'),
  yellow: msg('Yellow'),
  green: msg('Green'),
  blue: msg('Blue'),
  purple: msg('Purple'),
};
const colors = Object.keys(colorNames) as readonly MarkColor[];

/** Chooses which connection is filled in; nothing where there is only the default one. */
export function ConnectionChoice(props: {
  form: ConnectionForm;
  disabled: boolean;
  onChoose: (form: ConnectionForm) => void;
}) {
  const { form, disabled, onChoose } = props;
  const { state, t } = usePanel();
  const connections = state.connections.value;
  if (connections.length < 2) return null;
  const names = connections.map(({ mark }) => mark?.name ?? '');
  const name = form.mark?.name ?? '';
  return (
    <label class="dropdown-field">
      <span id="connection-label">{t('Connection')}</span>
      <vscode-dropdown
        class="connection"
        // Being given a new name it is none of them yet.
        value={names.includes(name) ? name : ''}
        disabled={disabled}
        aria-labelledby="connection-label"
        onChange={(event) => {
          const chosen = connections[names.indexOf(controlValue(event))];
          if (chosen !== undefined && chosen.mark?.name !== form.mark?.name) onChoose(chosen);
        }}
      >
        {names.map((known) => (
          <vscode-option key={known} value={known}>
            {known === '' ? t('Default') : known}
          </vscode-option>
        ))}
      </vscode-dropdown>
    </label>
  );
}

/** Gives a connection its name, under which it is kept beside others, and a colour. */
export function NameFields(props: {
  mark: SourceMark | undefined;
  disabled: boolean;
  onChange: (mark: SourceMark) => void;
}) {
  const { mark = { name: '', color: null }, disabled, onChange } = props;
  const { t } = usePanel();
  const lacksName = mark.name.trim() === '';
  return (
    <div class="side-by-side">
      <vscode-text-field
        class="connection-name"
        value={mark.name}
        placeholder={t('for example, production')}
        disabled={disabled}
        aria-label={t('Name of the connection')}
        onInput={(event) => {
          const name = controlValue(event);
          if (name !== mark.name) onChange({ ...mark, name });
        }}
      >
        {t('Name of the connection')}
      </vscode-text-field>
      <label class="dropdown-field">
        <span id="color-label">{t('Color')}</span>
        <vscode-dropdown
          class="connection-color"
          value={mark.color ?? ''}
          // It is kept under the name.
          disabled={disabled || lacksName}
          aria-labelledby="color-label"
          aria-describedby="color-hint"
          onChange={(event) => {
            const color = colors.find((known) => known === controlValue(event)) ?? null;
            if (color !== mark.color) onChange({ ...mark, color });
          }}
        >
          <vscode-option value="">{t('No color')}</vscode-option>
          {colors.map((color) => (
            <vscode-option key={color} value={color}>
              {t(colorNames[color])}
            </vscode-option>
          ))}
        </vscode-dropdown>
      </label>
      <p id="color-hint" class="color-hint">
        {lacksName ? t('Enter a name to choose a color.') : ''}
      </p>
    </div>
  );
}
