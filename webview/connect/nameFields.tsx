import type { MarkColor, SourceMark } from '../../src/sources/traits.ts';
import { msg } from '../../src/texts/translate.ts';
import { usePanel } from '../panelContext.ts';
import { controlValue } from '../toolkit.ts';
import { draftOf, type FormDraft, newConnection } from './formDraft.ts';

const colorNames: Readonly<Record<MarkColor, string>> = {
  red: msg('Red'),
  orange: msg('Orange'),
  yellow: msg('Yellow'),
  green: msg('Green'),
  blue: msg('Blue'),
  purple: msg('Purple'),
};
/** The option of a connection that is none yet; names don't begin with a space. */
const newOption = ' new';

const colors = Object.keys(colorNames) as readonly MarkColor[];

/** Chooses which connection is filled in; nothing where there is only the default one. */
export function ConnectionChoice(props: {
  draft: FormDraft;
  disabled: boolean;
  onChoose: (draft: FormDraft) => void;
}) {
  const { draft, disabled, onChoose } = props;
  const { state, t } = usePanel();
  const connections = state.connections.value;
  if (connections.length < 2) return null;
  const names = connections.map(({ mark }) => mark?.name ?? '');
  const name = draft.form.mark?.name.trim() ?? '';
  const isNew = !names.includes(name) || (name === '' && draft.isNew);
  const choose = (value: string) => {
    const chosen = connections[names.indexOf(value)];
    if (value === (isNew ? newOption : name)) return;
    if (value === newOption) onChoose(newConnection(draft));
    else if (chosen !== undefined) onChoose(draftOf(chosen));
  };
  return (
    <label class="dropdown-field">
      <span id="connection-label">{t('Connection')}</span>
      <vscode-dropdown
        // Of a value that it has no option for yet it makes the first one.
        key={names.join('\n')}
        class="connection"
        value={isNew ? newOption : name}
        disabled={disabled}
        aria-labelledby="connection-label"
        onChange={(event) => {
          choose(controlValue(event));
        }}
      >
        {names.map((known) => (
          <vscode-option key={known} value={known}>
            {known === '' ? t('Default') : known}
          </vscode-option>
        ))}
        <vscode-option value={newOption}>{t('New Connection…')}</vscode-option>
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
