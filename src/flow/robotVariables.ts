import { pathOf } from './expressionPorts.ts';
import type { Cell } from './robotLines.ts';
import type { VariablePorts } from './variablePorts.ts';

/** What sets a variable for others than the task or keyword that it stands in. */
const wideSetters = /^set(?:suite|global|test|task)variable$/;
const localSetter = 'setlocalvariable';
/** What takes a value: `${rows} =`, `@{list}`, `${dict}[key]=`. */
export const assignment = /^[$@&%]\{.*[\]}]\s?=?$/s;
const written = /\\?[$@&]\{?([^{}]{1,200})\}?/s;
const named =
  /[$@&]\{([^{}]{1,200})\}((?:\[[^[\]]{0,100}\]){0,20})|\$([\p{L}_][\p{L}\p{N}_]{0,200})/gu;
/** What stands in front of a value that is given by name: `sheet=${name}`. */
const argument = /^([^=$@&{}\s][^=$@&{}]{0,100}?)=/;
/** Of a cell; a text may be pages. */
const mostText = 10_000;

/** The variables of one step of a suite: in its own task or keyword, and of the file. */
export class RobotVariables {
  private readonly ports: VariablePorts;

  constructor(ports: VariablePorts) {
    this.ports = ports;
  }

  /** Reads the cells of a step. */
  readStep(node: string, scope: string, cells: readonly Cell[]): void {
    const found = settersIn(cells);
    for (const cell of found.others) this.readCell(node, scope, cell);
    for (const cell of found.setters) {
      const [, name = ''] = written.exec(cell.text) ?? [];
      // `${rows: list}` is `${rows}` for those who read it.
      const base = baseOf(name.replace(/: .*$/s, '')).name;
      if (base === '') continue;
      const variable = keyOf(found.isWide ? '' : scope, base);
      this.ports.set({ node, variable, names: [base, `\${${base}}`] });
    }
  }

  private readCell(node: string, scope: string, { text, start, end }: Cell): void {
    const [, by] = argument.exec(text) ?? [];
    for (const [, inBraces, items = '', bare] of text.slice(0, mostText).matchAll(named)) {
      const { name, path } = baseOf(`${inBraces ?? bare ?? ''}${items}`);
      if (name === '') continue;
      const names = [...new Set([...(by === undefined ? [] : [by]), name, `\${${name}}`])];
      for (const within of [scope, '']) {
        this.ports.read({
          node,
          variable: keyOf(within, name),
          names,
          path,
          range: { start, end },
        });
      }
    }
  }
}

/** What of a step takes a value, and what else stands in it. */
function settersIn(cells: readonly Cell[]) {
  const called = cells.findIndex(({ text }) => !assignment.test(text));
  const word = cells[called]?.text ?? '';
  const behind = cells.slice(called + 1);
  const keyword = keyOf('', word).trim();
  if (/^: ?FOR$|^FOR$/.test(word)) {
    const at = behind.findIndex(({ text }) => /^IN(?: |$)/.test(text));
    return {
      setters: behind.slice(0, Math.max(0, at)),
      others: behind.slice(at + 1),
      isWide: false,
    };
  }
  const isWide = wideSetters.test(keyword);
  if (isWide || keyword === localSetter || word === 'VAR') {
    const hasScope = behind.some(({ text }) => /^scope=(?!local)/i.test(text));
    return { setters: behind.slice(0, 1), others: behind.slice(1), isWide: isWide || hasScope };
  }
  const setters = called === -1 ? [] : cells.slice(0, called);
  return { setters, others: called === -1 ? cells : behind, isWide: false };
}

/** `rows[0].total` is of `rows`. */
function baseOf(text: string): { readonly name: string; readonly path: string } {
  const end = text.search(/[.[]/);
  const name = (end === -1 ? text : text.slice(0, end)).trim();
  return { name, path: end === -1 ? '' : pathOf(text.slice(end)) };
}

/** Neither case nor blanks nor underscores tell variables and keywords apart. */
function keyOf(scope: string, name: string): string {
  return `${scope} ${name.toLowerCase().replace(/[\s_]/g, '')}`;
}
