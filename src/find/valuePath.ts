import { ancestors, type JsonPath } from './jsonPath.ts';

const isIdentifier = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/** A place in a named value as code writes it: `result.lines[0]["unit price"]`; JSON in a text is gone into. */
export function valuePath(name: string, path: JsonPath): string {
  // A sign without meaning of its own marks where a text is read as JSON.
  const keys = ancestors(path.replaceAll('#', '')).map(({ key }) => key);
  return name + keys.map(stepOf).join('');
}

/** The last step of such a way. */
export function stepOf(key: string): string {
  if (/^\d+$/.test(key)) return `[${key}]`;
  return isIdentifier.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
