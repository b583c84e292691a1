import { useEffect, useRef, useState } from 'preact/hooks';
import { systemClock } from '../../src/base/systemClock.ts';
import { Timer } from '../../src/base/timer.ts';

/** Long enough to be seen by who looks up only after the click. */
const shownMs = 2_000;

/** Whether something was done just now, and the way to say that it is. */
export function useConfirmation(): readonly [isConfirmed: boolean, confirm: () => void] {
  const [isConfirmed, setConfirmed] = useState(false);
  const timer = useRef(new Timer(systemClock));
  useEffect(() => () => timer.current.dispose(), []);
  const confirm = () => {
    setConfirmed(true);
    timer.current.set(shownMs, () => setConfirmed(false));
  };
  return [isConfirmed, confirm];
}
