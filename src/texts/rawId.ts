/** What is longer is no id that anybody made, and is not looked into. */
const longest = 128;

/** As machines write them: numbers, UUIDs, and hashes in hexadecimal. */
const ofMachines = [
  /^\d{5,}$/,
  /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
  /^(?=(?:[a-f]*\d){3})[\da-f]{8,}$/i,
];
/** What a service sets before one: `tool@8f21c3`, `rpa::3f9d2b1a-…`. */
const prefixed = /^[\w-]+(?:@|::)(?=\S*\d)[\w-]+$/;
/** Letters and digits in turns, and nothing that parts words. */
const mixed = /^[\dA-Za-z]{16,}$/;

/** Whether a text tells things apart for machines alone, and says nothing to people. */
export function isRawId(text: string): boolean {
  if (text.length > longest) return false;
  if (ofMachines.some((form) => form.test(text)) || prefixed.test(text)) return true;
  return mixed.test(text) && (text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0) >= 4;
}
