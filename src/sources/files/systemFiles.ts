/** What macOS and Windows put into each folder, and what macOS adds to each file. */
const names = /(?:^|[/\\])(?:\._[^/\\]*|\.DS_Store|Thumbs\.db|desktop\.ini)$|^__MACOSX[/\\]/i;

/** Whether a packed file is a system's own, and none of the user's. */
export function isSystemFile(name: string): boolean {
  return names.test(name);
}
