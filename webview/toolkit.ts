import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDivider,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { HTMLAttributes } from 'preact';

/**
 * Registers the prescribed controls. Before the first render, so that Preact finds their properties and sets
 * those, not attributes. `vscode-badge` and `vscode-tag` stay out: they write inline styles, which our
 * policy forbids.
 */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDivider(),
    vsCodeDropdown(),
    vsCodeLink(),
    vsCodeOption(),
    vsCodeTextField(),
  );
}

/** What a control of the toolkit holds while it is used. */
export function controlValue(event: Event): string {
  return (event.target as HTMLElement & { value: string }).value;
}

/** Whether a checkbox of the toolkit is ticked. */
export function isChecked(event: Event): boolean {
  return (event.target as HTMLElement & { checked: boolean }).checked;
}

type ControlAttributes = Omit<HTMLAttributes, 'value' | 'checked' | 'disabled'>;

interface ToolkitElements {
  'vscode-button': ControlAttributes & {
    appearance?: 'primary' | 'secondary' | 'icon';
    disabled?: boolean;
  };
  'vscode-checkbox': ControlAttributes & { checked?: boolean; disabled?: boolean };
  'vscode-divider': ControlAttributes;
  'vscode-dropdown': ControlAttributes & { value?: string; disabled?: boolean };
  'vscode-link': ControlAttributes;
  'vscode-option': ControlAttributes & { value?: string };
  'vscode-text-field': ControlAttributes & {
    value?: string;
    type?: 'text' | 'password';
    placeholder?: string;
    disabled?: boolean;
    readOnly?: boolean;
    size?: number;
  };
}

declare module 'preact' {
  // Preact has no other way to make an element known to its JSX.
  // oxlint-disable-next-line typescript/no-namespace
  namespace JSX {
    // oxlint-disable-next-line typescript/no-empty-object-type
    interface IntrinsicElements extends ToolkitElements {}
  }
}
