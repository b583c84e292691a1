import type { Json } from '../base/json.ts';

/** The fields of an object. */
export type Fields = readonly (readonly [name: string, value: Json])[];
export type MaskItem = (item: Json, index: number) => Json;
export type MaskField = (name: string, value: Json) => readonly [name: string, value: Json];

/** Decides which parts of a value are masked, and when. Robots mask all of it, and carry no code for others. */
export interface PartsRoom {
  items(list: readonly Json[], mask: MaskItem): Json;
  /** `shown`: how a name is shown. */
  fields(entries: Fields, mask: MaskField, shown: (name: string) => string): Json;
}
