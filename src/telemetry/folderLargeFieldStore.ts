import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolderLater } from './folder.ts';
import type { LargeFieldStore } from './largeFieldStore.ts';
import { newId } from './newId.ts';

/** A folder in which large texts lie, and how they are found there. */
export interface FolderLargeFieldStoreOptions {
  /** Where the files lie. */
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

  /** Writes the bytes into a file of the folder and gives its address. */
  async upload(name: string, bytes: Uint8Array): Promise<string> {
    await makeFolderLater(this.folder);
    // Written aside: who reads while we write sees all of it or nothing.
    const draft = join(this.folder, `.${newId()}`);
    await writeFile(draft, bytes);
    await rename(draft, join(this.folder, name));
    return `${this.baseUrl}/${encodeURIComponent(name)}`;
  }
}
