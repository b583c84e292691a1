import { spansAt, type SecretName, type SecretSpan } from './secretSpan.ts';

const several = /((?:\s{0,2},\s{0,2}[A-Za-z_]\w{0,40}){0,4})\s{0,2}:?=\s{0,2}(?=[^=])/y;
const namesBefore = /(?<!\w)((?:[A-Za-z_]\w{0,40}\s{0,2},\s{0,2}){0,4})$/;
const item = /\s{0,2}(?:[bfru]{0,2}(["'])([^"'\\\n]{0,200})\1|[\w.]{1,60})\s{0,2}(,?)/dy;

/** password, user = "…", "bob": each name has the value of its place. */
export function assignedTogether(text: string, name: SecretName): readonly SecretSpan[] {
  several.lastIndex = name.end;
  const others = several.exec(text)?.[1];
  if (others === undefined) return [];
  const place = namesBeside(text.slice(Math.max(0, name.start - 160), name.start));
  if (place === 0 && others === '') return [];
  item.lastIndex = several.lastIndex;
  for (let index = 0; ; index++) {
    const found = item.exec(text);
    if (found === null || (index < place && found[3] === '')) return [];
    if (index < place) continue;
    const span = found.indices?.[2];
    return spansAt(span);
  }
}

function namesBeside(before: string): number {
  // Nearly all names stand alone: to see that costs next to nothing.
  if (!/,\s{0,2}$/.test(before.slice(-3))) return 0;
  return (namesBefore.exec(before)?.[1]?.split(',').length ?? 1) - 1;
}
