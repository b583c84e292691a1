import type { FlowNode, FlowReading } from './flowDocument.ts';
import { type LogicalLine, logicalLines } from './pythonLines.ts';

/** Names in any script: a robot may well be written in Chinese. */
const decorator = /^@\s*([\p{ID_Continue}.]+)/u;
const definition = /^(?:async\s+)?def\s+([\p{ID_Start}_]\p{ID_Continue}*)/u;
/** How the engine of the robot marks the call of an atom: with its line in the process, and with the process. */
const atomMark = /__info__\s*=\s*\[\s*(\d+)\s*,\s*(['"])([^'"\n]+)\2\s*\]/;
/** The call that the mark stands in: the first that has arguments. */
const calledName = /(?<!\p{ID_Continue})([\p{ID_Start}_]\p{ID_Continue}*)\s*\((?!\s*\))/u;

/**
 * A robot in Python: its functions by file and line, as logs of Robocorp and tracebacks tell them; in what the engine of
 * the robot generates, each call of an atom as `process:line`. Undefined for a text without any.
 */
export function readPythonFlow(text: string, fileName: string): FlowReading | undefined {
  const reader = new PythonReader(text, fileName);
  for (const line of logicalLines(text)) reader.read(line);
  if (reader.nodes.length === 0) return undefined;
  const name = fileName.replace(/\.\w+$/, '');
  return { format: 'python', name, flowId: '', nodes: reader.nodes, edges: [] };
}

type Writable = { -readonly [K in keyof FlowNode]: FlowNode[K] };

class PythonReader {
  readonly nodes: Writable[] = [];
  private readonly text: string;
  private readonly fileName: string;
  /** The functions that a line may be in, the innermost last. */
  private open: { readonly node: Writable; readonly indent: number }[] = [];
  private decorators: { readonly line: LogicalLine; readonly name: string }[] = [];

  constructor(text: string, fileName: string) {
    this.text = text;
    this.fileName = fileName;
  }

  read(line: LogicalLine): void {
    const code = this.text.slice(line.start, line.end);
    const decorated = decorator.exec(code);
    const isInside = line.indent > (this.open.at(-1)?.indent ?? -1);
    if (!isInside) this.open = this.open.filter(({ indent }) => indent < line.indent);
    for (const { node } of this.open) {
      node.range = { start: node.range.start, end: line.end };
      node.lines = [node.lines?.[0] ?? line.firstLine, line.lastLine];
    }
    if (decorated !== null) {
      this.decorators.push({ line, name: decorated[1] ?? '' });
      return;
    }
    const defined = definition.exec(code);
    if (defined !== null) this.define(line, defined[0], defined[1] ?? '');
    this.decorators = [];
    this.readAtom(line, code);
  }

  private define(line: LogicalLine, head: string, name: string): void {
    const isTask = this.decorators.some((other) => /(?:^|\.)task$/.test(other.name));
    // A function begins with its decorators, for Python as well.
    const first = this.decorators[0]?.line ?? line;
    const end = line.start + head.length;
    const node: Writable = {
      id: `${this.fileName}:${String(first.firstLine)}`,
      ...{ name, otherName: '', type: isTask ? 'task' : 'function' },
      parentId: this.open.at(-1)?.node.id ?? null,
      ...{
        idRange: { start: end - name.length, end },
        range: { start: first.start, end: line.end },
      },
      lines: [first.firstLine, line.lastLine],
    };
    this.nodes.push(node);
    this.open.push({ node, indent: line.indent });
  }

  private readAtom(line: LogicalLine, code: string): void {
    const mark = atomMark.exec(code);
    if (mark === null) return;
    const [, flowLine = '', , process = ''] = mark;
    const called = calledName.exec(code);
    const start = line.start + (called?.index ?? mark.index);
    const name = called?.[1] ?? '';
    this.nodes.push({
      ...{ id: `${process}:${flowLine}`, name, otherName: '', type: name },
      parentId: this.open.at(-1)?.node.id ?? null,
      idRange: { start, end: start + (name.length || mark[0].length) },
      range: { start: line.start, end: line.end },
      lines: [line.firstLine, line.lastLine],
    });
  }
}
