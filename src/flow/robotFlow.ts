import type { PortType } from '../trace/portType.ts';
import { declaredInput, hintedInput } from './declaredInputs.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { foldedName } from './robotNames.ts';
import { type Cell, type Statement, statementsOf } from './robotLines.ts';
import { assignment, RobotVariables } from './robotVariables.ts';
import { kindOfSetting, sectionOf } from './robotWords.ts';
import { VariablePorts } from './variablePorts.ts';
import { withInputs } from './withInputs.ts';

const openers = new Set(['FOR', 'WHILE', 'IF', 'TRY', 'GROUP']);
const parts = new Set(['ELSE IF', 'ELSE', 'EXCEPT', 'FINALLY']);
/** How loops were written before they had an end. */
const oldLoop = /^: ?FOR$/;

/**
 * A suite or a resource file of Robot Framework. Nothing in it has an id: tasks, keywords and their steps are known by
 * file and line, `tasks.robot:12`, as listeners tell them, else by name. Undefined for any other text.
 */
export function readRobotFlow(text: string, fileName: string): FlowReading | undefined {
  const reader = new RobotReader(fileName);
  for (const statement of statementsOf(text)) reader.read(statement);
  if (!reader.hasSections) return undefined;
  return {
    format: 'robot',
    name: fileName.replace(/\.\w+$/, ''),
    flowId: '',
    nodes: reader.end(),
    edges: [],
  };
}

type Writable = { -readonly [K in keyof FlowNode]: FlowNode[K] };

/** A block that has no end yet. */
interface OpenBlock {
  readonly kind: string;
  /** The node that steps belong to: that of the block, then that of its last part. */
  inside: Writable;
  readonly whole: Writable;
}

class RobotReader {
  hasSections = false;
  private readonly fileName: string;
  private readonly nodes: Writable[] = [];
  private readonly ports = new VariablePorts();
  private readonly variables = new RobotVariables(this.ports);
  /** What keywords of the file are given, by their names: those who call them give it. */
  private readonly inputs = new Map<string, readonly PortType[]>();
  private section: ReturnType<typeof sectionOf>;
  private definition: Writable | undefined;
  private blocks: OpenBlock[] = [];
  private last: Statement | undefined;
  /** The keyword whose arguments the rows of a task are, of the file and of the task. */
  private readonly template: { file: string; own: string | undefined } = {
    file: '',
    own: undefined,
  };

  constructor(fileName: string) {
    this.fileName = fileName;
  }

  end(): readonly FlowNode[] {
    this.closeTo(0);
    return this.ports
      .addTo(this.nodes)
      .map((node) =>
        node.type === 'keyword'
          ? withInputs(node, this.inputs.get(foldedName(node.name)) ?? [])
          : node,
      );
  }

  read(statement: Statement): void {
    const [first] = statement.cells;
    if (first === undefined) return;
    if (statement.isOutermost && first.text.startsWith('*')) {
      this.section = sectionOf(first.text);
      this.hasSections ||= this.section !== undefined;
      this.closeTo(0);
      this.definition = undefined;
    } else if (this.section === 'settings') this.readSetting(statement);
    else if (this.section === 'variables' || this.section === undefined) return;
    else if (statement.isOutermost) this.define(statement, first, this.section);
    else if (this.definition !== undefined) this.readStep(statement, this.definition);
  }

  private readSetting(statement: Statement): void {
    const [setting, called] = statement.cells;
    const kind = setting && kindOfSetting(setting.text);
    if (called === undefined) return;
    if (kind === 'template') this.template.file = called.text;
    else if (kind === 'call') this.addCall(statement, called, null);
  }

  private define(statement: Statement, name: Cell, type: string): void {
    this.closeTo(0);
    this.template.own = undefined;
    const { cells } = statement;
    // What follows the name on its line is its first step.
    this.definition = this.add({ ...statement, cells: [name] }, name, type, null);
    if (cells.length > 1) this.readStep({ ...statement, cells: cells.slice(1) }, this.definition);
  }

  private readStep(statement: Statement, definition: Writable): void {
    const { cells } = statement;
    const [first, second] = cells;
    if (first === undefined) return;
    if (/^\[.*\]$/s.test(first.text)) {
      const kind = kindOfSetting(first.text.slice(1, -1));
      if (kind === 'template') this.template.own = second?.text ?? '';
      else if (kind === 'arguments') this.inputs.set(foldedName(definition.name), inputsOf(cells));
      else if (kind === 'call' && second !== undefined) this.addCall(statement, second, definition);
    } else if (!this.readControl(statement, first, definition)) {
      this.readCall(statement, first, definition);
    }
    grow(definition, statement);
    this.last = statement;
  }

  /** What runs before or behind something; `NONE` takes back what another place says. */
  private addCall(statement: Statement, called: Cell, parent: Writable | null): void {
    if (called.text.toUpperCase() !== 'NONE') this.add(statement, called, 'keyword', parent);
  }

  /** Whether the statement is one of a block. */
  private readControl(statement: Statement, first: Cell, definition: Writable): boolean {
    const word = first.text;
    if (this.blocks.at(-1)?.kind === ':FOR' && word !== '\\') this.closeTo(this.blocks.length - 1);
    if (word === 'END') {
      this.last = statement;
      this.closeTo(this.blocks.length - 1);
      return true;
    }
    const block = this.blocks.at(-1);
    if (parts.has(word) && block !== undefined) {
      if (block.inside !== block.whole) grow(block.inside, this.last);
      block.inside = this.add(statement, first, word, this.around(definition, 1));
      return true;
    }
    const isOld = oldLoop.test(word);
    if (!isOld && !openers.has(word)) return false;
    const node = this.add(statement, first, isOld ? 'FOR' : word, this.around(definition));
    this.variables.readStep(node.id, definition.id, statement.cells);
    // With a step behind its condition it is whole.
    const isInline = word === 'IF' && statement.cells.length > 2;
    if (!isInline) this.blocks.push({ kind: isOld ? ':FOR' : word, inside: node, whole: node });
    return true;
  }

  private readCall(statement: Statement, first: Cell, definition: Writable): void {
    const parent = this.around(definition);
    const cells = first.text === '\\' ? statement.cells.slice(1) : statement.cells;
    const template = this.template.own ?? this.template.file;
    const [row] = cells;
    if (row === undefined) return;
    if (definition.type !== 'keyword' && template !== '' && template.toUpperCase() !== 'NONE') {
      this.add(statement, row, 'keyword', parent).name = template;
      return;
    }
    const called = cells.find(({ text }) => !assignment.test(text));
    if (called === undefined) return;
    const isWord = /^(?:RETURN|BREAK|CONTINUE|VAR|IF)$/.test(called.text);
    const node = this.add(statement, called, isWord ? called.text : 'keyword', parent);
    this.variables.readStep(node.id, definition.id, cells);
  }

  private around(definition: Writable, levels = 0): Writable {
    return this.blocks.at(-1 - levels)?.inside ?? definition;
  }

  /** Ends blocks with the statement before; only so many stay open. */
  private closeTo(count: number): void {
    for (const { inside, whole } of this.blocks.splice(Math.max(0, count))) {
      grow(inside, this.last);
      grow(whole, this.last);
    }
  }

  private add(
    statement: Statement,
    { text, start, end }: Cell,
    type: string,
    parent: Writable | null,
  ): Writable {
    const { firstLine, lastLine, cells } = statement;
    const id = `${this.fileName}:${String(firstLine)}`;
    const node = {
      ...{ id, name: text, otherName: '', type },
      parentId: parent === null || parent.id === id ? null : parent.id,
      idRange: { start, end },
      range: { start: cells[0]?.start ?? start, end: cells.at(-1)?.end ?? end },
      lines: [firstLine, lastLine] as const,
    };
    this.nodes.push(node);
    return node;
  }
}

/** `${no: int}` with its type, or none; `@{rows}` is a list, `&{fields}` an object. */
const givenArgument = /^([$@&])\{([^{}:]{1,200})(?:: ([^{}]{1,200}))?\}/;

function inputsOf(cells: readonly Cell[]): readonly PortType[] {
  return cells.flatMap(({ text }) => {
    const [, sign, name = '', hint = ''] = givenArgument.exec(text) ?? [];
    if (sign === '@' || sign === '&') return declaredInput(name, sign === '@' ? 'list' : 'dict');
    return hintedInput(name, hint);
  });
}

function grow(node: Writable, statement: Statement | undefined): void {
  if (statement === undefined) return;
  const { cells, lastLine } = statement;
  const { range, lines } = node;
  node.range = { start: range.start, end: Math.max(range.end, cells.at(-1)?.end ?? 0) };
  if (lines !== undefined) node.lines = [lines[0], Math.max(lines[1], lastLine)];
}
