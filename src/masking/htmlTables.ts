import type { NameJudge } from './secretNames.ts';
import { describesField, type SecretSpan } from './secretSpan.ts';
import type { Work } from './work.ts';

const tag = /<(\/?)(table|tr|t[hd])\b[^<>]{0,200}>/gi;
const headerCell = /^[\p{L}_][\p{L}\p{M}\d_.() /-]{0,40}$/u;
const longestCell = 400;
const costOfTag = 24;

interface Cell {
  readonly start: number;
  readonly end: number;
}

/** The cells below a header of a secret name in tables of HTML. */
export function findInHtmlTables(text: string, names: NameJudge, work: Work): SecretSpan[] {
  const spans: SecretSpan[] = [];
  if (!/<t[hd]\b/i.test(text)) return spans;
  let row: Cell[] = [];
  let secret: readonly boolean[] = [];
  let opened = -1;
  let last = 0;
  const endRow = () => {
    if (row.length === secret.length)
      row.forEach((cell, column) => {
        if (secret[column] === true && isValue(text.slice(cell.start, cell.end)))
          spans.push({ ...cell });
      });
    else if (row.length > 1) secret = secretHeaders(text, row, names);
    row = [];
  };
  tag.lastIndex = 0;
  for (let found = tag.exec(text); found !== null; found = tag.exec(text)) {
    work.spend(costOfTag + tag.lastIndex - last);
    last = tag.lastIndex;
    const [, closing = '', word = ''] = found;
    if (/^t[hd]$/i.test(word)) {
      if (closing === '') opened = last;
      else if (opened >= 0) {
        row.push(trimmed(text, opened, Math.min(found.index, opened + longestCell)));
        opened = -1;
      }
      continue;
    }
    endRow();
    if (/^table$/i.test(word)) secret = [];
  }
  endRow();
  return spans;
}

/** Which columns a header gives secret names to; none where it is no header. */
function secretHeaders(text: string, row: readonly Cell[], names: NameJudge): readonly boolean[] {
  const words = row.map(({ start, end }) => text.slice(start, end));
  if (!words.every((word) => word === '' || headerCell.test(word))) return [];
  const secret = words.map((word) => names.kindOf(word.replace(/ /g, '_')) === 'secret');
  return secret.includes(true) ? secret : [];
}

function isValue(cell: string): boolean {
  return cell !== '' && !describesField(cell) && !/\s\S+\s/.test(cell);
}

function trimmed(text: string, from: number, to: number): Cell {
  const inner = text.slice(from, to);
  const value = inner.trim();
  const start = from + inner.indexOf(value);
  return { start, end: start + value.length };
}
