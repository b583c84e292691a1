import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';
import { controlValue } from '../toolkit.ts';

/** Filters the list while the reader types; Ctrl/Cmd+F comes here, Escape clears. */
export function FilterBox() {
  const { state, session, t } = usePanel();
  const field = useRef<HTMLElement & { select(): void }>(null);
  const filter = state.choices.value.filter;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'f';
      // The inspector has a search of its own.
      if (!isFind || event.defaultPrevented) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return (
    <vscode-text-field
      ref={field}
      class="filter-box"
      value={filter}
      placeholder={state.wide.value ? t('Filter by name, node, code or sid') : t('Filter…')}
      aria-label={t('Filter executions')}
      onInput={(event) => {
        session.setFilter(controlValue(event));
        state.pickerOpen.value = !state.wide.value;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || filter === '') return;
        event.preventDefault();
        session.setFilter('');
      }}
    >
      <span slot="start" class="codicon codicon-filter" aria-hidden="true" />
      {filter !== '' && (
        <button
          slot="end"
          type="button"
          class="filter-clear"
          aria-label={t('Clear Filter')}
          title={t('Clear Filter')}
          onClick={() => {
            session.setFilter('');
            field.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </vscode-text-field>
  );
}
