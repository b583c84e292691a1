/** How many minutes a run takes by hand: under the id of its flow, or under its name. */
export type MinutesByHand = Readonly<Record<string, number>>;

/** Those of a flow, by its id before its name, which others may have as well; undefined for what nobody said. */
export function minutesOf(said: MinutesByHand, flow: string, name: string): number | undefined {
  const key = [flow, name].find((text) => text !== '' && Object.hasOwn(said, text));
  return key === undefined ? undefined : said[key];
}
