import { readFile } from 'node:fs/promises';
import { err, ok, type Result } from '../base/result.ts';
import type { OtlpTls } from './otlpSettings.ts';

/** What the files hold; PEM. */
export interface OtlpCertificates {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/** Reads the files that are named; the error names the one that can't be read. */
export async function readCertificates(
  tls: OtlpTls | undefined,
): Promise<Result<OtlpCertificates, string>> {
  const read: { -readonly [Name in keyof OtlpCertificates]: Buffer } = {};
  const files = { ca: tls?.caFile, cert: tls?.certFile, key: tls?.keyFile } as const;
  for (const name of ['ca', 'cert', 'key'] as const) {
    const file = files[name] ?? '';
    if (file === '') continue;
    try {
      read[name] = await readFile(file);
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      return err(`the file “${file}” can’t be read (${reason})`);
    }
  }
  return ok(read);
}
