import { maskMark } from './maskSecret.ts';

const begin = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----/g;
const next = '-----';
const shortest = 16;

/** The key of a file of PuTTY, whose lines have a count before them and end at a name. */
const putty =
  /(Private-Lines: ?\d{1,4}(?:\r?\n|\\{1,64}n))([\w+/=]{16,200}(?:(?:\r?\n|\\{1,64}n)[\w+/=]{16,200}){0,400})/g;

/** Masks private keys in their text form, however long: up to their end, or that of the text. */
export function maskPrivateKeys(text: string): string {
  return maskPuttyKeys(maskPemKeys(text));
}

function maskPuttyKeys(text: string): string {
  return text.includes('Private-Lines:')
    ? text.replace(putty, (_found, head: string) => head + maskMark)
    : text;
}

function maskPemKeys(text: string): string {
  if (!text.includes('PRIVATE KEY')) return text;
  let masked = '';
  let from = 0;
  begin.lastIndex = 0;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const start = begin.lastIndex;
    const dashes = text.indexOf(next, start);
    const end = dashes < 0 ? text.length : dashes;
    if (end - start >= shortest && !text.startsWith(` ${maskMark}`, start)) {
      masked += `${text.slice(from, start)} ${maskMark}`;
      from = end;
    }
    begin.lastIndex = end;
  }
  return from === 0 ? text : masked + text.slice(from);
}
