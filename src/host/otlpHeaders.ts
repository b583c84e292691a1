import { shownAddress } from '../base/shownAddress.ts';
import type { OtlpSettings } from '../metrics/otlpSettings.ts';
import type { Credentials } from './credentials.ts';
import { t } from './l10n.ts';
import { askForText, tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** A header's name, as HTTP has it. */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * Headers as `OTEL_EXPORTER_OTLP_HEADERS` has them: `name=value,name=value`, a comma or a percent sign in a value as `%2C`
 * or `%25`. Null for what is no such list.
 */
export function readHeaders(text: string): Readonly<Record<string, string>> | null {
  const headers: [string, string][] = [];
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    const value = decoded(part.slice(at + 1).trim());
    // A line break would begin another header.
    if (!token.test(name) || value === null || /[\0\r\n]/.test(value)) return null;
    headers.push([name, value]);
  }
  return Object.fromEntries(headers);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The settings with the headers that were given for their endpoint, and for no other. */
export async function withHeaders(
  otlp: OtlpSettings | null,
  credentials: Credentials,
): Promise<OtlpSettings | null> {
  if (otlp === null) return null;
  const headers = readHeaders((await credentials.otlpHeaders(otlp.endpoint)) ?? '') ?? {};
  return Object.keys(headers).length === 0 ? otlp : { ...otlp, headers };
}

/** Asks for the headers of the endpoint and keeps them; true when there are others now. */
export async function askForHeaders(
  vscode: Vscode,
  otlp: OtlpSettings | null,
  credentials: Credentials,
): Promise<boolean> {
  if (otlp === null) {
    void tell(
      vscode,
      'information',
      t('Headers belong to an endpoint: set “rpaTrace.otlp.endpoint” first.'),
    );
    return false;
  }
  const shown = shownAddress(otlp.endpoint);
  const text = await askForText(vscode, {
    title: t('OTLP Headers'),
    prompt: t(
      'Sent only to {0}, and kept in VS Code’s secret storage. Leave empty for none.',
      shown,
    ),
    placeHolder: 'authorization=Bearer%20…,x-tenant=…',
    isSecret: true,
    fault: (typed) =>
      readHeaders(typed) === null
        ? t('Enter name=value pairs, separated by commas. Write a comma in a value as %2C.')
        : null,
  });
  if (text === undefined) return false;
  await credentials.rememberOtlpHeaders(otlp.endpoint, text.trim());
  void tell(
    vscode,
    'information',
    text.trim() === ''
      ? t('The OTLP headers for {0} were removed.', shown)
      : t('The OTLP headers for {0} were saved.', shown),
  );
  return true;
}
