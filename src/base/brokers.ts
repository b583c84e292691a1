const host = String.raw`[^\s,;:/@[\]]+`;
/** In brackets, because it has colons itself; behind a percent sign the name of an interface. */
const ipv6 = String.raw`\[[\da-f.]*:[\da-f:.]*:[\da-f.]*(?:%[\w.-]+)?\]`;
const address = new RegExp(`^(?:${host}|${ipv6}):(\\d{1,5})$`, 'i');

/** `a:1, b:2` → its brokers, empty ones left out; with the commas, semicolons and colons of a Chinese keyboard too. */
export function splitBrokers(text: string): string[] {
  return text
    .replaceAll('：', ':')
    .replaceAll('［', '[')
    .replaceAll('］', ']')
    .split(/[\s,;，；、]+/)
    .filter(Boolean);
}

/** Whether a text is `host:port`, of an IPv6 address `[::1]:9092`. */
export function isBroker(text: string): boolean {
  const port = Number(address.exec(text)?.[1] ?? 0);
  return port > 0 && port < 65_536;
}
