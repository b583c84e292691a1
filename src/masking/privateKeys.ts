import { maskMark } from './maskSecret.ts';

const begin = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----/g;
const next = '-----';
const shortest = 16;

/** Masks private keys in their text form, however long: up to their end, or that of the text. */
export function maskPrivateKeys(text: string): string {
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
