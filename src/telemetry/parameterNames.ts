/** What is longer is no list of parameters that people wrote. */
const longestList = 2_000;
const alone = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u;
const begin = /^[\w$#*\s]*\(/;
const comment = /\/\*[^]*?\*\/|\/\/.*/y;
const plain = /^\s*(\.{3})?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?:=[^]*)?$/u;

/** A parameter of a function; without a name where it takes its value apart, or can't be read plainly. */
interface Parameter {
  readonly name: string | undefined;
  /** Takes all that is left. */
  readonly isRest: boolean;
}

/**
 * The arguments of a call by the names of the function's parameters, as its text has them: a name tells that a value is
 * secret, its place does not.
 */
export function argumentsBy(target: object): (args: readonly unknown[]) => Map<string, unknown> {
  const parameters = parametersOf(target);
  return (args) => {
    const named = new Map<string, unknown>();
    // A function of the system, or one that reads them by itself.
    if (parameters.length === 0 && args.length > 0) return named.set('arguments', args);
    for (const [at, value] of args.entries()) {
      const { name, isRest = false } = parameters[at] ?? {};
      if (isRest) return named.set(name ?? 'arguments', args.slice(at));
      if (typeof value !== 'function') named.set(name ?? `argument ${String(at + 1)}`, value);
    }
    return named;
  };
}

function parametersOf(target: object): Parameter[] {
  const text = Function.prototype.toString.call(target).slice(0, longestList);
  const single = alone.exec(text)?.[1];
  if (single !== undefined) return [{ name: single, isRest: false }];
  const opened = begin.exec(text)?.[0].length;
  return opened === undefined ? [] : listFrom(text, opened).map(parameterIn);
}

/** The texts between the commas without comments, up to the bracket that closes the list; an expression in it ends what is read. */
function listFrom(text: string, opened: number): string[] {
  const list: string[] = [];
  let part = '';
  let depth = 0;
  for (let at = opened; at < text.length; at++) {
    const sign = text[at] ?? '';
    const begun = at;
    if (sign === '/') {
      comment.lastIndex = at;
      const skipped = comment.exec(text)?.[0].length;
      if (skipped === undefined) break;
      at += skipped - 1;
      continue;
    }
    if ('"\'`'.includes(sign)) at = endOfQuoted(text, at);
    else if ('([{'.includes(sign)) depth++;
    else if (depth > 0) depth -= ')]}'.includes(sign) ? 1 : 0;
    else if (sign === ',' || sign === ')') {
      if (part.trim() !== '') list.push(part);
      if (sign === ')') break;
      part = '';
      continue;
    }
    part += text.slice(begun, at + 1);
  }
  return list;
}

function endOfQuoted(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== text[from]) at += text[at] === '\\' ? 2 : 1;
  return at;
}

function parameterIn(text: string): Parameter {
  const [, rest, name] = plain.exec(text) ?? [];
  return { name, isRest: rest !== undefined };
}
