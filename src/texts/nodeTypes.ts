import { msg } from './translate.ts';

/** How a kind of node is shown. */
export interface NodeTypePresentation {
  readonly icon: string;
  /** English text, the key of its translation; empty when we have no word and the type itself is shown. */
  readonly text: string;
}

/** What is drawn for a node's technical type, such as `rpa` or `spark-llm`. */
export function nodeTypePresentation(type: string): NodeTypePresentation {
  return types.get(type.toLowerCase()) ?? unknownType;
}

const unknownType: NodeTypePresentation = { icon: 'symbol-misc', text: '' };

const start = { icon: 'play-circle', text: msg('Start') };
const end = { icon: 'stop-circle', text: msg('End') };
const roundStart = { icon: 'play-circle', text: msg('Round start') };
const roundEnd = { icon: 'stop-circle', text: msg('Round end') };
const knowledge = { icon: 'library', text: msg('Knowledge base') };
const memory = { icon: 'bookmark', text: msg('Memory') };

const types: ReadonlyMap<string, NodeTypePresentation> = new Map([
  ['node-start', start],
  ['node-end', end],
  ['rpa', { icon: 'robot', text: msg('RPA robot') }],
  ['rpa-server', { icon: 'server-process', text: msg('RPA service') }],
  ['spark-llm', { icon: 'sparkle', text: msg('Language model') }],
  ['ifly-code', { icon: 'code', text: msg('Code') }],
  ['iteration', { icon: 'sync', text: msg('Iteration') }],
  ['iteration-node-start', roundStart],
  ['iteration-node-end', roundEnd],
  ['loop', { icon: 'sync', text: msg('Loop') }],
  ['loop-node-start', roundStart],
  ['loop-node-end', roundEnd],
  ['loop-exit', { icon: 'debug-step-over', text: msg('Loop exit') }],
  ['if-else', { icon: 'git-branch', text: msg('Branch') }],
  ['decision-making', { icon: 'question', text: msg('Decision') }],
  ['extractor-parameter', { icon: 'symbol-parameter', text: msg('Parameter extraction') }],
  ['text-joiner', { icon: 'combine', text: msg('Text joiner') }],
  ['node-variable', { icon: 'symbol-variable', text: msg('Variable') }],
  ['variable-aggregation', { icon: 'merge', text: msg('Variable aggregation') }],
  ['workflow', { icon: 'type-hierarchy', text: msg('Workflow') }],
  ['flow', { icon: 'type-hierarchy', text: msg('Sub-workflow') }],
  ['message', { icon: 'comment', text: msg('Message') }],
  ['question-answer', { icon: 'comment-discussion', text: msg('Question and answer') }],
  ['agent', { icon: 'hubot', text: msg('Agent') }],
  ['plugin', { icon: 'plug', text: msg('Plugin') }],
  ['mcp', { icon: 'mcp', text: msg('MCP tool') }],
  ['spark-link', { icon: 'link', text: msg('Link service') }],
  ['database', { icon: 'database', text: msg('Database') }],
  ['knowledge-base', knowledge],
  ['knowledge-pro-base', knowledge],
  ['knowledge-expert-base', knowledge],
  ['memory-add', memory],
  ['memory-search', memory],
]);
