/** Windows takes these for devices, whatever follows behind a dot; whoever has the flow there checks the file out. */
const reserved = /^(?:con|prn|aux|nul|conin|conout|(?:com|lpt)[\d¹²³])(?=[.-]|$)/;
const longestPart = 40;

/** What of a name stands in the name of a file: letters and digits of any script, nothing that a file system takes for a path. */
export function fileNamePart(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  // Never half a sign, nor the end of no word.
  return Array.from(words.join('-')).slice(0, longestPart).join('').replace(/-$/, '');
}

/** The name of a file that no system takes for a device. */
export function safeFileName(name: string): string {
  return reserved.test(name) ? `_${name}` : name;
}
