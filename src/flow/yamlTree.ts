import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, Scalar } from 'yaml';
import type { OffsetRange } from './flowDocument.ts';
import { checkDepth, type ParsedText, type Place, type TextFault } from './parsedText.ts';
import { parsePlainYaml } from './plainYaml.ts';
import type { SourceTree } from './sourceTree.ts';
import { Anchors } from './yamlAnchors.ts';

/** Reads YAML with places, also while it is being edited: what can be read is there. */
export function parseYamlTree(text: string): ParsedText {
  // The parser doesn't know a folded line of a quoted text that ends with CR LF, as the console's
  // exports have them once a Windows checkout went over them. So it reads without CR.
  const { unixText, place } = withoutCarriageReturns(text);
  const plain = parsePlainYaml(unixText, place);
  return plain === undefined ? parseAnyYaml(unixText, place) : { tree: plain, fault: null };
}

/** The same for all of the language. */
export function parseAnyYaml(unixText: string, place: Place): ParsedText {
  // Warnings and key checks cost time and tell nothing that is needed here.
  const document = parseDocument(unixText, {
    logLevel: 'silent',
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
  });
  const [error] = document.errors;
  const reader = new TreeReader(unixText, place);
  const tree = document.contents === null ? undefined : reader.read(document.contents, 0);
  const fault =
    error === undefined ? reader.fault : { detail: error.code, offset: place(error.pos[0]) };
  return { tree, fault };
}

/** Reads nodes in the order of the text, so that an anchor is known when an alias names it. */
class TreeReader {
  private readonly text: string;
  private readonly place: Place;
  /** An alias inside of its own anchor finds none and is empty. */
  private readonly anchors = new Anchors();
  /** The first alias that could not be read. */
  fault: TextFault | null = null;

  constructor(text: string, place: Place) {
    this.text = text;
    this.place = place;
  }

  read(node: Node, depth: number): SourceTree {
    if (isAlias(node)) return this.anchors.again(node.source) ?? this.missing(node);
    const tree = this.readPlain(node, depth);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, tree);
    return tree;
  }

  private readPlain(node: Node, depth: number): SourceTree {
    const [start, end] = boundsOf(node);
    checkDepth(depth, this.place(start));
    if (isMap<Node, Node | null>(node)) {
      return {
        kind: 'map',
        range: this.range(
          node.flow === true ? start : this.startOfItem(start),
          this.lastOf(start, end),
        ),
        entries: node.items.flatMap(({ key, value }) => {
          if (!isScalar(key) || value === null) return [];
          return [
            {
              key: String(key.value),
              keyRange: this.rangeOfText(key),
              value: this.read(value, depth + 1),
            },
          ];
        }),
      };
    }
    if (isSeq<Node>(node)) {
      const items = node.items.map((item) => this.read(item, depth + 1));
      return { kind: 'list', range: this.range(start, end), items };
    }
    return { kind: 'scalar', range: this.rangeOfText(node), value: this.valueOf(node) };
  }

  private missing(alias: Node): SourceTree {
    const range = this.range(...boundsOf(alias));
    const detail = this.anchors.fault;
    if (detail !== null) this.fault ??= { detail, offset: range.start };
    return { kind: 'scalar', range, value: null };
  }

  private valueOf(node: Node): string | number | boolean | null {
    const value = isScalar(node) ? node.value : null;
    // A plain scalar that looks like a number keeps its text: `7379450201923928066` is an id, beyond 2^53.
    if (typeof value === 'number') return this.text.slice(...boundsOf(node));
    return typeof value === 'string' || typeof value === 'boolean' ? value : null;
  }

  /** A map in a list begins with its dash: the cursor at the start of that line is on it. */
  private startOfItem(start: number): number {
    const lineStart = this.text.lastIndexOf('\n', start - 1) + 1;
    return /^[ \t]*-[ \t-]*$/.test(this.text.slice(lineStart, start)) ? lineStart : start;
  }

  /** Without the line ends that the parser counts to a block: the next node begins behind them. */
  private lastOf(start: number, end: number): number {
    return start + this.text.slice(start, end).trimEnd().length;
  }

  /** What can be selected as the value: without quotes, without the head and the line end of a block. */
  private rangeOfText(node: Node): OffsetRange {
    const [start, end] = boundsOf(node);
    const type = isScalar(node) ? node.type : undefined;
    if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED) {
      const head = this.text.indexOf('\n', start) + 1;
      const body = this.text.slice(head, end);
      const from = head + body.length - body.trimStart().length;
      return this.range(from, Math.max(from, head + body.trimEnd().length));
    }
    const first = this.text[start];
    const isQuoted =
      end - start >= 2 && (first === '"' || first === "'") && this.text[end - 1] === first;
    return isQuoted ? this.range(start + 1, end - 1) : this.range(start, end);
  }

  private range(start: number, end: number): OffsetRange {
    return { start: this.place(start), end: this.place(end) };
  }
}

/** `range` of the library: start, end of the value, end with what follows it. */
function boundsOf(node: Node): [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}

function withoutCarriageReturns(text: string): {
  readonly unixText: string;
  readonly place: Place;
} {
  if (!text.includes('\r\n')) return { unixText: text, place: (offset) => offset };
  const unixText = text.replaceAll('\r\n', '\n');
  // How far each character moves: one more after each line end that was shortened.
  const places = new Uint32Array(unixText.length + 1);
  let offset = 0;
  for (let index = 0; index <= unixText.length; index++) {
    places[index] = offset;
    offset += text[offset] === '\r' && text[offset + 1] === '\n' ? 2 : 1;
  }
  return { unixText, place: (index) => places[index] ?? text.length };
}
