import { assertNever } from '../base/assertNever.ts';
import type { FetchFailure, NearPlace } from '../protocol/storedText.ts';
import { formatBytes } from './format.ts';
import type { Translate } from './translate.ts';

/** Why a large value could not be fetched, and what to do about it. */
export function fetchFailureText(error: FetchFailure, t: Translate): string {
  switch (error.reason) {
    case 'notTrusted':
      return t('Trust this workspace to fetch values from addresses in its records.');
    case 'cancelled':
      return t('Fetching was cancelled.');
    case 'busy':
      return t('Other values are being fetched. Wait for one of them, or cancel it.');
    case 'badAddress':
      return t('This address can’t be fetched: only http and https can.');
    case 'otherHost':
      return t('The setting changed meanwhile: the value would come from {0}.', error.host);
    case 'near':
      return nearText(error.place, hostWithAddress(error.host, error.address), t);
    case 'badRewrite':
      return t('The setting replaces {0} by “{1}”, which is no host.', error.host, error.target);
    case 'tooLarge':
      return error.bytes === null
        ? t(
            'The value is larger than the {0} that the setting allows.',
            formatBytes(error.maxBytes),
          )
        : t(
            'The value has {0}; the setting allows {1}.',
            formatBytes(error.bytes),
            formatBytes(error.maxBytes),
          );
    case 'timeout':
      return t('{0} did not send the value within {1} s.', error.host, error.seconds);
    case 'status':
      return statusText(error.host, error.status, t);
    case 'redirect':
      return error.target === ''
        ? t('{0} redirects to an address that is not followed.', error.host)
        : t(
            '{0} redirects to {1}. Redirects to other hosts are not followed.',
            error.host,
            error.target,
          );
    case 'unreachable':
      return unreachableText(error.host, error.detail, t);
    default:
      return assertNever(error);
  }
}

/** What the button of the second word says. */
export function fetchNearText(
  place: NearPlace,
  host: string,
  address: string,
  t: Translate,
): string {
  const shown = hostWithAddress(host, address);
  return place === 'machine'
    ? t('Fetch from this machine’s own address {0}', shown)
    : t('Fetch from {0} all the same', shown);
}

/** The setting that would help; null where none does. */
export function fetchFailureSetting({ reason }: FetchFailure): string | null {
  switch (reason) {
    case 'tooLarge':
      return 'rpaTrace.largeValues.maxBytes';
    case 'timeout':
      return 'rpaTrace.largeValues.timeoutSeconds';
    case 'badRewrite':
    case 'near':
    case 'unreachable':
      return 'rpaTrace.largeValues.hostRewrite';
    case 'notTrusted':
    case 'cancelled':
    case 'busy':
    case 'badAddress':
    case 'otherHost':
    case 'status':
    case 'redirect':
      return null;
    default:
      return assertNever(reason);
  }
}

function nearText(place: NearPlace, host: string, t: Translate): string {
  switch (place) {
    case 'machine':
      return t(
        '{0} is this machine itself: some program of yours would be asked. Go on only if your store runs here.',
        host,
      );
    case 'link':
      return t(
        '{0} is an address of the local network link, where no store is expected. Go on only if yours is there.',
        host,
      );
    case 'metadata':
      return t(
        '{0} is where a cloud gives its machines their credentials. No service stores a value there.',
        host,
      );
    default:
      return assertNever(place);
  }
}

function hostWithAddress(host: string, address: string): string {
  return host.includes(address) ? host : `${host} (${address})`;
}

function statusText(host: string, status: number, t: Translate): string {
  if (status === 404 || status === 410) {
    return t('{0} no longer has this value ({1}). It was deleted or has expired.', host, status);
  }
  if (status === 401 || status === 403) {
    return t('{0} does not let this machine read the value ({1}).', host, status);
  }
  return t('{0} answered with the status {1} instead of the value.', host, status);
}

function unreachableText(host: string, detail: string, t: Translate): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(detail)) {
    return t(
      'This machine can’t find the host {0}. If it is the name of a container, tell in the setting where it can be reached.',
      host,
    );
  }
  return t(
    '{0} can’t be reached ({1}). If it has another address from this machine, tell it in the setting.',
    host,
    detail,
  );
}
