import { valueText } from '../../src/find/jsonPath.ts';
import { useRef, useState } from 'preact/hooks';
import type { Json } from '../../src/base/json.ts';
import type { ValuePlace } from '../../src/trace/valuePlace.ts';

/** Asks for masked values as they stand in the record. */
export interface Reveal {
  /** Which execution is shown: revealed values of another are forgotten. */
  readonly execution: string;
  readonly ask: (place: ValuePlace) => Promise<Json>;
}

/** The values that the reader had revealed, of what is inspected now alone. */
export interface Revealed {
  /** By the id of the value: its text, or why there is none. */
  readonly texts: ReadonlyMap<string, { readonly text: string; readonly failed: boolean }>;
  /** Reveals a value, or hides it again. */
  readonly toggle: (id: string, place: ValuePlace) => void;
}

type Texts = Revealed['texts'];
const none: Texts = new Map();

/** Keeps revealed values until something else is inspected: `key` names what is. */
export function useRevealed(key: string, reveal: Reveal | null): Revealed {
  const name = `${reveal?.execution ?? ''} ${key}`;
  const current = useRef(name);
  current.current = name;
  const [held, setHeld] = useState<{ readonly name: string; readonly texts: Texts }>({
    name,
    texts: none,
  });
  // Not only hidden but gone: nothing holds on to it.
  if (held.name !== name) setHeld({ name, texts: none });
  const texts = held.name === name && reveal !== null ? held.texts : none;
  const put = (id: string, text: string, failed: boolean) => {
    // An answer that comes after the reader went on is not wanted any more.
    if (current.current !== name) return;
    setHeld((before) => ({ name, texts: new Map([...before.texts, [id, { text, failed }]]) }));
  };
  const toggle = (id: string, place: ValuePlace) => {
    if (texts.has(id)) {
      setHeld({ name, texts: new Map([...texts].filter(([other]) => other !== id)) });
      return;
    }
    reveal?.ask(place).then(
      (value) => {
        put(id, valueText(value), false);
      },
      (error: unknown) => {
        put(id, error instanceof Error ? error.message : String(error), true);
      },
    );
  };
  return { texts, toggle };
}
