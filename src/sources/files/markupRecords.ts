/** How pages and XML begin. */
const begins = /^\s*<(?:[?!]|[a-z])/i;
const lookedAt = 200;
const dataBegin = '<![CDATA[';
const dataEnd = ']]>';

const named: Readonly<Record<string, string>> = {
  ...{ quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', nbsp: ' ' },
};
const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi;
const largestSign = 0x10ffff;

/**
 * The records in the cells of a page or in the elements of XML, as databases export tables, each on its line; undefined
 * where it is neither, or holds none.
 */
export function recordsInMarkup(bytes: Uint8Array): Uint8Array | undefined {
  const decoder = new TextDecoder();
  if (!begins.test(decoder.decode(bytes.subarray(0, lookedAt)))) return undefined;
  const records: string[] = [];
  for (const text of textsOf(decoder.decode(bytes))) {
    if (text.startsWith('{') && text.includes('sid')) records.push(text);
  }
  return records.length === 0 ? undefined : new TextEncoder().encode(records.join('\n'));
}

/** What stands between the marks; what is marked as data stands as it is. */
function* textsOf(markup: string): Generator<string> {
  for (let at = markup.indexOf('<'); at >= 0;) {
    const isData = markup.startsWith(dataBegin, at);
    const end = isData ? markup.indexOf(dataEnd, at) : markup.indexOf('>', at);
    if (end < 0) {
      // What breaks off is listed as that.
      if (isData) yield markup.slice(at + dataBegin.length).trim();
      return;
    }
    if (isData) yield markup.slice(at + dataBegin.length, end).trim();
    const begin = end + (isData ? dataEnd.length : 1);
    at = markup.indexOf('<', begin);
    const text = markup.slice(begin, at < 0 ? undefined : at).trim();
    if (text.startsWith('{')) yield text.replace(reference, signOf);
  }
}

function signOf(whole: string, decimal?: string, hexadecimal?: string, name = ''): string {
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  if (Number.isNaN(code)) return named[name.toLowerCase()] ?? whole;
  return code <= largestSign ? String.fromCodePoint(code) : whole;
}
