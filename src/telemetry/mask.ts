/** Which secrets never leave: by the name of a field, by their shape, or themselves. */
export interface MaskOptions {
  /**
   * A field is hidden whose name ends so, whatever its case and dashes: `apiKey` hides `RPA_API_KEY`. In a
   * text, what follows such a name and a `:` or `=` is hidden. Default: `secretNames`.
   */
  readonly names?: readonly string[];
  /** What matches is hidden wherever it stands. */
  readonly patterns?: readonly RegExp[];
  /** Secrets the robot knows itself, hidden wherever they stand. */
  readonly values?: readonly string[];
}

/** Hides secrets before anything is encoded, stored or sent. */
export interface Mask {
  /** Whether a field of this name is hidden, whatever it holds. */
  hides(name: string): boolean;
  /** What stands for the value of a hidden field; that there was none may be seen. */
  mark(value: unknown): string;
  /** The text without what is secret in it. */
  text(text: string): string;
}

/** Names that are hidden unless others are given. */
export const secretNames: readonly string[] = [
  ...['password', 'passwd', 'passphrase', 'pwd', 'secret', 'token', 'apikey', 'api-secret'],
  ...['access-key', 'private-key', 'secret-key', 'authorization', 'cookie', 'credential'],
  ...['密码', '口令', '密钥'],
];

/** What stands in place of a secret. */
export const maskMark = '***';

/** A shorter one would hide ordinary words. */
const shortestValue = 4;
/** Names are looked up again and again: a robot has some hundreds. The bound is for one that makes them up. */
const mostNames = 4_096;

export function createMask(options: MaskOptions = {}): Mask {
  const names = (options.names ?? secretNames).map(plain).filter((name) => name !== '');
  const named = names.length === 0 ? undefined : afterName(names);
  const patterns = (options.patterns ?? []).map(everywhere);
  const values = valuesIn(options.values ?? []);
  const known = new Map<string, boolean>();
  return {
    hides(name) {
      const found = known.get(name);
      if (found !== undefined) return found;
      const plainName = plain(name);
      const hidden = names.some((secret) => plainName.endsWith(secret));
      if (known.size < mostNames) known.set(name, hidden);
      return hidden;
    },
    mark: (value) => (value === null || value === undefined || value === '' ? '' : maskMark),
    text(text) {
      if (text.length < shortestValue) return text;
      let masked = text;
      for (const value of values) masked = masked.replaceAll(value, maskMark);
      if (named !== undefined && /[:=]/.test(masked)) {
        masked = masked.replace(named, (all: string, head: string, value: string) => {
          return /^[{[]/.test(value) ? all : head + hiddenLike(value);
        });
      }
      for (const pattern of patterns) masked = masked.replace(pattern, maskMark);
      return masked;
    },
  };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, '');
}

/**
 * One of the names, `:` or `=`, and the value: in quotes, in quotes that a text within a text escapes (with
 * as many backslashes at its end as at its begin), or up to the next space or sign.
 */
function afterName(names: readonly string[]): RegExp {
  const spelled = names.map((name) =>
    Array.from(name, (sign) => sign.replace(/[^\p{L}\p{N}]/u, '\\$&')).join('[_.-]?'),
  );
  const quoted = String.raw`"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?`;
  const escaped = String.raw`(?<!\\)(?<slashes>\\+)(?<quote>["'])[^]*?(?:(?<!\\)\k<slashes>\k<quote>|$)`;
  const bare = String.raw`(?:(?:bearer|basic|token)\s+)?[^\s,;&}\])"'\\]+`;
  const pattern = String.raw`((?:${spelled.join('|')})[\\"']*\s*[:=]\s*)(${escaped}|${quoted}|${bare})`;
  return new RegExp(pattern, 'gi');
}

/** Keeps the quotes, so that JSON stays JSON. */
function hiddenLike(value: string): string {
  const quote = /^\\*["']/.exec(value)?.[0];
  if (quote === undefined) return maskMark;
  return value.length > quote.length ? `${quote}${maskMark}${quote}` : value;
}

function everywhere(pattern: RegExp): RegExp {
  return pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
}

/** The longest first, as one may be a part of another; in a text within a text it is escaped. */
function valuesIn(values: readonly string[]): string[] {
  const all = values
    .filter((value) => value.length >= shortestValue)
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}
