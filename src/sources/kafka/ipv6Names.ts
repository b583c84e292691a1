/**
 * kafkajs takes a broker apart at its first colon, so an IPv6 address is given to it as a name, and is taken back where
 * the socket is made. No resolver ever sees the name.
 */
const suffix = '.ipv6-literal';
const inBrackets = /^\[([^\]]+)\](?=:\d+$)/;
const named = /([\da-f.-]*-[\da-f.-]*(?:s[\w.-]+?)?)\.ipv6-literal\b/gi;

/** `[::1]:9092` → `--1.ipv6-literal:9092`; any other broker as it is. */
export function withIpv6Name(broker: string): string {
  return broker.replace(inBrackets, (_, address: string) => `${nameOf(address)}${suffix}`);
}

function nameOf(address: string): string {
  return address.replaceAll(':', '-').replace('%', 's');
}

/** The address again, in a host or in what kafkajs says of one. */
export function withIpv6Addresses(text: string): string {
  return text.replace(named, (_, name: string) => {
    const [address = '', zone] = name.split('s');
    return `${address.replaceAll('-', ':')}${zone === undefined ? '' : `%${zone}`}`;
  });
}
