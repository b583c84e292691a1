/** The variables of a process, given so that a test can have its own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a switch is on; upstream takes four words for yes. */
export function flag(env: Environment, name: string, whenMissing: boolean): boolean {
  const value = env[name];
  if (value === undefined) return whenMissing;
  return ['true', '1', 'yes', 'on'].includes(value.trim().toLowerCase());
}

/** A number of at least 0, or `whenMissing` where the variable is none. */
export function amount(env: Environment, name: string, whenMissing: number): number {
  const value = env[name]?.trim() ?? '';
  const number = Number(value);
  return value !== '' && Number.isFinite(number) && number >= 0 ? number : whenMissing;
}
