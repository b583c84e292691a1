import { colourSource, rewritten, unfolded, unseenClass, type FoldedText } from './foldedText.ts';

const escapes = String.raw`\\+(?:u[\da-f]{4}|x[\da-f]{2}|[nrt](?![\w])|)|%(?:25)*[2-7][\da-f]|&(?:amp;){0,8}(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[\da-f]{2,4});`;
const escape = new RegExp(`[${unseenClass}]+|${colourSource}|${escapes}`, 'gi');
const mayEscape = new RegExp(`[\\\\%&\\x1b\\x9b${unseenClass}]`);
const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' },
};

/**
 * A text without any escapes: what two texts have in common is the same in both then, however often each of them was
 * put into JSON, an address or HTML. A backslash that escapes nothing is left out, for nobody knows how many it was.
 */
export function plainForm(text: string): FoldedText {
  return mayEscape.test(text) ? rewritten(text, escape, plainLetter) : unfolded(text);
}

function plainLetter(piece: string): string {
  const first = piece.charAt(0);
  if (first === '%') return fromHex(piece.replace(/^%(?:25)*/, ''));
  if (first === '&') return ofEntity(piece);
  if (first !== '\\') return '';
  const escaped = piece.replace(/^\\+/, '');
  if (/^[ux][\da-f]/i.test(escaped)) {
    // What colours a terminal begins with an escape of its own.
    return /^(?:u001b|x1b)/i.test(escaped) ? '' : fromHex(escaped.slice(1));
  }
  return /^[nrt]$/.test(escaped) ? ' ' : '';
}

function ofEntity(piece: string): string {
  const name = piece
    .replace(/^&(?:amp;)*/i, '')
    .slice(0, -1)
    .toLowerCase();
  if (name === '') return '&';
  if (name.startsWith('#x')) return fromHex(name.slice(2));
  return name.startsWith('#')
    ? String.fromCharCode(Number(name.slice(1)))
    : (entities[name] ?? piece);
}

function fromHex(digits: string): string {
  const sign = digits === '' ? '%' : String.fromCharCode(Number.parseInt(digits, 16));
  return sign === '\\' ? '' : sign;
}
