import { looksMade, type SecretName, type SecretSpan } from './secretSpan.ts';

const mostLines = 200;
/** So many steps the expression takes for each character. */
const costOfCharacter = 8;
const line =
  /\r?\n([^\S\n]{0,80})((?:-[^\S\n]{1,4})?)([\w.-]{1,60}:(?=\s))?[^\S\n]{0,8}(["']?)([^\s"'#][^\n"'#]{0,400}?)?\4[^\S\n]{0,8}(?:#[^\n]{0,200})?(?=\r?\n|$)/dy;
/** Everything below such a name is secret; below `token:` or `auth:` also stand settings. */
const holdsOnlySecrets =
  /(?:pass(?:word|wd)?s?|pwds?|secrets?|api_?keys|credentials?|密码|口令|密钥)$/i;
const setting =
  /^(?:name|key|type|kind|user|username|login|enabled|required|id|url|host|port|scheme|method|provider|description)$/i;

/** The values of a block of YAML that a secret name heads: a list, or names of their own. */
export function valuesInBlock(text: string, from: number, name: SecretName): SecretSpan[] {
  if (name.quote !== '' || !/^[^\S\n]{0,8}\r?\n/.test(text.slice(from, from + 12))) return [];
  const indent = indentOf(text, name.start);
  if (indent === undefined) return [];
  const spans: SecretSpan[] = [];
  const isSecretBlock = holdsOnlySecrets.test(name.text);
  line.lastIndex = from + (/^[^\S\n]{0,8}/.exec(text.slice(from, from + 8))?.[0].length ?? 0);
  for (let times = 0; times < mostLines; times++) {
    const begin = line.lastIndex;
    const found = line.exec(text);
    if (found === null) break;
    name.work.spend(costOfCharacter * (line.lastIndex - begin));
    const [, blanks = '', dash = '', key = '', , value = ''] = found;
    const isDeeper = blanks.length > indent || (blanks.length === indent && dash !== '');
    if (!isDeeper || (dash === '' && key === '')) break;
    const span = found.indices?.[5];
    if (span === undefined || value === '') continue;
    const isPlain = !isSecretBlock || setting.test(key.slice(0, -1));
    if (isPlain ? looksMade(value) : !value.endsWith(':')) {
      spans.push({ start: span[0], end: span[1] });
    }
  }
  return spans;
}

const scalarBegins =
  /(?:!{1,2}[\w:/.-]{1,40}[^\S\n]{1,8})?[|>][+-]?\d?[+-]?[^\S\n]{0,4}(?=\r?\n[^\S\n])/y;
const scalarLine = /\r?\n([^\S\n]{1,80})([^\s"][^\n"]{0,400}?)(?=\r?\n|$)/dy;

/** All lines of a text that is written below its name: `password: |`, `passphrase: >-`. */
export function valuesInScalar(text: string, at: number, name: SecretName): SecretSpan[] {
  scalarBegins.lastIndex = at;
  if (!scalarBegins.test(text)) return [];
  const indent = indentOf(text, name.start);
  if (indent === undefined) return [];
  const spans: SecretSpan[] = [];
  scalarLine.lastIndex = scalarBegins.lastIndex;
  for (let times = 0; times < mostLines; times++) {
    const begin = scalarLine.lastIndex;
    const found = scalarLine.exec(text);
    if (found === null) break;
    name.work.spend(costOfCharacter * (scalarLine.lastIndex - begin));
    const span = found.indices?.[2];
    if (span === undefined || (found[1] ?? '').length <= indent) break;
    spans.push({ start: span[0], end: span[1] });
  }
  return spans;
}

/** How far a line is indented whose first word stands here; undefined where it is not the first. */
function indentOf(text: string, at: number): number | undefined {
  const before = /(?:^|\n)([^\S\n]{0,80})(?:- )?$/.exec(text.slice(Math.max(0, at - 84), at));
  return before?.[1]?.length;
}
