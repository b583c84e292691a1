import type { Vscode } from './vscode.ts';

/** Somebody writes these by hand; braces of braces would be more than that. */
const most = 500;

/** What our own setting leaves out, and what files and searches of VS Code leave out anyway, as one pattern. */
export function allLeftOut({ workspace }: Vscode, own: string): string {
  const others = ['files.exclude', 'search.exclude'].flatMap((name) => {
    const [section, key = ''] = name.split('.');
    return patternsOf(workspace.getConfiguration(section).get(key));
  });
  return joinedPatterns(own === '' ? others : [own, ...others]);
}

/** Patterns of files to leave out as one: VS Code reads no braces within braces. Empty for none. */
export function joinedPatterns(patterns: readonly string[]): string {
  const single = patterns.flatMap((pattern) => withoutBraces(pattern)).slice(0, most);
  // What names a folder means what is in it as well.
  const all = single.flatMap((one) => (one.endsWith('/**') ? [one] : [one, `${one}/**`]));
  return all.length === 0 ? '' : `{${[...new Set(all)].join(',')}}`;
}

/** Those that a setting such as `search.exclude` has as true; what has a condition is for what is seen alone. */
function patternsOf(excludes: unknown): readonly string[] {
  if (typeof excludes !== 'object' || excludes === null) return [];
  return Object.entries(excludes).flatMap(([pattern, isOut]) => (isOut === true ? pattern : []));
}

/** Tells of paths of the workspace whether what is joined leaves them out. */
export function leavesOut(joined: string): (path: string) => boolean {
  if (joined === '') return () => false;
  const patterns = joined.slice(1, -1).split(',').map(asSteps);
  return (path) => patterns.some((steps) => leadsThrough(steps, path));
}

/** Whoever made the workspace wrote these: no more are made than are taken. */
function withoutBraces(pattern: string, room = most): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(pattern);
  // A comma would part what is joined.
  if (found === null) return [pattern.replaceAll(',', '?')];
  const { 0: braces, 1: choices = '', index } = found;
  const [before, after] = [pattern.slice(0, index), pattern.slice(index + braces.length)];
  const single: string[] = [];
  for (const choice of choices.split(',')) {
    if (single.length >= room) break;
    single.push(...withoutBraces(before + choice + after, room - single.length));
  }
  return single;
}

/** A part of a pattern: how many parts further one may be behind a sign, or with `''` without one. */
type Step = (sign: string) => readonly number[];

const notSlash = (sign: string) => sign !== '/';

/** One sign. */
const one = (isSo: (sign: string) => boolean): Step => {
  return (sign) => (sign !== '' && isSo(sign) ? [1] : []);
};

/** Any number of signs. */
const many = (isSo: (sign: string) => boolean): Step => {
  return (sign) => (sign === '' ? [1] : isSo(sign) ? [0] : []);
};

/** Any folders, or none. */
const folders: readonly Step[] = [
  (sign) => (sign === '' ? [1, 2] : []),
  (sign) => (sign === '' ? [] : notSlash(sign) ? [0] : [0, 1]),
];

const signs = /\*\*\/|\*\*|\[!?[^\]/]+\]|[^]/gu;

function asSteps(pattern: string): readonly Step[] {
  return (pattern.match(signs) ?? []).flatMap((sign) => {
    switch (sign) {
      case '**/':
        return folders;
      case '**':
        return many(() => true);
      case '*':
        return many(notSlash);
      case '?':
        return one(notSlash);
      default:
        return one(sign.length > 2 ? isOneOf(sign) : (other) => other === sign);
    }
  });
}

/** As in `[a-z_]`; with `!` any other. Of a range the wrong way round nothing is one. */
function isOneOf(listed: string): (sign: string) => boolean {
  try {
    const source = listed.replace('[!', '[^').replaceAll('\\', '\\\\');
    const expression = new RegExp(source, 'u');
    return (sign) => notSlash(sign) && expression.test(sign);
  } catch {
    return () => false;
  }
}

/**
 * All ways at once, sign by sign: a regular expression goes back for each of them, and one of a dozen `*` would take longer
 * than anybody lives.
 */
function leadsThrough(steps: readonly Step[], path: string): boolean {
  const behind = (from: Iterable<number>, sign: string) =>
    [...from].flatMap((at) => (steps[at]?.(sign) ?? []).map((by) => at + by));
  let now = new Set([0]);
  for (const sign of ['', ...Array.from(path)]) {
    if (sign !== '') now = new Set(behind(now, sign));
    // What is added is gone through as well.
    for (const at of now) for (const further of behind([at], '')) now.add(further);
  }
  return now.has(steps.length);
}
