import { effect } from '@preact/signals';
import { systemClock } from '../src/base/systemClock.ts';
import { Timer } from '../src/base/timer.ts';
import type { HostMethods } from '../src/protocol/hostProtocol.ts';
import { sizesOf } from './choices.ts';
import type { PanelState } from './state.ts';

/** A border that is dragged has many sizes; the one at which it rests is kept. */
const restMs = 300;

/** Tells the host how the panel is divided whenever the reader divided it anew. */
export function rememberSizes(
  state: PanelState,
  tell: (method: 'rememberSizes', params: HostMethods['rememberSizes']['params']) => void,
): void {
  const rest = new Timer(systemClock);
  let known = JSON.stringify(sizesOf(state.choices.peek()));
  effect(() => {
    const sizes = sizesOf(state.choices.value);
    const text = JSON.stringify(sizes);
    if (text === known) return;
    known = text;
    rest.set(restMs, () => {
      tell('rememberSizes', sizes);
    });
  });
}
