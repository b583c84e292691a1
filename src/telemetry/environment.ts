/** The variables of a process, given so that a test can have its own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Hears of a variable that can't be understood, in a sentence that names it. */
export type OnWrong = (sentence: string) => void;

const yes = ['true', '1', 'yes', 'on'];
const no = ['false', '0', 'no', 'off', ''];

/** Whether a switch is on; upstream takes four words for yes, and all else for no. */
export function flag(
  env: Environment,
  name: string,
  whenMissing: boolean,
  onWrong?: OnWrong,
): boolean {
  const value = env[name];
  if (value === undefined) return whenMissing;
  const word = value.trim().toLowerCase();
  if (yes.includes(word)) return true;
  if (!no.includes(word)) {
    onWrong?.(
      `${name} is ${shown(value)}, which counts as off. Write ${yes.join(', ')} or ${listOf(no)}.`,
    );
  }
  return false;
}

/** A number of at least 0, or `whenMissing` where the variable is none. */
export function amount(
  env: Environment,
  name: string,
  whenMissing: number,
  onWrong?: OnWrong,
): number {
  const value = env[name]?.trim() ?? '';
  if (value === '') return whenMissing;
  const number = Number(value);
  if (Number.isFinite(number) && number >= 0) return number;
  onWrong?.(
    `${name} is ${shown(value)}, which is no number of at least 0. ${whenMissing} is used.`,
  );
  return whenMissing;
}

function listOf(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(', ');
}

/** A variable that was mistaken for another may hold anything. */
function shown(value: string): string {
  const longest = 40;
  return `“${value.length > longest ? `${value.slice(0, longest)}…` : value}”`;
}
