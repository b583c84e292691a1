import type { NodeId } from '../trace/execution.ts';
import type { FlowShape, FlowShapeEdge, FlowShapeNode } from '../trace/flowShape.ts';
import type { PortType } from '../trace/portType.ts';

/** A stretch of a file's text in UTF-16 code units, end exclusive. Offsets, not lines: a saved process may be one long line. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** Where a node lies on the canvas of its designer: its middle, in the designer’s own units. */
export interface CanvasPlace {
  readonly x: number;
  readonly y: number;
  /** The page, tab or container that this is counted on; empty where the file has but one. */
  readonly page: string;
}

/** An input that is what another node gave. */
export interface FlowReference {
  /** The name of the input. */
  readonly input: string;
  readonly source: NodeId;
  /** Of the output; empty where the file names it alone. */
  readonly outputId: string;
  /** From the name of the output: `data.image_url`. */
  readonly path: string;
  /** Where the file says so; missing where that can't be told. */
  readonly range?: OffsetRange;
}

/** What a node is given and gives, as far as the file tells. */
export interface FlowPorts {
  /** Its own inputs, of which type each is said to be; missing where the format tells none. */
  readonly inputs?: readonly PortType[];
  readonly references: readonly FlowReference[];
  readonly outputs: readonly { readonly id: string; readonly name: string }[];
  /** Its own inputs that its texts are made of: `{{invoice.total}}` names `invoice`. */
  readonly inTexts: readonly string[];
}

/** A node with its place in the file. */
export interface FlowNode extends FlowShapeNode {
  /** A second name, looked for after `name`: the type's default name in a console export. Empty without one. */
  readonly otherName: string;
  /** The id token; the name of a node that is known by its line. */
  readonly idRange: OffsetRange;
  /** The whole enclosing object. */
  readonly range: OffsetRange;
  readonly ports?: FlowPorts;
  /** The lines of a node that is known by its line, from 1, the last one included. */
  readonly lines?: readonly [first: number, last: number];
  /** Where what remedies are about stands in it, as far as it has such. */
  readonly settings?: Readonly<Partial<Record<NodePart, NodeSetting>>>;
  /** Missing where the file tells none. */
  readonly canvas?: CanvasPlace;
}

/** What of a node a remedy is about. */
export type NodePart = 'timeout' | 'retry' | 'selector' | 'code';

/** A setting of a node with its place. */
export interface NodeSetting {
  readonly range: OffsetRange;
  /** Of a limit and of retries what is written, in short; else empty. */
  readonly value: string;
  /** Of a limit that is a bare number, in what it counts; missing where that can't be told. */
  readonly unit?: 's' | 'ms';
  /** Of a program where its lines begin; empty where that can't be told. */
  readonly lines?: readonly number[];
}

/** A place within a node: one of its settings, of its program a line, from 1; or where it is said what an input is. */
export type PlaceInNode =
  | { readonly part: NodePart; readonly line?: number }
  | { readonly part: 'input'; readonly input: string };

/** Which kind of flow file it is. `generic`: no known format, found by the ranked rule. */
export type FlowFormat =
  | 'astronYaml'
  | 'astronJson'
  | 'astronRpa'
  | 'astronRpaRun'
  | 'n8n'
  | 'nodeRed'
  | 'logicApps'
  | 'bpmn'
  | 'xaml'
  | 'bluePrism'
  | 'robot'
  | 'python'
  | 'generic';

/** A node that another one uses while it runs. */
export interface FlowPart {
  readonly node: NodeId;
  readonly of: NodeId;
}

/** A flow file as far as traces need it. */
export interface FlowDocument extends FlowShape {
  readonly format: FlowFormat;
  /** The flow's name, empty when the file has none. */
  readonly name: string;
  /** Only the core JSON has one; empty otherwise. */
  readonly flowId: string;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowShapeEdge[];
  /** What is a part of another step, such as the model or a tool of an agent, beside what leads from step to step. */
  readonly parts?: readonly FlowPart[];
  /** What else runs call a node, by the name: of a robot's run `process:line` of an atom. */
  readonly otherIds?: ReadonlyMap<string, NodeId>;
  /** The nodes by id, made once per version of the text. More than one: the file repeats the id. */
  readonly nodesById: ReadonlyMap<NodeId, readonly FlowNode[]>;
  /** The text is broken somewhere: nodes may be missing, and what is left may look like another format. */
  readonly isPartial?: true;
}

/** What a reader of one format gives; the index is added once. */
export type FlowReading = Omit<FlowDocument, 'nodesById'>;
