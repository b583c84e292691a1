const address = /^https?:\/\/\S+\/[0-9a-f]{32}\.txt(?:\?\S*)?$/;

/** Whether a text is the address that a service left in place of a large value it stored elsewhere. */
export function isStoredText(text: string): boolean {
  return address.test(text);
}
