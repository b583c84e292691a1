import type { Contents } from './soFar.ts';
import { isSystemFile } from './systemFiles.ts';

/** A tar file is blocks: a header of one, and a file's content in as many as it takes. */
const block = 512;
const nameAt = 0;
const nameLength = 100;
const sizeAt = 124;
const sizeLength = 12;
const typeAt = 156;
const magicAt = 257;
const magic = 'ustar';

/** Whether bytes are a tar file, as all of today write it. */
export function isTar(bytes: Uint8Array): boolean {
  return textAt(bytes, magicAt, magic.length) === magic;
}

/** The content of each file in it: views on the bytes. The last may be less than it says where the tar breaks off. */
export function tarContents(bytes: Uint8Array): Contents {
  const contents: Uint8Array[] = [];
  for (let at = 0; at + block <= bytes.length && bytes[at] !== 0;) {
    const size = Number.parseInt(textAt(bytes, at + sizeAt, sizeLength), 8);
    const start = at + block;
    const end = start + size;
    if (Number.isNaN(end)) return { contents, isWhole: false };
    const name = textAt(bytes, at + nameAt, nameLength);
    if (isFile(bytes[at + typeAt]) && !isSystemFile(name))
      contents.push(bytes.subarray(start, end));
    if (end > bytes.length) return { contents, isWhole: false };
    at = start + Math.ceil(size / block) * block;
  }
  return { contents, isWhole: true };
}

/** Folders, links and long names are entries too. */
function isFile(type: number | undefined): boolean {
  return type === 0x30 || type === 0;
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
