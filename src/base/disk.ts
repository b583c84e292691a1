/** Files of the machine that the engine runs on, as far as it reads them by itself. */
export interface Disk {
  /** The text of a file in UTF-8, or why there is none. */
  readText(path: string, mostBytes: number): Promise<DiskText>;
}

export type DiskText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly detail: string };
