import type { SecretSpan } from './secretSpan.ts';
import type { NameJudge } from './secretNames.ts';

const insert =
  /\b(?:insert|replace)\s{1,4}(?:\w{1,12}\s{1,4}){0,3}into\s{1,4}[^\s()]{1,120}\s{0,4}\(([^()]{1,2000})\)\s{0,8}(?:values\s{0,8}\(|select\s{1,8})/gi;
/** A text, or anything else up to a comma or the end of the row. */
const value =
  /\s{0,8}(?:N?'([^']*(?:''[^']*)*)'|"([^"]*(?:""[^"]*)*)"|[^,()'"]{1,200}(?:\([^()]{0,200}\))?)\s{0,8}/dy;
const nextRow = /\)\s{0,8},\s{0,8}\(/y;

const placeholder = /\s{0,4}(?:\?|%s|%\(\w{1,40}\)s|:\w{1,40}|\$\d{1,3}|@\w{1,40})\s{0,4}/y;
/** SQLAlchemy's, ADO's and others' words for what was put in. */
const given =
  /[^()\n]{0,20}\)[^([]{0,60}(?:\[?(?:parameters|params|args|values|bind\w{0,10})\b\s{0,2}[:=]\s{0,2})?[[(]{1,3}/iy;

/** Where the values stand that are put in place of `?` and `%s`, behind the statement; else where the row begins. */
function placeholdersFrom(text: string, start: number): number {
  let at = start;
  for (let column = 0; column < 40; column++) {
    placeholder.lastIndex = at;
    if (!placeholder.test(text)) return start;
    at = placeholder.lastIndex;
    if (text.charAt(at) !== ',') break;
    at++;
  }
  given.lastIndex = at;
  return given.test(text) ? given.lastIndex : start;
}

/** The values that an INSERT statement puts into columns of a secret name. */
export function findInserted(text: string, names: NameJudge): SecretSpan[] {
  const spans: SecretSpan[] = [];
  insert.lastIndex = 0;
  for (let found = insert.exec(text); found !== null; found = insert.exec(text)) {
    const secret = (found[1] ?? '')
      .split(',')
      .map((column) => names.isSecret(column.replace(/[\s"'`[\]\\]/g, '')));
    if (!secret.includes(true)) continue;
    let at = placeholdersFrom(text, insert.lastIndex);
    for (let column = 0; ;) {
      value.lastIndex = at;
      const cell = value.exec(text);
      if (cell === null) break;
      at = value.lastIndex;
      const [start, end] = cell.indices?.[1] ?? cell.indices?.[2] ?? [0, 0];
      if (secret[column] === true && end > start) spans.push({ start, end });
      nextRow.lastIndex = at;
      if (text.charAt(at) === ',') {
        at++;
        column++;
      } else if (nextRow.test(text)) {
        at = nextRow.lastIndex;
        column = 0;
      } else break;
    }
    insert.lastIndex = at;
  }
  return spans;
}
