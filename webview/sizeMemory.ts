import { effect, type ReadonlySignal } from '@preact/signals';
import type { Clock } from '../src/base/clock.ts';
import { Timer } from '../src/base/timer.ts';
import type { PanelSizes } from '../src/protocol/hostProtocol.ts';
import { sizesOf, type Choices } from './choices.ts';

/** A border that is dragged has many sizes: the first is told at once, for the panel may close; then where it rests. */
const restMs = 300;

/** Tells how the panel is divided whenever the reader divided it anew. */
export function rememberSizes(
  choices: ReadonlySignal<Choices>,
  clock: Clock,
  tell: (sizes: PanelSizes) => void,
): void {
  const rest = new Timer(clock);
  let known = JSON.stringify(sizesOf(choices.peek()));
  let told = known;
  effect(() => {
    const sizes = sizesOf(choices.value);
    const text = JSON.stringify(sizes);
    if (text === known) return;
    known = text;
    const tellNow = () => {
      if (text === told) return;
      told = text;
      tell(sizes);
    };
    if (!rest.isSet) tellNow();
    rest.set(restMs, tellNow);
  });
}
