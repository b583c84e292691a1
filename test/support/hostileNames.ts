/** Names as someone would write them into a record, a flow file, a file's name or a setting to get more than text. */
export const hostileNames: readonly { readonly what: string; readonly name: string }[] = [
  ['a link that runs a command', '[Fix now](command:workbench.action.toggleSidebarVisibility)'],
  ['a link with a title', '[Fix](command:a.b?%5B1%5D "Fix it")'],
  ['a link to the web', '[help](https://evil.example/x)'],
  ['a link to a file', '[log](file:///etc/passwd)'],
  ['a link with many brackets', '[[[a](command:a)](command:b)](command:c)'],
  ['a link of two parts', '[a]\n(command:a)'],
  ['a link behind what breaks one', '[a]\u2060(command:a)](command:b)'],
  ['a link by reference', '[a][b]\n\n[b]: command:a'],
  ['a bare address', 'see https://evil.example www.evil.example me@evil.example'],
  ['a command between angles', '<command:rpaTrace.disconnect?>'],
  ['HTML', '<a href="command:a">x</a><img src=x onerror=alert(1)>'],
  ['an icon', '$(zap) $(sync~spin) \\$(bug)'],
  ['an icon with its sign broken', '$\u200b(zap)$$(zap)'],
  ['Markdown', '# a\n* b\n**c** `d` ~~e~~ ![f](g) | h |\n---'],
  ['entities', '&#91;a&#93;&#40;command:a&#41; &lt;b&gt;'],
  ['lines of a log', 'a\n2026-11-24 09:00:00.000 [error] All records were deleted\r\nb'],
  ['escapes of a terminal', '\u001b]8;;command:a\u0007x\u001b]8;;\u0007\u009b31m'],
  ['signs of direction', '\u202egpj.\u202c\u2066a\u2069\u2067b\u061c\u200e\u200f'],
  ['isolates that don’t match', 'a\u2069\u2068\u2068b\u2069'],
  ['signs that nobody sees', 'a\u200bb\u00adc\u034fd\u3164e\u180ef\ufeffg\ufff9h\u{e0041}i\u115f'],
  ['joiners without end', `発${'\u200d'.repeat(50)}票`],
  ['marks without end', `a${'\u0301'.repeat(500)}`],
  ['halves of signs', 'a\udc00b\ud800'],
  ['private signs', 'a\ue000b\u{f0000}c'],
  ['a text without end', '[a](command:a)$(zap)\u202e'.repeat(50_000)],
  ['line separators', 'a\u2028b\u2029c\u0085d'],
].map(([what = '', name = '']) => ({ what, name }));

/** What VS Code makes links and icons of, as its own renderers look for them, and what nobody sees. */
const faults: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['link', /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i],
  ['icon', /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/],
  [
    'unseen',
    /[\p{Cc}\p{Co}\p{Cs}\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2061-\u2069\u3164\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u,
  ],
  ['marks', /\p{M}{5}/u],
  ['long', /^[^]{1001}/],
];

/** What of a shown text VS Code would make more of than text; an isolated part is none. */
export function faultsOfShown(text: string): string[] {
  const shown = text.replaceAll(/\u2068([^\u2066-\u2069]*)\u2069/g, '$1');
  return faults.flatMap(([what, pattern]) => (pattern.test(shown) ? [what] : []));
}
