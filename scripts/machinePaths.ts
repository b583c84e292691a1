/** Folders where people's and build machines' files lie; nothing that we keep or ship names one. */
const homes = /(?:\/(?:home|Users)\/[\w.-]+\/|\/root\/|\b[A-Z]:\\Users\\)[\w./\\-]*/g;

/**
 * Hosts that give packages: a lock file or a script that names one works only where it was written. The last
 * label tells a host from code such as `proxy.options.add`.
 */
const registries =
  /\b(?:registry|npm|pypi|proxy|mirrors?|artifactory|nexus)\.(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|cn|cloud|local|lan|internal|corp|test|example)\b/gi;

/** The machine's folders, its home folders and package registries that a text names. */
export function machinePaths(text: string, folders: readonly string[]): string[] {
  // A home folder such as `/root` or `/` is too short to be told from ordinary text.
  const own = folders.filter((folder) => folder.length > 6 && text.includes(folder));
  return [...new Set([...own, ...(text.match(homes) ?? []), ...(text.match(registries) ?? [])])];
}
