import { describe, expect, test } from 'vitest';

import type { FetchFailure } from '../../../src/protocol/storedText.ts';
import { fetchFailureSetting, fetchFailureText } from '../../../src/texts/fetchFailureTexts.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const host = 'minio:9000';

describe('why a large value could not be fetched, and the setting that helps', () => {
  test.each<[FetchFailure, string, string | null]>([
    [{ reason: 'notTrusted' }, 'Trust this workspace to fetch values', null],
    [{ reason: 'cancelled' }, 'Fetching was cancelled.', null],
    [{ reason: 'busy' }, 'Other values are being fetched.', null],
    [{ reason: 'badAddress' }, 'only http and https are supported', null],
    [{ reason: 'otherHost', host }, 'the value would now come from minio:9000', null],
    [
      { reason: 'near', host: '127.0.0.1:22', address: '127.0.0.1', place: 'machine' },
      '127.0.0.1:22 is this machine itself',
      'hostRewrite',
    ],
    [
      { reason: 'near', host, address: '169.254.1.1', place: 'link' },
      'minio:9000 (169.254.1.1) is a link-local address',
      'hostRewrite',
    ],
    [
      { reason: 'near', host, address: '169.254.169.254', place: 'metadata' },
      'is where a cloud gives its machines their credentials',
      'hostRewrite',
    ],
    [
      { reason: 'badRewrite', host, target: 'http://x' },
      'The setting replaces minio:9000 with “http://x”, which isn’t a host.',
      'hostRewrite',
    ],
    [
      { reason: 'tooLarge', bytes: 20 * 1024 * 1024, maxBytes: 10 * 1024 * 1024 },
      'The value is 20 MB in size; the setting allows 10 MB.',
      'maxBytes',
    ],
    [
      { reason: 'tooLarge', bytes: null, maxBytes: 10 * 1024 * 1024 },
      'The value is larger than the 10 MB that the setting allows.',
      'maxBytes',
    ],
    [
      { reason: 'timeout', host, seconds: 15 },
      'minio:9000 didn’t send the value within 15 s.',
      'timeoutSeconds',
    ],
    [{ reason: 'status', host, status: 404 }, 'minio:9000 no longer has this value (404).', null],
    [{ reason: 'status', host, status: 410 }, 'no longer has this value (410)', null],
    [{ reason: 'status', host, status: 403 }, 'doesn’t let this machine read', null],
    [{ reason: 'status', host, status: 401 }, 'doesn’t let this machine read', null],
    [{ reason: 'status', host, status: 500 }, 'responded with the status 500', null],
    [
      { reason: 'redirect', host, target: 'elsewhere.example' },
      'minio:9000 redirects to elsewhere.example. Redirects to other hosts aren’t followed.',
      null,
    ],
    [{ reason: 'redirect', host, target: '' }, 'redirects to an address that isn’t', null],
    [
      { reason: 'unreachable', host, detail: 'ENOTFOUND' },
      'This machine can’t find the host minio:9000. If it is the name of a container',
      'hostRewrite',
    ],
    [
      { reason: 'unreachable', host, detail: 'ECONNREFUSED' },
      'minio:9000 can’t be reached (ECONNREFUSED).',
      'hostRewrite',
    ],
  ])('%j', (error, text, setting) => {
    expect(fetchFailureText(error, plainEnglish)).toContain(text);
    expect(fetchFailureSetting(error)).toBe(
      setting === null ? null : `rpaTrace.largeValues.${setting}`,
    );
  });
});
