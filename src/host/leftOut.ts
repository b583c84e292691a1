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
  const expressions = joined.slice(1, -1).split(',').map(asExpression);
  return (path) => expressions.some((expression) => expression.test(path));
}

function withoutBraces(pattern: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(pattern);
  // A comma would part what is joined.
  if (found === null) return [pattern.replaceAll(',', '?')];
  const { 0: braces, 1: choices = '', index } = found;
  const [before, after] = [pattern.slice(0, index), pattern.slice(index + braces.length)];
  return choices
    .split(',')
    .slice(0, most)
    .flatMap((choice) => withoutBraces(before + choice + after).slice(0, most));
}

const signs = /\*\*\/|\/\*\*|\*\*|\*|\?|\[!?[^\]/]+\]|[\\^$+.()|{}[\]]/g;

function asExpression(pattern: string): RegExp {
  const source = pattern.replaceAll(signs, (sign) => {
    switch (sign) {
      case '**/':
        return '(?:.*/)?';
      case '/**':
        return '/.*';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      default:
        return sign.length > 1 ? sign.replace('[!', '[^') : `\\${sign}`;
    }
  });
  return new RegExp(`^${source}$`, 's');
}
