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
      return t('Other values are being fetched. Wait for one to finish, or cancel one.');
    case 'badAddress':
      return t('This address can’t be fetched: only http and https are supported.');
    case 'otherHost':
      return t('The setting has changed: the value would now come from {0}.', error.host);
    case 'near':
      return nearText(error.place, hostWithAddress(error.host, error.address, t), t);
    case 'badRewrite':
      return t(
        'The setting replaces {0} with “{1}”, which isn’t a host.',
        error.host,
        error.target,
      );
    case 'tooLarge':
      return error.bytes === null
        ? t(
            'The value is larger than the {0} that the setting allows.',
            formatBytes(error.maxBytes),
          )
        : t(
            'The value is {0} in size; the setting allows {1}.',
            formatBytes(error.bytes),
            formatBytes(error.maxBytes),
          );
    case 'timeout':
      return t('{0} didn’t send the value within {1} s.', error.host, error.seconds);
    case 'status':
      return statusText(error.host, error.status, t);
    case 'redirect':
      return error.target === ''
        ? t('{0} redirects to an address that isn’t followed.', error.host)
        : t(
            '{0} redirects to {1}. Redirects to other hosts aren’t followed.',
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
  const shown = hostWithAddress(host, address, t);
  return place === 'machine'
    ? t('Fetch from This Machine’s Own Address {0}', shown)
    : t('Fetch from {0} Anyway', shown);
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
        '{0} is this machine itself: one of your own programs would be asked. Continue only if your store runs here.',
        host,
      );
    case 'link':
      return t(
        '{0} is a link-local address, where no store is expected. Continue only if yours is there.',
        host,
      );
    case 'metadata':
      return t(
        '{0} is where a cloud gives its machines their credentials. No service stores values there, so don’t continue.',
        host,
      );
    default:
      return assertNever(place);
  }
}

function hostWithAddress(host: string, address: string, t: Translate): string {
  return host.includes(address) ? host : t('{0} ({1})', host, address);
}

function statusText(host: string, status: number, t: Translate): string {
  if (status === 404 || status === 410) {
    return t('{0} no longer has this value ({1}). It was deleted or has expired.', host, status);
  }
  if (status === 401 || status === 403) {
    return t('{0} doesn’t let this machine read the value ({1}).', host, status);
  }
  return t('{0} responded with the status {1} instead of the value.', host, status);
}

function unreachableText(host: string, detail: string, t: Translate): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(detail)) {
    return t(
      'This machine can’t find the host {0}. If it is the name of a container, enter in the setting where it can be reached.',
      host,
    );
  }
  return t(
    '{0} can’t be reached ({1}). If it has another address from this machine, enter that in the setting.',
    host,
    detail,
  );
}
