/** What stands at a place of an array that is as long as what it is counted by; 0 beyond its end, and where there is none. */
export function numberAt(values: ArrayLike<number> | undefined, place: number): number {
  return values?.[place] ?? 0;
}
