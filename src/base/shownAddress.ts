/** Stands in place of what may not be shown. */
const hidden = '•••';
/** A shorter part of an address is found in ordinary words as well. */
const shortestSecret = 4;

/**
 * An address as it may be shown and logged: origin and path. User, password, query and fragment go, also
 * from what is no address in the end: who mistypes one must not find his password in the log.
 */
export function shownAddress(address: string): string {
  const { scheme, hostAndPath } = partsOf(address);
  return `${scheme}${hostAndPath.split('/').map(withoutUser).join('/')}`;
}

/** A list of addresses, such as the brokers of a cluster, as it may be shown. */
export function shownAddresses(addresses: readonly string[]): string {
  return addresses.map(shownAddress).join(', ');
}

/**
 * A text, such as the message of an error, without the credentials of the addresses in it. `known` are
 * addresses that it may be about: of those no password and nothing of a query stays, wherever it stands.
 */
export function withoutCredentials(text: string, known: readonly string[] = []): string {
  const shown = text.replace(/[^\s"'`<>()“”‘’]+/g, shownWord);
  const secrets = [...new Set(known.flatMap(secretsOf))].sort((a, b) => b.length - a.length);
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, hidden), shown);
}

/** An address cut up, however it is written. */
interface AddressParts {
  /** With `://`; empty without. */
  readonly scheme: string;
  /** User and password. */
  readonly user: string;
  readonly hostAndPath: string;
  /** Query and fragment. */
  readonly query: string;
}

function partsOf(address: string): AddressParts {
  const scheme = /^[a-z][\w+.-]*:\/\//i.exec(address)?.[0] ?? '';
  const rest = address.slice(scheme.length);
  const authority = /^[^/\\?#]*/.exec(rest)?.[0] ?? '';
  const isSound = authority === '' || URL.canParse(`http://${authority}`);
  // What can't be parsed may hold a password with signs that ought to be escaped in it: then it ends later.
  const userEnd = (isSound ? authority : rest).lastIndexOf('@') + 1;
  const behindUser = rest.slice(userEnd);
  const hostAndPath = /^[^?#]*/.exec(behindUser)?.[0] ?? '';
  return {
    scheme,
    user: rest.slice(0, Math.max(0, userEnd - 1)),
    hostAndPath: isSound ? hostAndPath : withoutFalsePort(hostAndPath),
    query: behindUser.slice(hostAndPath.length + 1),
  };
}

/** `user:password` without a host looks like a host with a port that is no number. */
function withoutFalsePort(hostAndPath: string): string {
  return hostAndPath.replace(/^([^/\\:[\]]*:)(?!\d+(?:[/\\]|$))[^/\\]+/, `$1${hidden}`);
}

/** A piece of a path may be an address itself, as that of a proxy has it. */
function withoutUser(piece: string): string {
  const end = piece.lastIndexOf('@');
  return piece.slice(0, Math.max(0, end)).includes(':') ? piece.slice(end + 1) : piece;
}

/** A word of a text; what makes it an address is searched for from there, so that long words cost no more. */
function shownWord(word: string): string {
  const starts = addressStarts(word);
  const first = starts[0];
  if (first === undefined) return withoutQuery(withoutUser(word));
  const addresses = starts.map((start, index) => shownInText(word.slice(start, starts[index + 1])));
  return word.slice(0, first) + addresses.join('');
}

/** Where the schemes in a word begin. */
function addressStarts(word: string): number[] {
  const starts: number[] = [];
  let from = 0;
  for (;;) {
    const colon = word.indexOf('://', from);
    if (colon < 0) return starts;
    let start = colon;
    while (start > from && /[\w+.-]/.test(word.charAt(start - 1))) start--;
    if (start < colon) starts.push(start);
    from = colon + 3;
  }
}

/** The signs behind an address belong to the sentence. */
function shownInText(address: string): string {
  let end = address.length;
  while (end > 0 && '.,;:!?]}'.includes(address.charAt(end - 1))) end--;
  return shownAddress(address.slice(0, end)) + address.slice(end);
}

function withoutQuery(word: string): string {
  const start = word.indexOf('?');
  return start >= 0 && /^\?[\w.-]+=/.test(word.slice(start)) ? word.slice(0, start) : word;
}

/** What of an address nobody may read: the password, or the user without one, and the values of the query. */
function secretsOf(address: string): string[] {
  const { user, query } = partsOf(address);
  const password = user.includes(':') ? user.slice(user.indexOf(':') + 1) : user;
  const values = query.split(/[&;#]/).map((pair) => pair.slice(pair.indexOf('=') + 1));
  const asWritten = [password, query, ...values];
  return [...asWritten, ...asWritten.map(decoded)].filter(
    (secret) => secret.length >= shortestSecret,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
