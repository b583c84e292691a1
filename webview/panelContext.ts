import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Translate } from '../src/texts/translate.ts';
import type { PanelSession } from './session.ts';
import type { PanelState } from './state.ts';

/** What every part of the panel needs. */
export interface Panel {
  readonly state: PanelState;
  readonly session: PanelSession;
  readonly t: Translate;
}

const context = createContext<Panel | null>(null);

/** Gives the panel to everything below. */
export const PanelProvider = context.Provider;

/** The panel that this component is part of. */
export function usePanel(): Panel {
  const panel = useContext(context);
  if (panel === null) throw new Error('Rendered outside of the panel');
  return panel;
}
