import { effect } from '@preact/signals';
import { expect, test } from 'vitest';

import type { Choices } from '../../../webview/choices.ts';
import { PanelState } from '../../../webview/state.ts';
import { aSeed } from '../../webview/panelData.ts';

const api = { postMessage: () => undefined, getState: () => null, setState: () => undefined };

test.each<readonly [string, Partial<Choices>, readonly unknown[]]>([
  ['what is opened', { selected: 'other' }, ['one', 'other']],
  ['the same again', { selected: 'one' }, ['one']],
  ['a row of it', { row: 'x' }, ['one']],
  ['how wide the list is', { split: { list: 200, inspector: 0.5 } }, ['one']],
])('who shows what is opened is told of it, and not of others: %s', (_, changed, told) => {
  const state = new PanelState(aSeed(), api);
  state.choose({ selected: 'one' });
  const seen: unknown[] = [];
  const end = effect(() => {
    seen.push(state.chosen('selected'));
  });
  state.choose(changed);
  expect(seen).toEqual(told);
  end();
});
