import { randomUUID } from 'node:crypto';

/** Thirty-two random hexadecimal digits, as upstream names logs and stored texts. */
export function newId(): string {
  const uuid = randomUUID();
  // Four slices cost half of what a search for the dashes does.
  return (
    uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24)
  );
}
