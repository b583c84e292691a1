import type { WireValue } from './wire.ts';

/** Hides secrets before anything is encoded, stored or sent: as the panel does, by the same rules. */
export interface Mask {
  /** The value of a field without what is secret in it; its name decides too. */
  value(name: string, value: WireValue): WireValue;
  /** The text without what is secret in it. */
  text(text: string): string;
}
