/** The texts as they stand in the source, with their arguments filled in. */
export function plainEnglish(message: string, ...args: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (place, index: string) => {
    return String(args[Number(index)] ?? place);
  });
}
