import { err, ok, type Result } from '../base/result.ts';
import { shownAddress } from '../base/shownAddress.ts';
import type { FetchFailure, LargeValueSettings } from './storedText.ts';

/** Where a large value is fetched from. Page and engine find it alike: what is told is what is asked. */
export interface StoredTarget {
  readonly url: URL;
  /** The user's own setting names this host. */
  readonly isRewritten: boolean;
}

type NoTarget = Extract<FetchFailure, { reason: 'badAddress' | 'badRewrite' }>;

/** The target of an address of a record, by the hosts that the setting replaces. */
export function storedTarget(
  address: string,
  rewrite: LargeValueSettings['hostRewrite'],
): Result<StoredTarget, NoTarget> {
  const url = parsedAddress(address);
  if (url === null || !isWeb(url)) return err({ reason: 'badAddress' });
  const { host } = url;
  const target = hostsOf(url).flatMap((name) => ownValue(rewrite, name) ?? [])[0];
  if (target === undefined) return ok({ url, isRewritten: false });
  if (!isHost(target) || parsedAddress(`${url.protocol}//${target}`) === null) {
    return err({ reason: 'badRewrite', host, target: shownAddress(target) });
  }
  // Without a port of its own the new host is asked on the port of the old one.
  url.host = target;
  return ok({ url, isRewritten: true });
}

/** An address, absolute or seen from another; null where it is none. */
export function parsedAddress(address: string, base?: URL): URL | null {
  return URL.canParse(address, base?.href) ? new URL(address, base) : null;
}

/** Whether it is asked over HTTP. */
export function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

/** How a setting may name the host of an address, the most exact first. */
function hostsOf({ hostname, port, protocol }: URL): string[] {
  const asked = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return [`${hostname}:${asked}`, hostname];
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isHost(text: string): boolean {
  return /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(text);
}
