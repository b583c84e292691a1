import { render } from 'preact';
import { App } from './app.tsx';
import { openMenusOnActiveRows } from './contextMenus.ts';
import { FocusKeeper } from './focusKeeper.ts';
import { Frames } from './frames.ts';
import { connectPartners, type WebviewApi } from './host.ts';
import { createTranslate } from './l10n.ts';
import { followContextMenus } from './menuFocus.ts';
import { PanelProvider } from './panelContext.ts';
import { selectAllInField } from './selectAllInField.ts';
import { PanelSession } from './session.ts';
import { PanelState } from './state.ts';
import { registerToolkit } from './toolkit.ts';

declare function acquireVsCodeApi(): WebviewApi;

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no root');
  registerToolkit();
  const api = acquireVsCodeApi();
  const partners = connectPartners(api, (error) => {
    // Shown in the webview's developer tools; nothing is lost by it.
    reportError(error);
  });
  const seed = await partners.host.call('ready', null);
  const t = createTranslate(seed.bundle);
  const frames = new Frames((callback) => requestAnimationFrame(callback));
  const state = new PanelState(seed, api);
  const session = new PanelSession({ partners, state, frames, watcher: seed.watcher });
  render(
    <PanelProvider value={{ state, session, t }}>
      <App />
    </PanelProvider>,
    root,
  );
  openMenusOnActiveRows(document);
  followContextMenus(document);
  selectAllInField(document);
  const keeper = new FocusKeeper(document, (place) => (state.focus = place));
  const before = state.focus;
  await session.start();
  // Two frames on, what came with the answers has been painted.
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      keeper.begin(before);
      root.dataset['ready'] = 'true';
    });
  });
}

void start();
