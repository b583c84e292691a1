/** Files by the end of their paths, as much of it as tells them apart: copies of a flow have one name. */
export function distinctPaths(uris: readonly string[]): readonly string[] {
  const paths = uris.map((uri) => readable(uri).split('/'));
  const longest = Math.max(0, ...paths.map(({ length }) => length));
  for (let parts = 1; parts < longest; parts++) {
    const ends = paths.map((path) => path.slice(-parts).join('/'));
    if (new Set(ends).size === ends.length) return ends;
  }
  return paths.map((path) => path.join('/'));
}

function readable(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    // What is no address of VS Code's is shown as it stands.
    return uri;
  }
}
