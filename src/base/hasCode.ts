/** Whether it is an error of Node with this code, `ENOENT` for one: its message is for people and may change. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
