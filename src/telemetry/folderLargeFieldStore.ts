import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LargeFieldStore } from './largeFieldStore.ts';
import { newId } from './newId.ts';

/** A folder in which large texts lie, and how they are found there. */
export interface FolderLargeFieldStoreOptions {
  readonly folder: string;
  /** Where a server shows the folder, such as `https://files.example/traces`. Default: a `file:` address. */
  readonly baseUrl?: string | undefined;
}

/** Keeps large texts in a folder of this machine or of a share. It is made when the first text comes. */
export class FolderLargeFieldStore implements LargeFieldStore {
  private readonly folder: string;
  private readonly baseUrl: string;

  constructor({ folder, baseUrl }: FolderLargeFieldStoreOptions) {
    this.folder = resolve(folder);
    this.baseUrl = (baseUrl ?? pathToFileURL(this.folder).href).replace(/\/+$/, '');
  }

  async upload(name: string, bytes: Uint8Array): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    // Written aside: who reads while we write sees all of it or nothing.
    const draft = join(this.folder, `.${newId()}`);
    await writeFile(draft, bytes);
    await rename(draft, join(this.folder, name));
    return `${this.baseUrl}/${encodeURIComponent(name)}`;
  }
}
