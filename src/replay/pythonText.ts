import type { Json } from '../base/json.ts';

/** JSON as Python's `json.dumps(…, ensure_ascii=False)` spaces it: what the services put on the wire. */
export function dumps(value: Json): string {
  return written(value, { null: 'null', true: 'true', false: 'false', text: JSON.stringify });
}

/** A value as Python's `repr` writes it. */
export function repr(value: Json): string {
  return written(value, { null: 'None', true: 'True', false: 'False', text: quoted });
}

interface Words {
  readonly null: string;
  readonly true: string;
  readonly false: string;
  readonly text: (text: string) => string;
}

function written(value: Json, words: Words): string {
  if (value === null) return words.null;
  if (typeof value === 'boolean') return value ? words.true : words.false;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return words.text(value);
  if (Array.isArray(value)) {
    return `[${value.map((item: Json) => written(item, words)).join(', ')}]`;
  }
  const members = Object.entries(value).map(
    ([key, item]) => `${words.text(key)}: ${written(item, words)}`,
  );
  return `{${members.join(', ')}}`;
}

function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return escaped.includes("'") && !escaped.includes('"')
    ? `"${escaped}"`
    : `'${escaped.replaceAll("'", "\\'")}'`;
}
